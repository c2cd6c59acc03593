"""JSON for programs, below /api/v1."""
