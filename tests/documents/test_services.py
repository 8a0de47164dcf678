"""Issuing, revising and voiding; links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from saleor_b2b_docs.documents.models import AccessLink, Document, Revision
from saleor_b2b_docs.documents.services import (
    create_link,
    ensure_invoice,
    revoke_links,
    void_invoices,
)
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import PNG, make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def order(db: None) -> Order:
    installation = make_installation()
    return make_order(installation, supplier=make_supplier(installation))


def _renderings() -> int:
    return Job.objects.filter(name="documents.render", state=Job.State.QUEUED).count()


def test_issuing_freezes_the_paper_and_asks_for_its_file(order: Order) -> None:
    # when
    document = ensure_invoice(order, now=NOW)

    # then
    assert (document.number, document.kind, document.voided_at) == ("1001", "invoice", None)
    assert (document.issued_on, document.issued_at) == (dt.date(2026, 3, 2), NOW)
    revision = document.revisions.get()
    assert (revision.number, revision.currency, revision.gross) == (1, "UAH", 120_000)
    assert (revision.pdf_name, revision.rendered_at) == ("", None)
    assert revision.content["due_on"] == "2026-03-16"
    job = Job.objects.get()
    assert (job.name, job.lane, job.key) == ("documents.render", "rendering", str(document.pk))
    assert job.serial_key == f"document:{document.pk}"
    assert job.arguments == {"document": str(document.pk)}


def test_there_is_one_invoice_however_often_it_is_asked_for(order: Order) -> None:
    # given
    first = ensure_invoice(order, now=NOW)

    # when
    documents = {ensure_invoice(order, now=LATER).pk for _ in range(5)}

    # then
    assert documents == {first.pk}
    assert Document.objects.count() == Revision.objects.count() == 1
    assert Document.objects.get().issued_at == NOW


def test_pictures_of_the_time_are_kept_with_the_revision(order: Order) -> None:
    # given
    supplier = order.supplier
    assert supplier is not None
    supplier.stamp.save("stamp.png", ContentFile(PNG))

    # when
    document = ensure_invoice(order, now=NOW)
    supplier.stamp.save("new.png", ContentFile(PNG))

    # then
    assert list(document.revisions.get().pictures) == ["stamp"]
    assert document.revisions.get().pictures["stamp"].endswith("stamp.png")


def _change(name: str, value: object) -> Callable[[Order], None]:
    def change(order: Order) -> None:
        setattr(order, name, value)
        order.save()

    return change


def _change_line(name: str, value: object) -> Callable[[Order], None]:
    def change(order: Order) -> None:
        order.lines.update(**{name: value})

    return change


def _add_line(order: Order) -> None:
    line = order.lines.get()
    line.pk, line.position = None, 2
    line.save(force_insert=True)


_FINANCIAL = {
    "buyer's name": _change("buyer_name", "ТОВ «Інший»"),
    "buyer's tax id": _change("buyer_tax_id", "1"),
    "buyer's VAT id": _change("buyer_vat_id", "1"),
    "billing address": _change("billing_address", "Львів"),
    "billing country": _change("billing_country", "PL"),
    "currency": _change("currency", "EUR"),
    "net": _change("net", 100_001),
    "tax": _change("tax", 20_001),
    "gross": _change("gross", 120_001),
    "shipping net": _change("shipping_net", 1),
    "shipping tax": _change("shipping_tax", 1),
    "shipping gross": _change("shipping_gross", 1),
    "shipping tax rate": _change("shipping_tax_rate", Decimal("0.07")),
    "line's SKU": _change_line("sku", "OTHER"),
    "line's name": _change_line("name", "Чай"),
    "line's unit": _change_line("unit", "кг"),
    "line's quantity": _change_line("quantity", 9),
    "line's tax rate": _change_line("tax_rate", Decimal("0.07")),
    "line's net": _change_line("net", 1),
    "line's tax": _change_line("tax", 1),
    "line's gross": _change_line("gross", 1),
    "another line": _add_line,
    "no line": lambda order: OrderLine.objects.filter(order=order).delete() and None,
}
_OTHER = {
    "status": _change("status", Order.Status.FULFILLED),
    "number": _change("number", "1002"),
    "channel": _change("channel_slug", "other"),
    "language": _change("language_code", "EN"),
    "update": _change("saleor_updated_at", LATER),
    "snapshot": _change("taken_at", LATER),
    "account": _change("user_id", "VXNlcjoy"),
    "e-mail": _change("user_email", "other@example.com"),
    "phone": _change("billing_phone", "+380"),
    "delivery address": _change("shipping_address", "Одеса"),
    "delivery country": _change("shipping_country", "PL"),
    "delivery's name": _change("shipping_name", "Самовивіз"),
    "reference": _change("external_reference", "1c-1"),
    "line's reference": _change_line("external_reference", "1c-1"),
    "line's id": _change_line("saleor_id", "T3JkZXJMaW5lOjk="),
}


@pytest.mark.parametrize("change", _FINANCIAL.values(), ids=list(_FINANCIAL))
def test_other_money_or_another_buyer_makes_a_revision(
    order: Order, change: Callable[[Order], None]
) -> None:
    # given
    document = ensure_invoice(order, now=NOW)
    frozen = Revision.objects.values().get()
    change(order)

    # when
    again = ensure_invoice(Order.objects.get(), now=LATER)

    # then
    assert again == document
    assert (again.number, again.issued_at) == ("1001", NOW)
    first, second = document.revisions.order_by("number")
    assert Revision.objects.values().get(pk=first.pk) == frozen
    assert (second.number, second.created_at) == (2, LATER)
    assert _renderings() == 1


@pytest.mark.parametrize("change", _OTHER.values(), ids=list(_OTHER))
def test_anything_else_makes_no_revision(order: Order, change: Callable[[Order], None]) -> None:
    # given
    ensure_invoice(order, now=NOW)
    before = list(Revision.objects.values())
    change(order)

    # when
    ensure_invoice(Order.objects.get(), now=LATER)

    # then
    assert list(Revision.objects.values()) == before


def test_changed_requisites_of_the_supplier_do_not_touch_issued_papers(order: Order) -> None:
    # given
    ensure_invoice(order, now=NOW)
    before = list(Revision.objects.values())
    Supplier.objects.update(legal_name="ТОВ «Нова назва»", payment_days=30)

    # when
    ensure_invoice(Order.objects.get(), now=LATER)

    # then
    assert list(Revision.objects.values()) == before


def test_money_that_changes_back_is_a_third_revision(order: Order) -> None:
    # given
    ensure_invoice(order, now=NOW)
    Order.objects.update(gross=120_001)
    ensure_invoice(Order.objects.get(), now=NOW)
    Order.objects.update(gross=120_000)

    # when
    document = ensure_invoice(Order.objects.get(), now=LATER)

    # then
    revisions = list(document.revisions.order_by("number").values_list("number", "gross"))
    assert revisions == [(1, 120_000), (2, 120_001), (3, 120_000)]


def test_without_a_supplier_nothing_is_issued() -> None:
    # given
    order = make_order(make_installation(), channel_slug="eu")

    # when
    with pytest.raises(PermanentFailure, match="no supplier is set for channel eu") as refusal:
        ensure_invoice(order, now=NOW)

    # then
    assert refusal.value.code == "SUPPLIER_NOT_READY"
    assert not Document.objects.exists()
    assert not Job.objects.exists()


def test_a_supplier_that_lacks_requisites_issues_nothing() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation, with_bank_account=False)
    supplier.address = ""
    supplier.save()
    order = make_order(installation, supplier=supplier)

    # when
    with pytest.raises(PermanentFailure, match="main has no address, no bank account") as refusal:
        ensure_invoice(order, now=NOW)

    # then
    assert refusal.value.code == "SUPPLIER_NOT_READY"
    assert not Document.objects.exists()


def test_a_void_invoice_keeps_its_number_and_is_rendered_anew(order: Order) -> None:
    # given
    document = issue_invoice(order, now=NOW)
    Job.objects.all().delete()

    # when
    void_invoices(order, now=LATER)

    # then
    document.refresh_from_db()
    assert (document.number, document.voided_at) == ("1001", LATER)
    assert document.revisions.count() == 1
    assert _renderings() == 1


def test_an_invoice_is_voided_once(order: Order) -> None:
    # given
    document = issue_invoice(order, now=NOW)
    void_invoices(order, now=NOW)
    Job.objects.all().delete()

    # when
    void_invoices(order, now=LATER)

    # then
    document.refresh_from_db()
    assert document.voided_at == NOW
    assert _renderings() == 0


def test_an_order_that_never_had_an_invoice_gets_none_by_being_cancelled(order: Order) -> None:
    # when
    void_invoices(order, now=NOW)

    # then
    assert not Document.objects.exists()
    assert not Job.objects.exists()


def test_only_the_hash_of_a_link_s_secret_is_kept(order: Order) -> None:
    # given
    document = issue_invoice(order)

    # when
    secret = create_link(document, now=NOW)

    # then
    link = AccessLink.objects.get()
    assert len(secret) == 43
    assert secret not in (link.secret_hash, str(link.__dict__))
    assert (link.document, link.created_at, link.revoked_at) == (document, NOW, None)


def test_revoking_counts_the_links_that_were_still_good(order: Order) -> None:
    # given
    document = issue_invoice(order)
    for _ in range(2):
        create_link(document, now=timezone.now())

    # when / then
    assert revoke_links(document.pk, now=NOW) == 2
    assert revoke_links(document.pk, now=LATER) == 0
    assert list(AccessLink.objects.values_list("revoked_at", flat=True)) == [NOW, NOW]
