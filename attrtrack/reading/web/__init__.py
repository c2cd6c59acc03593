"""Saved web pages: the tree, the document in it, the attribute box beside it, single-file archives."""
