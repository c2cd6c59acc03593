"""What is read of a value when it is first asked for, and then kept with it.

Decision: not `functools.cached_property`, which takes a lock for each first reading (until Python 3.12): a profile is read by
one thread, and a page reads some twenty facts of it and of its documents.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Read = TypeVar("Read")


class once(Generic[Read]):  # noqa: N801 - a decorator, named like `property`
    """A property that is read once: the value then stands in the instance's own dictionary, where Python looks first."""

    def __init__(self, read: Callable[[Any], Read]) -> None:
        self._read, self._name = read, read.__name__
        self.__doc__ = read.__doc__

    def __get__(self, instance: object, owner: type | None = None) -> Read:
        """Read the value and keep it."""
        found = instance.__dict__[self._name] = self._read(instance)
        return found
