"""A file of members as a spreadsheet writes it (docs/parties.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saleor_b2b_docs.parties.errors import InvalidInput
from saleor_b2b_docs.parties.members.person import plain
from saleor_b2b_docs.parties.models import Role

COLUMNS = ("email", "user_id", "counterparty", "tax_id", "company", "role")


class UnreadableFile(ValueError):
    """A file that is no table of members; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, as it stands there."""

    line: int
    email: str
    user_id: str
    counterparty: str
    """Id of the accounting system's, or ours."""
    tax_id: str
    company: str
    role: str

    @property
    def wanted_role(self) -> Role | None:
        """The role by its name; None where none is given. Raises InvalidInput."""
        word = self.role.lower()
        if word and word not in Role.values:
            raise InvalidInput(f"{self.role} is no role: {', '.join(Role.values)}")
        return Role(word) if word else None


def read_rows(content: bytes) -> Sequence[Row]:
    """The lines of a CSV file with a head line: UTF-8 or windows-1251, with `;`, `,` or tabs.

    Lines without anything in them are left out. Raises UnreadableFile.
    """
    text = _decoded(content)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        return list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableFile(f"not a CSV file: {error}") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        # What Excel and 1C on Windows write where nobody chose anything.
        return content.decode("cp1251")
    except UnicodeDecodeError as error:
        raise UnreadableFile("neither UTF-8 nor windows-1251") from error


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    reader = lines
    head = [plain(name).lower() for name in next(reader, [])]
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise UnreadableFile(f"unknown columns: {', '.join(unknown) or 'without a name'}")
    if len(set(head)) < len(head):
        raise UnreadableFile("a column stands there twice")
    if not {"email", "user_id"} & set(head) or not {"counterparty", "tax_id"} & set(head):
        raise UnreadableFile("needs email or user_id, and counterparty or tax_id")
    for number, cells in enumerate(reader, start=2):
        values = [plain(cell) for cell in cells]
        if not any(values):
            continue
        if len(values) > len(head) and any(values[len(head) :]):
            raise UnreadableFile(f"line {number} has more cells than the head")
        row = dict.fromkeys(COLUMNS, "") | dict(zip(head, values, strict=False))
        yield Row(number, **row)
