"""From the bytes of a file to what became of it."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import BinaryIO, cast

import pytest

from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.importing import context_of, import_stream
from saleor_b2b_docs.onec.facts import Said
from saleor_b2b_docs.onec.models import Delivery, FactState
from saleor_b2b_docs.settlements.models import Entry
from tests.builders.commerceml import document, file_of
from tests.builders.onec import NOW, make_base, make_delivery
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

WAYBILL = file_of(document("Отпуск товара", Валюта=""))


class _Pipe(io.BytesIO):
    """A stream that can't be sought in."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation


def test_a_file_is_applied_and_its_delivery_finished() -> None:
    base = make_base()
    delivery = make_delivery(base, channel=Delivery.Channel.COMMERCEML)

    summary = import_stream(base, io.BytesIO(WAYBILL), name="x", delivery=delivery, now=NOW)

    assert (summary.new, summary.refused_count) == (2, 0)
    entry = Entry.objects.get()
    assert (entry.amount, entry.contract.currency) == (120000, "UAH")
    assert entry.contract.coverage == "site_orders"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.format) == ("applied", "commerceml 2.09")
    assert delivery.summary["facts"] == {"counterparty": 1, "waybill": 1}


def test_a_broken_file_fails_its_delivery_in_the_administrators_words() -> None:
    base = make_base()
    delivery = make_delivery(base)

    with pytest.raises(UnreadableFile):
        import_stream(base, io.BytesIO(WAYBILL[:-30]), name="x", delivery=delivery, now=NOW)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.finished_at) == ("failed", NOW)
    assert "передан не полностью" in delivery.error
    assert not FactState.objects.exists()
    assert not Entry.objects.exists()


def test_a_pipe_is_read_too_and_every_fact_is_seen() -> None:
    seen: list[Said] = []

    summary = import_stream(
        make_base(),
        cast(BinaryIO, _Pipe(WAYBILL)),
        name="x",
        delivery=None,
        now=NOW,
        is_dry=True,
        on_said=seen.append,
    )

    assert summary.new == len(seen) == 2
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("profile", "currency"), [("UA", "UAH"), ("RU", "RUB"), ("INT", "")])
def test_the_usual_currency_is_the_suppliers_countrys(profile: str, currency: str) -> None:
    base = make_base(
        supplier=make_supplier(make_installation(), profile=profile), currencies={"у.е.": "USD"}
    )

    context = context_of(base)

    assert (context.default_currency, context.profile) == (currency, profile)
    assert context.currencies == {"у.е.": "USD"}
    assert context.own_supplier_key == ""


def test_a_sum_without_a_currency_where_none_is_usual_is_set_aside() -> None:
    base = make_base(supplier=make_supplier(make_installation(), profile="INT"))

    summary = import_stream(base, io.BytesIO(WAYBILL), name="x", delivery=None, now=NOW)

    assert [refusal.code for refusal in summary.refused] == ["NO_CURRENCY"]
    assert not Entry.objects.exists()


def test_the_bases_own_word_for_a_currency_is_understood() -> None:
    base = make_base(currencies={"у.е.": "USD"})
    content = file_of(document("Отпуск товара", Валюта="у.е.", Курс="41.5"))

    import_stream(base, io.BytesIO(content), name="x", delivery=None, now=NOW)

    entry = Entry.objects.get()
    assert (entry.amount, entry.contract.currency) == (120000, "USD")


def test_a_resent_document_replaces_what_it_said() -> None:
    base = make_base()
    import_stream(base, io.BytesIO(WAYBILL), name="x", delivery=None, now=NOW)

    again = import_stream(
        base,
        io.BytesIO(file_of(document("Отпуск товара", Сумма="900,00"))),
        name="x",
        delivery=None,
        now=NOW,
    )

    assert (again.changed, again.unchanged) == (1, 1)
    balance = sum(entry.amount for entry in Entry.objects.all())
    assert Decimal(balance) == Decimal(90000)
