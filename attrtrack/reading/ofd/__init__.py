"""OFD (GB/T 33190): pages of placed text, rebuilt into lines and paragraphs."""
