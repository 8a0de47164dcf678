"""Reporting payments on an order in Saleor, each once, and taking that back.

Saleor takes any number of transactions with one `pspReference`: that each is there once is checked
here. Ours bear a mark of their own, written in the same request that makes them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import structlog

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.onec.into_saleor.notes import Note, NoteCode
from saleor_b2b_docs.onec.into_saleor.paid import PaidPart, within
from saleor_b2b_docs.onec.into_saleor.queries import Paid
from saleor_b2b_docs.onec.into_saleor.talk import Talk
from saleor_b2b_docs.saleor import mutations
from saleor_b2b_docs.saleor.api.fragments import MoneyAmount, TransactionForReport
from saleor_b2b_docs.saleor.queries import unanswered
from saleor_b2b_docs.saleor.services import intend

log = structlog.get_logger(__name__)

_CREATE = "transactionCreate"
_UPDATE = "transactionUpdate"
_NAME_LENGTH = 100


def report_payments(talk: Talk, paid: Paid) -> list[Note]:
    """Bring the order's transactions to what the books say was paid of it; what was not told.

    Money that came from Saleor, or that Saleor has a transaction of somebody else's for, is left
    out. Where others' money is on the order, ours fills up to the order's total and no further.
    """
    notes = list(paid.notes)
    ours: dict[str, list[TransactionForReport]] = defaultdict(list)
    foreign = []
    for transaction in talk.shown.transactions or ():
        if transaction.private_metafield:
            ours[transaction.private_metafield].append(transaction)
        else:
            foreign.append(transaction)
    _settle_earlier(talk, ours)
    parts, from_saleor = _of_the_books_alone(paid.parts, foreign)
    notes += [
        Note(NoteCode.FROM_SALEOR, f"payment {part.number} is in Saleor already")
        for part in from_saleor
    ]
    wanted = within(parts, room=_room(talk, ours))
    if sum(wanted.values()) < sum(part.amount for part in parts):
        text = "others' money on the order leaves no room for all that the books say was paid"
        notes.append(Note(NoteCode.PAID_OTHERWISE, text))
    # What is taken back first, so that nobody sees the order overpaid in between.
    for reference, transactions in ours.items():
        for position, transaction in enumerate(transactions):
            # A second one of a payment comes of a request that outlived its wait.
            amount = wanted.get(reference, 0) if position == 0 else 0
            if _minor(transaction.charged_amount) > amount:
                _update(talk, transaction, reference, amount)
    for part in parts:
        amount = wanted[part.reference]
        present = ours.get(part.reference)
        if present is None:
            _create(talk, part, amount)
        elif _minor(present[0].charged_amount) < amount:
            _update(talk, present[0], part.reference, amount)
    return notes


def _settle_earlier(talk: Talk, ours: Mapping[str, Sequence[TransactionForReport]]) -> None:
    """See whether requests whose answers got lost have been carried out."""
    made = {_target(talk, reference): found[0].id for reference, found in ours.items()}
    for intent in unanswered(talk.installation, operation=_CREATE, target=talk.order.saleor_id):
        if intent.target in made:
            mutations.done(intent, result_id=made[intent.target], now=talk.now)
        else:
            talk.wait_for(intent)


def _target(talk: Talk, reference: str) -> str:
    """What a payment's transaction is made for. References may be longer than the column."""
    return f"{talk.order.saleor_id}:{hashlib.sha256(reference.encode()).hexdigest()[:40]}"


def _of_the_books_alone(
    parts: Sequence[PaidPart], foreign: Sequence[TransactionForReport]
) -> tuple[list[PaidPart], list[PaidPart]]:
    """The payments that Saleor does not know, and those that it told us of itself."""
    names = {transaction.psp_reference for transaction in foreign}
    known = [part for part in parts if part.came_from_saleor or part.aliases & names]
    return [part for part in parts if part not in known], known


def _room(talk: Talk, ours: dict[str, list[TransactionForReport]]) -> int | None:
    own = sum(
        _minor(transaction.charged_amount)
        for transactions in ours.values()
        for transaction in transactions
    )
    others = _minor(talk.shown.total_charged) - own
    return max(_minor(talk.shown.total.gross) - others, 0) if others > 0 else None


def _create(talk: Talk, part: PaidPart, amount: int) -> None:
    if not amount:
        return
    target = _target(talk, part.reference)
    intent = intend(talk.installation, operation=_CREATE, target=target, now=talk.now)
    with mutations.attempt(intent, now=talk.now):
        answer = talk.saleor.payment_report(
            order_id=talk.order.saleor_id,
            reference=part.reference,
            name=part.number[:_NAME_LENGTH] or "Payment",
            amount=_major(talk, amount),
            currency=talk.order.currency,
            message="Payment from the accounting system",
        )
        payload = mutations.accepted(_CREATE, answer.transaction_create)
    made = payload.transaction.id if payload.transaction else ""
    mutations.done(intent, result_id=made, now=talk.now)
    log.info("payment reported", order=talk.order.saleor_id, reference=part.reference)


def _update(talk: Talk, transaction: TransactionForReport, reference: str, amount: int) -> None:
    intent = intend(talk.installation, operation=_UPDATE, target=transaction.id, now=talk.now)
    if intent.state == intent.State.INTENDED:
        # An older amount that arrives late would take this one's place.
        talk.wait_for(intent)
    with mutations.attempt(intent, now=talk.now):
        answer = talk.saleor.payment_report_update(
            id=transaction.id,
            reference=reference,
            amount=_major(talk, amount),
            currency=talk.order.currency,
            message="The accounting system changed what this payment settles",
        )
        mutations.accepted(_UPDATE, answer.transaction_update)
    mutations.done(intent, result_id=transaction.id, now=talk.now)
    log.info("reported payment changed", order=talk.order.saleor_id, reference=reference)


def _minor(amount: MoneyAmount) -> int:
    return Money.from_api(amount.amount, amount.currency).minor


def _major(talk: Talk, amount: int) -> str:
    """As Saleor's decimals come in: a text, since a float could be another amount."""
    return str(Money.from_minor(amount, talk.order.currency).amount)
