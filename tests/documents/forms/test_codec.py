from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.documents.forms import FormError, from_json, to_json
from saleor_b2b_docs.documents.forms.context import (
    BankAccount,
    InvoiceContext,
    Line,
    Party,
    Picture,
    Signatory,
    VatTotal,
)
from saleor_b2b_docs.money import Money

MakeInvoice = Callable[..., InvoiceContext]

_texts = st.text(max_size=20)
_dates = st.dates(min_value=dt.date(1, 1, 1))
_decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
)
_money = st.builds(
    Money.from_minor,
    st.integers(min_value=-(10**15), max_value=10**15),
    st.sampled_from(["UAH", "JPY", "KWD"]),
)
_rates = st.none() | _decimals
_lines = st.builds(
    Line,
    number=st.integers(),
    name=_texts,
    sku=_texts,
    unit=_texts,
    quantity=_decimals,
    unit_net=_money,
    unit_gross=_money,
    net=_money,
    vat_rate=_rates,
    vat=_money,
    gross=_money,
)
_parties = st.builds(Party, name=_texts, tax_id=_texts, address=_texts, is_vat_payer=st.booleans())


def _tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


_contexts = st.builds(
    InvoiceContext,
    number=_texts,
    issued_on=_dates,
    due_on=st.none() | _dates,
    supplier=_parties,
    bank_accounts=_tuples(st.builds(BankAccount, bank_name=_texts, account=_texts)),
    buyer=_parties,
    delivery_address=_texts,
    contract=_texts,
    order_number=_texts,
    order_placed_on=_dates,
    currency=_texts,
    lines=_tuples(_lines),
    vat_totals=_tuples(st.builds(VatTotal, rate=_rates, net=_money, vat=_money, gross=_money)),
    net=_money,
    vat=_money,
    gross=_money,
    discount=st.none() | _money,
    signatories=_tuples(st.builds(Signatory, position=_texts, name=_texts)),
    profile=_texts,
    note=_texts,
    revision=st.integers(),
    is_void=st.booleans(),
    stamp=st.none(),
    signature=st.none(),
    logo=st.none(),
)


@given(context=_contexts)
def test_context_survives_json(context: InvoiceContext) -> None:
    assert from_json(json.loads(json.dumps(to_json(context)))) == context


def test_amounts_keep_their_written_form(make_invoice: MakeInvoice) -> None:
    context = make_invoice("UA", lines=1)
    line = replace(context.lines[0], quantity=Decimal("1.500"))

    restored = from_json(to_json(replace(context, lines=(line,))))

    assert str(restored.lines[0].quantity) == "1.500"


def test_pictures_are_left_out_and_given_again(make_invoice: MakeInvoice) -> None:
    stamp = Picture(b"bytes", "image/png")
    context = make_invoice("UA", stamp=stamp)

    data = to_json(context)

    assert not {"stamp", "signature", "logo"} & set(data)
    assert from_json(data, stamp=stamp) == context


def test_field_unknown_to_an_old_paper_takes_its_default(make_invoice: MakeInvoice) -> None:
    context = make_invoice("UA")
    data = to_json(context)
    del data["note"], data["revision"]

    assert from_json(data) == context


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"number": 5}, "number: not of type str"),
        ({"revision": True}, "revision: not of type int"),
        ({"issued_on": "yesterday"}, "issued_on: 'yesterday' cannot be read"),
        ({"net": "1.00"}, "net: not an object"),
        ({"net": {"amount": "1.001", "currency": "UAH"}}, "net: 1.001 has more decimals than UAH"),
        ({"net": {"amount": 1.5, "currency": "UAH"}}, "net.amount: not a text"),
        ({"net": {"amount": "NaN", "currency": "UAH"}}, "net.amount: 'NaN' is not a number"),
        ({"lines": {}}, "lines: not a list"),
        ({"lines": [{}]}, r"lines\[0\].number: missing"),
        ({"surprise": 1}, "unknown field 'surprise'"),
        ({"stamp": "bytes"}, "unknown field 'stamp'"),
    ],
)
def test_what_does_not_fit_is_refused(
    make_invoice: MakeInvoice, change: dict[str, object], problem: str
) -> None:
    data = {**to_json(make_invoice("UA")), **change}

    with pytest.raises(FormError, match=problem) as refusal:
        from_json(data)

    assert refusal.value.code == "CONTEXT_INVALID"
