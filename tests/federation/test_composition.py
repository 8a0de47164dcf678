"""Our subgraph and Saleor's own, put together by a public composition library."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from graphql import build_schema

from tests.federation.node import composed


def exported(part: str) -> str:
    """What `b2b-docs manage export_schema` prints."""
    out = StringIO()
    call_command("export_schema", part, stdout=out)
    return out.getvalue()


@pytest.fixture
def saleor(shared_folder: Path) -> Path:
    """What Saleor's `_service { sdl }` answers."""
    path = shared_folder / "saleor" / "federation-3.24.graphql"
    if not path.exists():
        pytest.skip("Saleor's subgraph is not beside this checkout")
    return path


def test_our_subgraph_composes_with_saleors(node: str, saleor: Path, tmp_path: Path) -> None:
    ours = tmp_path / "b2b-docs.graphql"
    ours.write_text(exported("federation"))

    done = composed(node, saleor=saleor, b2b_docs=ours)

    assert (done.returncode, done.stderr) == (0, "")
    for field in (
        "b2bDebtPanel: B2BDebtPanel @join__field(graph: B2B_DOCS)",
        "b2bContracts: [B2BContract!]! @join__field(graph: B2B_DOCS)",
        "b2bDocuments: [B2BDocument!]! @join__field(graph: B2B_DOCS)",
        "b2bInvoice: B2BDocument @join__field(graph: B2B_DOCS)",
    ):
        assert field in done.stdout


def test_a_subgraph_that_contradicts_saleors_does_not_compose(
    node: str, saleor: Path, tmp_path: Path
) -> None:
    """That the test above can fail."""
    wrong = tmp_path / "wrong.graphql"
    wrong.write_text(exported("federation").replace("b2bInvoice: B2BDocument", "number: Int"))

    assert composed(node, saleor=saleor, b2b_docs=wrong).returncode == 1


def test_each_part_of_the_schema_is_printed() -> None:
    customer, staff = (build_schema(exported(part)) for part in ("customer", "staff"))
    federation = exported("federation")

    assert customer.query_type is not None
    assert staff.query_type is not None
    assert "b2bJournal" in customer.query_type.fields
    assert "b2bMatches" not in customer.query_type.fields
    assert set(customer.query_type.fields) < set(staff.query_type.fields)
    assert "User" not in staff.type_map
    assert 'type User @key(fields: "id")' in federation
    assert 'type Order @key(fields: "id")' in federation
    for name in ("b2bJournal", "b2bMatches", "b2bMemberInvite", "b2bSupplierUpdate"):
        assert f"  {name}(" in federation


def test_all_that_is_ours_says_so_by_its_name() -> None:
    """Or it could be taken for something of Saleor's, or of the next subgraph's."""
    staff = build_schema(exported("staff"))
    standard = {"Query", "Mutation", "Date", "DateTime", "ID", "String", "Int", "Float", "Boolean"}

    strangers = [
        name
        for name in staff.type_map
        if not name.startswith(("B2B", "__")) and name not in standard
    ]

    assert strangers == []
    for root in (staff.query_type, staff.mutation_type):
        assert root is not None
        assert [field for field in root.fields if not field.startswith("b2b")] == []


def test_another_part_is_refused() -> None:
    with pytest.raises(CommandError):
        exported("everything")
