"""What can be exported: the table of kinds (config/jobs.py), and what an entry of it returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from saleor_b2b_docs.documents.exports.texts import Words
from saleor_b2b_docs.saleor.viewers import Viewer


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file on its way to somebody: `chunks` are made while they are sent."""

    name: str
    content_type: str
    chunks: Iterator[bytes]


class NothingToExport(Exception):
    """There is no such file for this viewer; `words` say why, to a person, in his language."""

    status = 404

    def __init__(self, words: Words) -> None:
        super().__init__(words["en"])
        self.words = words


class TooMuchToExport(NothingToExport):
    """More than one file of this kind may hold."""

    status = 413


Exporter = Callable[[Viewer, Mapping[str, Any], dt.datetime], ExportFile]
"""Makes a kind's file for a viewer, who is checked anew, from the arguments of his ticket.

Reads from the database before it returns, and only files while chunks are made. Raises
NothingToExport.
"""


def exporter_of(kind: str) -> Exporter | None:
    """What makes the files of a kind, e.g. `documents.zip`; None for a kind that is not there."""
    table: Mapping[str, str] = import_string(settings.EXPORTS)
    if kind not in table:
        return None
    exporter: Exporter = import_string(table[kind])
    return exporter
