"""PDF with a text layer: glyphs by place, rebuilt into lines, tables and paragraphs."""
