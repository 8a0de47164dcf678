"""Archives that lie, explode or want to write somewhere."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from saleor_b2b_docs.onec.channels import archives
from saleor_b2b_docs.onec.channels.archives import Archive
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from tests.builders.archives import zip_of


def _refusal(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        Archive(io.BytesIO(content))
    return refusal.value


def test_entries_are_read_and_read_again() -> None:
    archive = Archive(io.BytesIO(zip_of({"a/b.xml": b"abc", "c.xml": b""})))

    assert [entry.filename for entry in archive.entries] == ["a/b.xml", "c.xml"]
    stream = archive.open(archive.entries[0])
    assert stream.read(2) == b"ab"
    stream.seek(0)
    assert stream.read(10) == b"abc"


def test_names_are_never_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "a\\..\\..\\evil.xml")

    archive = Archive(io.BytesIO(zip_of(dict.fromkeys(names, b"x"))))

    assert [archive.open(entry).read(9) for entry in archive.entries] == [b"x"] * 4
    assert list(tmp_path.iterdir()) == []


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_of({"bomb.xml": b"\0" * (archives.RATIO_COUNTS_FROM + 1)})

    assert len(bomb) < 20_000
    assert _refusal(bomb).code == "ARCHIVE_TOO_LARGE"


def test_a_small_file_may_be_packed_well() -> None:
    archive = Archive(io.BytesIO(zip_of({"a.xml": b" " * 1024 * 1024})))

    assert len(archive.open(archive.entries[0]).read(2 * 1024 * 1024)) == 1024 * 1024


def test_the_whole_archive_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 100)

    assert _refusal(zip_of({"a": b"x" * 60, "b": b"y" * 60})).code == "ARCHIVE_TOO_LARGE"


def test_too_many_entries_are_refused_before_the_directory_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2)

    assert _refusal(zip_of({"a": b"", "b": b"", "c": b""})).code == "TOO_MANY_ENTRIES"


def test_an_entry_longer_than_it_says_gives_no_more_than_it_says() -> None:
    content = bytearray(zip_of({"a.xml": b"x" * 1000}, compression=zipfile.ZIP_STORED))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)  # unpacked size

    archive = Archive(io.BytesIO(bytes(content)))

    with pytest.raises(UnreadableFile) as refusal:
        archive.open(archive.entries[0]).read(1000)
    assert refusal.value.code == "BROKEN_ARCHIVE"


def test_an_encrypted_archive_is_called_so() -> None:
    content = bytearray(zip_of({"a.xml": b"x"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    refusal = _refusal(bytes(content))

    assert refusal.code == "ENCRYPTED_ARCHIVE"
    assert "парол" in str(refusal)


def test_a_cut_archive_is_called_so() -> None:
    assert _refusal(zip_of({"a.xml": b"x" * 100})[:-30]).code == "CUT_OFF"


def test_an_empty_archive_is_called_so() -> None:
    assert _refusal(zip_of({})).code == "EMPTY_ARCHIVE"


def test_damaged_bytes_are_found_while_reading() -> None:
    content = bytearray(zip_of({"a.xml": bytes(range(256)) * 20}))
    content[60] ^= 0xFF

    archive = Archive(io.BytesIO(bytes(content)))

    with pytest.raises(UnreadableFile) as refusal:
        archive.open(archive.entries[0]).read(10_000)
    assert refusal.value.code == "BROKEN_ARCHIVE"
