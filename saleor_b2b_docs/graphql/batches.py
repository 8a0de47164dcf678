"""What a page's rows show of other things, read for all rows at once.

A list's resolver makes all rows before any field of a row is resolved. Each row says then what it
will need; whichever field comes first has it read for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Batch(Generic[Key, Value]):
    """Keys that rows named, and what was read for them. One per request and kind of thing.

    `load` takes all keys that were named since it was last called, and may leave out what is not
    there for this caller.
    """

    def __init__(self, load: Callable[[Sequence[Key]], Mapping[Key, Value]]) -> None:
        self._load = load
        self._named: dict[Key, None] = {}
        self._loaded: dict[Key, Value | None] = {}

    def name(self, key: Key) -> None:
        """Say that a row may ask for this one."""
        if key not in self._loaded:
            self._named[key] = None

    def get(self, key: Key) -> Value | None:
        """The value of this key, or None."""
        self.name(key)
        if key in self._named:
            keys, self._named = list(self._named), {}
            found = self._load(keys)
            self._loaded.update((each, found.get(each)) for each in keys)
        return self._loaded[key]
