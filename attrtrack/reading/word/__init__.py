"""Word documents of today: docx and its flat forms."""
