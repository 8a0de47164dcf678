"""Memory that does not grow with a file's length."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from saleor_b2b_docs.onec.channels.commerceml.reading import read
from tests.builders.commerceml import CONTEXT, document, fields, file_of, tag
from tests.conftest import lacking

_MEGABYTE = 1024 * 1024
_STATM = Path("/proc/self/statm")
_KEY = "00000000-0000-0000-0000-000000000000"


def _write(path: Path, *, documents: int) -> Path:
    goods = {"Ид": "G-1", "Наименование": "Дрель", "Количество": "2", "Цена": "500"}
    lines = tag("Товары", tag("Товар", fields({**goods, "Сумма": "1000"})))
    one = document("Отпуск товара", lines, Ид=_KEY[:-1] + "1").encode()
    head, tail = file_of("|").split(b"|")
    with path.open("wb") as file:
        file.write(head)
        for _ in range(documents):
            file.write(one)
        file.write(tail)
    return path


def _resident() -> int:
    """Bytes of memory that this process holds: libxml2's, too, which Python does not count."""
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _read(path: Path) -> tuple[int, int]:
    """How many things a file says, and the most memory that was held meanwhile."""
    count, most = 0, _resident()
    with path.open("rb") as file:
        for count, _ in enumerate(read(file, CONTEXT), start=1):
            if count % 500 == 0:
                most = max(most, _resident())
    return count, most


@pytest.mark.slow
def test_fifty_thousand_documents_take_no_more_memory_than_five_thousand(tmp_path: Path) -> None:
    if not _STATM.exists():
        lacking("no /proc to read this process's memory from")

    few, few_most = _read(_write(tmp_path / "few.xml", documents=5_000))
    many, many_most = _read(_write(tmp_path / "many.xml", documents=50_000))

    assert (few, many) == (10_000, 100_000)
    assert many_most < few_most + 8 * _MEGABYTE
