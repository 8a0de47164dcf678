"""An invoice in the words of its form: every text that the web page and the PDF then lay out.

Nothing but finished strings is in here, so the two outputs cannot word or round anything
differently, and a template has nothing left to compute.
"""

from __future__ import annotations

from dataclasses import dataclass

from saleor_b2b_docs.documents.forms import formatting
from saleor_b2b_docs.documents.forms.columns import Cell, Column, cells_of
from saleor_b2b_docs.documents.forms.context import (
    BankAccount,
    InvoiceContext,
    Party,
    Signatory,
    VatTotal,
)
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.forms.formatting import NBSP
from saleor_b2b_docs.documents.forms.profiles import Profile, profile_of
from saleor_b2b_docs.documents.forms.texts import FormTexts, texts_in
from saleor_b2b_docs.documents.forms.words import amount_in_words
from saleor_b2b_docs.money import Money


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value; fields without a value are never made."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PartyText:
    """A party: its role on this paper, its name, and what is known of it, an item a fact."""

    role: str
    name: str
    details: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The details in one running text."""
        return ", ".join(self.details)


@dataclass(frozen=True, slots=True)
class BankText:
    """One bank account; a blank text is not printed, nor is its label."""

    bank_name: str
    account: str
    bank_code: str
    correspondent_account: str
    currency: str
    fields: tuple[Field, ...]
    """All of it but the bank's name, labelled, for forms without a bank grid."""


@dataclass(frozen=True, slots=True)
class Total:
    """One line below the table. `is_grand`: the sum to pay."""

    label: str
    amount: str
    is_grand: bool = False


@dataclass(frozen=True, slots=True)
class RateRow:
    """A VAT rate's sums, for the summary by rate."""

    rate: str
    net: str
    vat: str
    gross: str


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """The texts of an invoice, in reading order."""

    language: Language
    layout: str
    profile: str
    texts: FormTexts
    title: str
    number: str
    revision_mark: str
    void_mark: str
    warning: str
    payee: str
    payee_code: str
    payee_code_label: str
    payee_registration_reason_code: str
    banks: tuple[BankText, ...]
    purpose: str
    facts: tuple[Field, ...]
    """Number, dates, order, contract, currency."""
    terms: tuple[Field, ...]
    """Delivery address, contract and order, where the form gives them a line each."""
    supplier: PartyText
    buyer: PartyText
    delivery_address: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Total, ...]
    rate_rows: tuple[RateRow, ...]
    """The summary by rate; empty where the totals already say it."""
    saved: str
    count: str
    in_words: str
    pay_by: str
    note: str
    signatories: tuple[Signatory, ...]

    @property
    def column_titles(self) -> tuple[str, ...]:
        """The table's head, in the paper's language."""
        return tuple(column.titles[self.language] for column in self.columns)


def invoice_paper(context: InvoiceContext) -> InvoicePaper:
    """Word `context` in its country's form. Raises FormError PROFILE_UNKNOWN."""
    profile = profile_of(context.profile)
    language = profile.language
    texts = texts_in(language)
    currency = profile.currency_label(context.currency)
    issued_on = formatting.long_date(context.issued_on, language)
    charges_vat = _charges_vat(context)
    columns = profile.columns(
        charges_vat=charges_vat, has_several_rates=len(context.vat_totals) > 1
    )
    due_on = formatting.long_date(context.due_on, language) if context.due_on else ""
    is_international = profile.layout == "international"
    # The international form gives facts a narrow column each, the others a line.
    order_date = formatting.medium_date if is_international else formatting.long_date
    order = texts.dated.format(
        number=context.order_number, date=order_date(context.order_placed_on, language)
    )
    return InvoicePaper(
        language=language,
        layout=profile.layout,
        profile=profile.code,
        texts=texts,
        title=texts.numbered_title.format(number=context.number, date=issued_on),
        number=context.number,
        revision_mark=(
            texts.revision.format(revision=context.revision) if context.revision > 1 else ""
        ),
        void_mark=texts.void if context.is_void else "",
        warning=_warning(context, texts),
        payee=context.supplier.name,
        payee_code=context.supplier.tax_id,
        payee_code_label=_code_label(context.supplier, texts),
        payee_registration_reason_code=context.supplier.tax_registration_reason_code,
        banks=tuple(
            _bank(account, texts=texts, invoice_currency=context.currency)
            for account in context.bank_accounts
        ),
        purpose=_purpose(context, texts=texts, language=language, currency=currency),
        facts=_fields(
            (texts.number, context.number),
            (texts.issued_on, issued_on),
            (texts.due_on, due_on),
            (texts.order, order if context.order_number else ""),
            (texts.contract, context.contract),
            (texts.currency, context.currency),
        ),
        terms=_fields(
            (texts.delivery, context.delivery_address),
            (texts.contract, context.contract),
            (texts.order, order if context.order_number else ""),
        ),
        supplier=_party(context.supplier, role=texts.supplier, texts=texts, is_supplier=True),
        buyer=_party(context.buyer, role=texts.buyer, texts=texts, is_supplier=False),
        delivery_address=context.delivery_address,
        columns=columns,
        rows=tuple(cells_of(line, columns, language) for line in context.lines),
        totals=_totals(context, profile=profile, texts=texts, charges_vat=charges_vat),
        rate_rows=(
            tuple(_rate_row(total, texts, language) for total in context.vat_totals)
            if is_international and charges_vat and len(context.vat_totals) > 1
            else ()
        ),
        saved=(
            texts.saved.format(
                amount=formatting.amount(context.discount, language), currency=currency
            )
            if context.discount
            else ""
        ),
        count=_count(context, texts=texts, language=language, currency=currency),
        in_words=amount_in_words(context.gross, language),
        pay_by=texts.pay_by.format(date=due_on) if due_on else "",
        note=context.note,
        signatories=context.signatories
        or tuple(Signatory(position, "") for position in texts.default_positions),
    )


