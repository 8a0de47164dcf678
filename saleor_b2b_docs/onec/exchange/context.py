"""What the CommerceML exchange agrees on with a base, and how it says no."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import Enum

IMPORT_JOB = "onec.import_upload"
"""Of an upload, whose id is its key."""
COOKIE = "b2b_docs_exchange"
SESSION_LIFE = dt.timedelta(hours=24)
"""Longer than the longest first exchange takes; a base begins each exchange with a new session."""
QUIET = dt.timedelta(minutes=1)
"""How long after its last chunk a file is taken for whole, if the base asks for nothing else: the
last thing that older configurations send is a file, and nothing tells that it ended. Chunks of one
file follow each other at once."""
MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024
"""Of a file in all its chunks."""
MAX_NAME = 200
ORDERS_AT_ONCE = 1000
"""In one answer to `query`, which a base reads into its memory; the rest waits for its next."""


class ExchangeRefused(ValueError):
    """What a base asked for is refused; nothing was changed. The message is for its administrator,
    who reads Russian."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ImportState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far a file is; `error` says why it failed, and `code` the same to search for."""

    state: ImportState
    error: str = ""
    code: str = ""


UNREADABLE = "UNREADABLE"
GIVEN_UP = "IMPORT_FAILED"


def given_up_text(name: str, upload_id: int) -> str:
    """What a base's administrator is told of an import that we could not do, whatever the file."""
    return (
        f"«{name}»: файл получен, но загрузить его не удалось из-за ошибки на стороне сайта."
        f" Сообщите администратору сайта номер загрузки {upload_id} и повторите обмен."
    )


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def session_key(token: str) -> str:
    """`sessid`, which newer bases say in each address beside the cookie."""
    return hashlib.sha256(f"sessid {token}".encode(errors="replace")).hexdigest()[:32]


def label_of(filename: str) -> str:
    """A file's name as a label, shown and compared and never opened; empty where nothing is left.

    Slashes and dots stay: they mean nothing here.
    """
    return "".join(letter for letter in filename.strip() if letter.isprintable())[:MAX_NAME]
