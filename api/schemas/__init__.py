"""What the JSON routes take and answer: one module per resource; the rows are those of the command line."""
