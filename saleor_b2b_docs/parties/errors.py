"""What is refused about parties, with the code that the API exposes. Nothing was changed."""

from __future__ import annotations


class PartiesError(Exception):
    """Base of the refusals. `field` names the argument that is wrong, where it is one."""

    code = "INVALID"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotFound(PartiesError):
    """There is no such thing, or it is not the caller's."""

    code = "NOT_FOUND"


class PermissionDenied(PartiesError):
    """The caller may see it, but not change it."""

    code = "PERMISSION_DENIED"


class InvalidInput(PartiesError):
    """A value that can't be."""


class Expired(PartiesError):
    """An invitation that was not accepted in time."""

    code = "EXPIRED"


class AlreadyAccepted(PartiesError):
    """An invitation that made somebody a member before."""

    code = "ALREADY_ACCEPTED"


class AlreadyMember(PartiesError):
    """The user acts for this counterparty already."""

    code = "ALREADY_MEMBER"


class LastOwner(PartiesError):
    """Without this owner nobody of the counterparty could invite anybody."""

    code = "LAST_OWNER"


class TooManyInvitations(PartiesError):
    """So many invitations of one counterparty are open that no more are made."""

    code = "TOO_MANY"


class AlreadyResolved(PartiesError):
    """A match that somebody decided before."""

    code = "ALREADY_RESOLVED"
