"""Ledgers: spreadsheets and delimited text as rows of text cells."""
