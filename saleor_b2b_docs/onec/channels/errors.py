"""What every channel refuses a whole file with."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """A file that nothing can be taken from; nothing of it was applied.

    `code` is for programs, the message is for the accounting base's administrator, who reads
    Russian: it goes into the exchange's answer as it is.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
