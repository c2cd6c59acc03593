"""The web porch: one clear page, and the rows behind each of its figures, over the same use cases as the command line.

Decisions: read-only, because signing needs a user and this porch knows none; server-rendered, because the page must
work without script on any office machine; synchronous routes, because the register and the measures are plain calls.
"""
