"""What an operation may be refused for, in Saleor's own words and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class PermissionDenied(Exception):
    """The caller may not do this. Reaches the client as an error of the whole operation."""

    def __init__(self, permissions: Iterable[str] = ()) -> None:
        names = ", ".join(permissions)
        super().__init__(
            f"To access this path, you need one of the following permissions: {names}"
            if names
            else "You do not have permission to perform this action"
        )


@dataclass(frozen=True, slots=True)
class RefusalEntry:
    """A refusal as a value: GraphQL would raise an exception that it finds in an answer."""

    field: str | None
    message: str
    code: str
    extra: Mapping[str, object]


class Refusal(Exception):
    """An input that an operation does not accept: one entry of the payload's `errors`.

    `code` is a name of the mutation's own error-code enum, `field` the camelCase input field;
    `extra` fills further fields of the error type, such as `variants`.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        field: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field
        self.extra = dict(extra or {})

    @property
    def entry(self) -> RefusalEntry:
        """For the answer."""
        return RefusalEntry(self.field, self.message, self.code, self.extra)


class Refusals(Exception):
    """Several refusals at once."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.message for refusal in self.refusals))
