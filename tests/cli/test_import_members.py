"""`b2b-docs manage import_members FILE`: line by line, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
import respx
from django.core.management import CommandError, call_command

from saleor_b2b_docs.parties.models import Counterparty, Member, Role
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import make_counterparty, make_member
from tests.builders.saleor import API_URL, BUYER_ID, OTHER_BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

HEAD = "email;user_id;counterparty;tax_id;company;role\n"


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture(autouse=True)
def saleor() -> Iterator[respx.MockRouter]:
    """Knows olena@example.com and nobody else."""
    user = {
        "id": BUYER_ID,
        "email": "olena@example.com",
        "firstName": "Олена",
        "lastName": "Ковальчук",
    }

    def answer(request: httpx.Request) -> httpx.Response:
        known = b"olena@example.com" in request.content
        return httpx.Response(200, json={"data": {"user": user if known else None}})

    with respx.mock(assert_all_called=False) as router:
        router.post(API_URL).mock(side_effect=answer)
        yield router


def _import(path: Path, text: str, *arguments: str) -> str:
    output = StringIO()
    call_command("import_members", str(_file(path, text)), *arguments, stdout=output)
    return output.getvalue()


def test_each_line_says_what_was_done(installation: Installation, tmp_path: Path) -> None:
    # given
    called = make_counterparty(installation, alias="000000042", tax_id="1")
    taxed = make_counterparty(installation, name="ТОВ «Друга»", tax_id="222")

    # when
    output = _import(
        tmp_path,
        "Olena@Example.com;;000000042;;;\n"
        f"ivan@example.com;{OTHER_BUYER_ID};;222;;accountant\n"
        "olena@example.com;;;333;ФОП Ковальчук;\n"
        "olena@example.com;;000000042;;;buyer\n",
    )

    # then
    assert output.splitlines() == [
        "line 2: olena@example.com is owner of ТОВ «Магазин Затишок»",
        "line 3: ivan@example.com is accountant of ТОВ «Друга»",
        "line 4: olena@example.com is owner of ФОП Ковальчук (made)",
        "line 5: olena@example.com is owner of ТОВ «Магазин Затишок» already",
    ]
    made = Counterparty.objects.get(tax_id="333")
    assert set(Member.objects.values_list("user_id", "counterparty", "role", "source")) == {
        (BUYER_ID, called.pk, Role.OWNER, "import"),
        (OTHER_BUYER_ID, taxed.pk, Role.ACCOUNTANT, "import"),
        (BUYER_ID, made.pk, Role.OWNER, "import"),
    }
    # Whose name is not known yet is looked up.
    assert [job.arguments for job in Job.objects.filter(name="parties.identify")] == [
        {"user": OTHER_BUYER_ID}
    ]


def test_a_refused_line_refuses_the_file_and_says_why(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    make_counterparty(installation, alias="1", tax_id="1")
    make_counterparty(installation, alias="1", source="1c-second", tax_id="1")
    file = _file(
        tmp_path,
        "olena@example.com;;;444;Нова;\n"
        "nobody@example.com;;;444;Нова;\n"
        ";;;444;Нова;\n"
        "olena@example.com;;unknown;;;\n"
        "olena@example.com;;1;;;\n"
        "olena@example.com;;;1;;\n"
        "olena@example.com;;;555;;\n"
        "olena@example.com;;;;Нова;\n"
        "olena@example.com;;;444;Нова;boss\n"
        ";T3JkZXI6MQ==;;444;Нова;\n",
    )

    # when
    with pytest.raises(CommandError, match="Nothing was changed: 9 lines were refused"):
        call_command("import_members", str(file))

    # then
    assert capsys.readouterr().out.splitlines() == [
        "line 2: olena@example.com is owner of Нова (made)",
        "line 3: refused: Saleor has no customer nobody@example.com",
        "line 4: refused: no user_id and no email",
        "line 5: refused: no counterparty is called unknown",
        "line 6: refused: several counterparties are called 1",
        "line 7: refused: several counterparties have the tax id 1",
        "line 8: refused: no counterparty has the tax id 555, and no company is named",
        "line 9: refused: no counterparty and no tax_id",
        "line 10: refused: boss is no role: owner, accountant, buyer",
        "line 11: refused: T3JkZXI6MQ== is not the id of a Saleor user",
    ]
    assert not Member.objects.exists()
    assert not Job.objects.exists()
    assert Counterparty.objects.count() == 2


def test_partial_does_what_can_be_done(installation: Installation, tmp_path: Path) -> None:
    output = _import(
        tmp_path,
        "nobody@example.com;;;444;Нова;\nolena@example.com;;;444;Нова;\n",
        "--partial",
    )

    assert output.splitlines() == [
        "line 2: refused: Saleor has no customer nobody@example.com",
        "line 3: olena@example.com is owner of Нова (made)",
    ]
    assert Member.objects.get().user_id == BUYER_ID


def test_a_dry_run_says_it_and_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    output = _import(
        tmp_path,
        "olena@example.com;;;444;Нова;\nnobody@example.com;;;444;Нова;\n",
        "--dry-run",
    )

    assert output.splitlines() == [
        "line 2: olena@example.com is owner of Нова (made)",
        "line 3: refused: Saleor has no customer nobody@example.com",
        "Nothing was changed: this was a dry run.",
    ]
    assert not Member.objects.exists()
    assert not Counterparty.objects.exists()
    assert not Job.objects.exists()


def test_of_one_tax_id_the_name_decides(installation: Installation, tmp_path: Path) -> None:
    make_counterparty(installation, name="Філія 1", tax_id="9")
    meant = make_counterparty(installation, name="Філія 2", tax_id="9")

    _import(tmp_path, "olena@example.com;;;9;Філія 2;\n")

    assert Member.objects.get().counterparty == meant


def test_a_member_keeps_his_role(installation: Installation, tmp_path: Path) -> None:
    member = make_member(make_counterparty(installation, alias="42"), role=Role.BUYER)

    _import(tmp_path, "olena@example.com;;42;;;owner\n")

    member.refresh_from_db()
    assert member.role == Role.BUYER


def test_a_file_that_is_none_or_a_saleor_that_is_down_changes_nothing(
    installation: Installation, tmp_path: Path, saleor: respx.MockRouter
) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_members", str(tmp_path / "missing.csv"))
    broken = tmp_path / "broken.csv"
    broken.write_text("phone\n1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="unknown columns: phone"):
        call_command("import_members", str(broken))

    saleor.post(API_URL).mock(return_value=httpx.Response(503))
    with pytest.raises(CommandError, match="Nothing was changed"):
        _import(tmp_path, "olena@example.com;;;444;Нова;\n")
    assert not Member.objects.exists()


def _file(folder: Path, text: str) -> Path:
    path = folder / "members.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path
