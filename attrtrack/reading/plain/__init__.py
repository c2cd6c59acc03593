"""Plain text, and what other readers share with it: charsets, hard-wrapped lines rejoined, what printing leaves behind."""
