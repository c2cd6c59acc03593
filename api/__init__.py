"""The web porch: pages for people and JSON for programs, over the same use cases as the command line.

Decisions: every route declares its right, and a guard asks it before anything is read; the process keeps nothing of who
asks; pages are rendered by the server, because they must work without script on any office machine; routes are
synchronous, because the register and the measures are plain calls.
"""
