"""JSON for programs, below /api/v1: one module per resource."""
