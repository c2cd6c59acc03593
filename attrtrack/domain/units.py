"""Units: the organs that issue documents and are assessed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """An organ (单位) with its class in the assessment and the short names that documents and ledgers use."""

    code: str
    name: str
    category: str
    aliases: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether `name` is the unit's name or one of its aliases, white space aside."""
        bare = "".join(name.split())
        return bare == self.name or bare in self.aliases
