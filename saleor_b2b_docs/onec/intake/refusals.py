"""Why a fact can't be applied."""

from __future__ import annotations


class Refused(Exception):
    """A fact that is set aside. `code` says why, the message tells staff; nothing was changed."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
