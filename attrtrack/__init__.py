"""attrtrack: disclosure attributes of outgoing documents and the interpretations that explain them.

A file or a ledger row walks reading → recording → proposing → gate → publishing → linking → metrics → reporting.
Rooms take values and return values; `workflow` alone carries them from room to room and to `storage`.
"""

__version__ = "0.1.0"
