"""The law as data: tables that an official can read and correct without touching code.

Decision: tables are TOML under `data/`, read through importlib.resources; an office points `ATTRTRACK_RULES_DIR` at its
own copies (same validation, another hash). Every proposal and figure stores the hash as `rules_version`.
"""

from attrtrack.rules.loader import load_rules
from attrtrack.rules.tables import Rules

__all__ = ["Rules", "load_rules"]
