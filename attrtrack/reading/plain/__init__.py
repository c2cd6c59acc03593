"""Plain text: charsets, and hard-wrapped lines rejoined."""
