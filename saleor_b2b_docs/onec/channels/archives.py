"""Zip archives from outside: opened without trusting anything that they say of themselves.

Nothing is unpacked to disk. Names of entries are labels for messages, never paths.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import BinaryIO, cast

from saleor_b2b_docs.onec.channels.errors import UnreadableFile

MAX_ENTRIES = 10_000
MAX_UNPACKED = 4 * 1024**3
MAX_RATIO = 200
"""Above `RATIO_COUNTS_FROM`. Documents of a real base pack some 20 to 40 times."""
RATIO_COUNTS_FROM = 10 * 1024 * 1024

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_MAX_COMMENT = 65_535
_MAX_DIRECTORY = 16 * 1024 * 1024
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)
"""What zipfile raises for archives that are broken, encrypted, or packed in a way of their own."""


class Archive:
    """An archive whose directory was checked. Raises UnreadableFile."""

    def __init__(self, stream: BinaryIO) -> None:
        _check_end(stream)
        try:
            self._archive = zipfile.ZipFile(stream)
        except _FAILURES as error:
            raise _broken() from error
        self.entries: Sequence[zipfile.ZipInfo] = [
            entry for entry in self._archive.infolist() if not entry.is_dir()
        ]
        self._check_entries()

    def open(self, entry: zipfile.ZipInfo) -> BinaryIO:
        """The unpacked bytes, streamed; it can be sought in, at the price of unpacking again."""
        try:
            return cast(BinaryIO, _Entry(self._archive.open(entry)))
        except _FAILURES as error:
            raise _broken() from error

    def _check_entries(self) -> None:
        if not self.entries:
            raise UnreadableFile("EMPTY_ARCHIVE", "Архив пуст.")
        if len(self.entries) > MAX_ENTRIES:
            raise _too_many()
        if any(entry.flag_bits & 1 for entry in self.entries):
            raise UnreadableFile(
                "ENCRYPTED_ARCHIVE", "Архив защищён паролем: нужен архив без него."
            )
        if sum(entry.file_size for entry in self.entries) > MAX_UNPACKED:
            raise _bomb()
        for entry in self.entries:
            if entry.file_size > RATIO_COUNTS_FROM and (
                entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
            ):
                raise _bomb()


class _Entry:
    """An entry's bytes. zipfile reads no more of them than the directory promised."""

    def __init__(self, stream: object) -> None:
        self._stream = cast(BinaryIO, stream)

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except _FAILURES as error:
            raise _broken() from error

    def seek(self, offset: int) -> int:
        try:
            return self._stream.seek(offset)
        except _FAILURES as error:
            raise _broken() from error


def _check_end(stream: BinaryIO) -> None:
    """The end record, before zipfile reads a directory of any length into memory."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _END_SIZE - _MAX_COMMENT - _LOCATOR_SIZE))
    tail = stream.read()
    position = tail.rfind(_END)
    if position < 0 or len(tail) - position < _END_SIZE:
        raise UnreadableFile(
            "CUT_OFF", "Архив обрывается: он передан не полностью. Повторите обмен."
        )
    count, directory_size = struct.unpack_from("<HI", tail, position + 10)
    before = tail[max(0, position - _LOCATOR_SIZE) : position]
    # ZIP64 is for more than 65,535 entries or 4 GB, and that is more than is taken.
    if before.startswith(_LOCATOR) or count > MAX_ENTRIES or directory_size > _MAX_DIRECTORY:
        raise _too_many()


def _broken() -> UnreadableFile:
    return UnreadableFile("BROKEN_ARCHIVE", "Архив повреждён или упакован неизвестным способом.")


def _too_many() -> UnreadableFile:
    return UnreadableFile("TOO_MANY_ENTRIES", f"В архиве больше {MAX_ENTRIES} файлов.")


def _bomb() -> UnreadableFile:
    return UnreadableFile(
        "ARCHIVE_TOO_LARGE", "Архив распаковывается в недопустимо большой объём данных."
    )
