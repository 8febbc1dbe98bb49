"""Stands in for `rpds` in a browser: jsonschema's unchanging containers, which are compiled code elsewhere.

As much of them as jsonschema and its library `referencing` use; each change copies.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self


class HashTrieMap(Mapping[Any, Any]):
    """A mapping; what would change it returns another one."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self._items = dict(*args, **more)

    def __getitem__(self, key: Any) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    @classmethod
    def convert(cls, value: Any) -> Self:
        """Return a mapping of this kind."""
        return value if isinstance(value, cls) else cls(value)

    def insert(self, key: Any, value: Any) -> Self:
        """Return it with one more."""
        return type(self)({**self._items, key: value})

    def update(self, *others: Any, **more: Any) -> Self:
        """Return it with all that others hold."""
        joined = dict(self._items)
        for other in (*others, more):
            joined.update(other)
        return type(self)(joined)

    def remove(self, key: Any) -> Self:
        """Return it without a key; `KeyError` if it has none."""
        left = dict(self._items)
        del left[key]
        return type(self)(left)

    def discard(self, key: Any) -> Self:
        """Return it without a key."""
        return self.remove(key) if key in self._items else self


class HashTrieSet(frozenset[Any]):
    """A set; what would change it returns another one."""

    def insert(self, value: Any) -> Self:
        """Return it with one more."""
        return type(self)(self | {value})

    def update(self, *others: Iterable[Any]) -> Self:
        """Return it with all that others hold."""
        return type(self)(self.union(*others))

    def remove(self, value: Any) -> Self:
        """Return it without a value; `KeyError` if it has none."""
        if value not in self:
            raise KeyError(value)
        return self.discard(value)

    def discard(self, value: Any) -> Self:
        """Return it without a value."""
        return type(self)(self - {value})


class List:
    """A list that grows and shrinks at its front, into others."""

    def __init__(self, values: Iterable[Any] = (), *more: Any) -> None:
        self._values = (*values, *more)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, List) and self._values == other._values

    def __hash__(self) -> int:
        return hash(self._values)

    @property
    def first(self) -> Any:
        """The front value; `IndexError` if there is none."""
        return self._values[0]

    @property
    def rest(self) -> Self:
        """All but the front value."""
        return type(self)(self._values[1:])

    def push_front(self, value: Any) -> Self:
        """Return it with a value before the others."""
        return type(self)((value, *self._values))

    def drop_first(self) -> Self:
        """Return it without the front value."""
        return self.rest
