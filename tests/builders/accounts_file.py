"""An accounts file with one of everything, how it is loaded, and all that it could change."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Model

from saleor_b2b_docs.documents.models import Document, Revision
from saleor_b2b_docs.parties.models import Alias, Contract, Counterparty, Group, Manager, Member
from saleor_b2b_docs.settlements.models import (
    Allocation,
    ContractFigures,
    Credit,
    DuePart,
    Entry,
    Payment,
    Posting,
    StatedBalance,
)

PDF = b"%PDF-1.7 of the waybill"
_SAMPLE = Path(__file__).with_suffix(".json")
_MODELS: tuple[type[Model], ...] = (
    Alias,
    Allocation,
    Contract,
    ContractFigures,
    Counterparty,
    Credit,
    Document,
    DuePart,
    Entry,
    Group,
    Manager,
    Member,
    Payment,
    Posting,
    Revision,
    StatedBalance,
)


def sample_accounts() -> dict[str, Any]:
    """A fresh copy: of the supplier `main`, with the usual buyer as an accountant."""
    accounts: dict[str, Any] = json.loads(_SAMPLE.read_text(encoding="utf-8"))
    return accounts


def only_contract(accounts: dict[str, Any]) -> dict[str, Any]:
    """The contract of the sample."""
    contract: dict[str, Any] = accounts["counterparties"][0]["contracts"][0]
    return contract


def make_papers(folder: Path) -> Path:
    """The PDF that the sample names; where the file itself belongs."""
    (folder / "papers").mkdir()
    (folder / "papers" / "wb-1.pdf").write_bytes(PDF)
    return folder / "accounts.json"


def load_accounts(path: Path, accounts: dict[str, Any] | None = None, *arguments: str) -> str:
    """What the command prints; the sample is loaded if nothing else is given."""
    content = json.dumps(accounts or sample_accounts(), ensure_ascii=False)
    path.write_text(content, encoding="utf-8")
    output = StringIO()
    call_command("load_accounts", str(path), *arguments, stdout=output)
    return output.getvalue()


def stored_accounts() -> dict[str, list[dict[str, Any]]]:
    """Every row that a file could make or change."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in _MODELS
    }
