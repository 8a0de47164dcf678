from __future__ import annotations

import pytest

from saleor_b2b_docs.parties.errors import InvalidInput
from saleor_b2b_docs.parties.importing.rows import Row, UnreadableFile, read_rows
from saleor_b2b_docs.parties.models import Role

TABLE = "email;tax_id;company;role\nolena@example.com;38451232;ТОВ «Затишок»;Owner\n"
OLENA = Row(2, "olena@example.com", "", "", "38451232", "ТОВ «Затишок»", "Owner")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_spreadsheet_of_either_encoding_is_read(encoding: str) -> None:
    assert read_rows(TABLE.encode(encoding)) == [OLENA]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_usual_delimiter_and_line_end_is_read(delimiter: str, end: str) -> None:
    text = TABLE.replace(";", delimiter).replace("\n", end)

    assert read_rows(text.encode()) == [OLENA]


def test_columns_stand_in_any_sequence_and_empty_lines_count_but_say_nothing() -> None:
    text = 'Role, USER_ID ,counterparty\n\nbuyer,VXNlcjox,000000042\n,,\n"","VXNlcjoy","a,b",""\n'

    assert read_rows(text.encode()) == [
        Row(3, "", "VXNlcjox", "000000042", "", "", "buyer"),
        Row(5, "", "VXNlcjoy", "a,b", "", "", ""),
    ]


def test_a_role_is_named_in_any_case_or_not_at_all() -> None:
    assert OLENA.wanted_role is Role.OWNER
    assert Row(2, "", "", "", "", "", "").wanted_role is None
    with pytest.raises(InvalidInput, match="boss is no role: owner, accountant, buyer"):
        _ = Row(2, "", "", "", "", "", "boss").wanted_role


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "needs email"),
        (b"email;role\na@example.com;owner\n", "needs email or user_id, and counterparty"),
        (b"counterparty;role\n1;owner\n", "needs email or user_id"),
        (b"email;counterparty;phone\n", "unknown columns: phone"),
        (b"email;counterparty;\n", "unknown columns"),
        (b"email;counterparty;email\n", "twice"),
        (b"email;counterparty\na;b;c\n", "line 2 has more cells"),
        (b"email;counterparty\n\x98\n", "neither UTF-8 nor windows-1251"),
        (b'email;counterparty\n"' + b"a" * 200_000 + b'";1\n', "not a CSV file"),
    ],
)
def test_what_is_no_table_of_members_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_rows(content)