def _charges_vat(context: InvoiceContext) -> bool:
    if not context.supplier.is_vat_payer and not context.vat:
        return False
    return any(total.rate is not None for total in context.vat_totals)


def _warning(context: InvoiceContext, texts: FormTexts) -> str:
    """What the form warns of; that goods wait for the money, only where they do."""
    is_prepaid = context.due_on is None or context.due_on <= context.issued_on
    return f"{texts.warning} {texts.warning_prepaid if is_prepaid else ''}".strip()


def _fields(*pairs: tuple[str, str]) -> tuple[Field, ...]:
    return tuple(Field(label, value) for label, value in pairs if value)


def _code_label(party: Party, texts: FormTexts) -> str:
    # In Ukraine a company's code has 8 digits and a person's own number 10.
    return texts.person_code if len(party.tax_id) == 10 else texts.company_code


def _party(party: Party, *, role: str, texts: FormTexts, is_supplier: bool) -> PartyText:
    labelled = (
        (_code_label(party, texts), party.tax_id),
        (texts.registration_reason_code, party.tax_registration_reason_code),
        (texts.vat_id, party.vat_id),
    )
    details = [f"{label}{NBSP}{value}" for label, value in labelled if value]
    details.extend(_lines(party.address))
    if party.phone:
        details.append(f"{texts.phone}{NBSP}{party.phone}")
    if party.email:
        details.append(party.email)
    if is_supplier and not party.is_vat_payer and texts.not_vat_payer:
        details.append(texts.not_vat_payer)
    return PartyText(role, party.name, tuple(details))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _bank(account: BankAccount, *, texts: FormTexts, invoice_currency: str) -> BankText:
    return BankText(
        bank_name=account.bank_name,
        account=account.account,
        bank_code=account.bank_code,
        correspondent_account=account.correspondent_account,
        currency=account.currency,
        fields=_fields(
            (texts.account, account.account),
            (texts.bank_code, account.bank_code),
            (texts.correspondent_account, account.correspondent_account),
            (texts.currency, "" if account.currency == invoice_currency else account.currency),
        ),
    )


def _purpose(
    context: InvoiceContext, *, texts: FormTexts, language: Language, currency: str
) -> str:
    vat = (
        texts.purpose_with_vat.format(
            amount=formatting.amount(context.vat, language), currency=currency
        )
        if context.vat
        else texts.purpose_without_vat
    )
    date = formatting.short_date(context.issued_on)
    return texts.purpose_text.format(number=context.number, date=date, vat=vat)


def _totals(
    context: InvoiceContext, *, profile: Profile, texts: FormTexts, charges_vat: bool
) -> tuple[Total, ...]:
    """National forms for non-payers say «Без ПДВ»; payers give each rate its own line.

    Where prices include VAT the first line is gross and VAT is only told; elsewhere it is added.
    """
    language = profile.language

    def figures(money: Money) -> str:
        return formatting.amount(money, language)

    grand = f"{figures(context.gross)}{NBSP}{profile.currency_label(context.currency)}"
    if not charges_vat:
        return (
            Total(texts.plain_subtotal, figures(context.gross)),
            Total(texts.no_vat, "–"),
            Total(texts.plain_grand_total, grand, is_grand=True),
        )
    first = context.gross if profile.prices_include_vat else context.net
    totals = [Total(texts.subtotal, figures(first))]
    totals.extend(
        Total(texts.of_which_without_vat, figures(total.net))
        for total in context.vat_totals
        if total.rate is None
    )
    totals.extend(
        Total(
            texts.vat_of_rate.format(rate=formatting.vat_rate(total.rate, language)),
            figures(total.vat),
        )
        for total in context.vat_totals
        if total.rate is not None
    )
    totals.append(Total(texts.grand_total, grand, is_grand=True))
    return tuple(totals)


def _rate_row(total: VatTotal, texts: FormTexts, language: Language) -> RateRow:
    return RateRow(
        rate=(
            texts.without_vat if total.rate is None else formatting.vat_rate(total.rate, language)
        ),
        net=formatting.amount(total.net, language),
        vat=formatting.amount(total.vat, language),
        gross=formatting.amount(total.gross, language),
    )


def _count(context: InvoiceContext, *, texts: FormTexts, language: Language, currency: str) -> str:
    return texts.count.format(
        count=len(context.lines),
        amount=formatting.amount(context.gross, language),
        currency=currency,
    )
