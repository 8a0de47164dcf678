"""Fulfilling an order's lines in Saleor as its waybills ship them, and taking that back.

Saleor checks no status of the order when it fulfils, and tells nobody apart who asks twice; both
are checked here.
"""

from __future__ import annotations

import structlog

from saleor_b2b_docs.onec.into_saleor import fulfilling
from saleor_b2b_docs.onec.into_saleor.notes import Note, NoteCode
from saleor_b2b_docs.onec.into_saleor.shipped import Shipped
from saleor_b2b_docs.onec.into_saleor.talk import Talk
from saleor_b2b_docs.saleor import mutations
from saleor_b2b_docs.saleor.api.fragments import FulfillmentForReport
from saleor_b2b_docs.saleor.errors import SaleorRefused
from saleor_b2b_docs.saleor.queries import unanswered
from saleor_b2b_docs.saleor.services import intend
from saleor_b2b_docs.work.errors import TemporaryFailure

log = structlog.get_logger(__name__)

_FULFIL = "orderFulfill"
_CANCEL = "fulfillmentCancel"
_MARK_LENGTH = 1000


def report_shipments(talk: Talk, shipped: Shipped) -> list[Note]:
    """Bring the order's fulfilments to what was shipped; what could not be told.

    Raises SaleorRefused where Saleor says no, such as CANNOT_FULFILL_UNPAID_ORDER; TemporaryFailure
    while an earlier request may still be carried out.
    """
    notes = list(shipped.notes)
    _settle_earlier(talk)
    while True:
        ours = fulfilling.own(talk.shown, app_id=talk.installation.app_id)
        surplus = fulfilling.surplus(talk.shown, shipped.quantities)
        wrong = fulfilling.to_cancel(ours, surplus)
        if not wrong:
            break
        for fulfillment in wrong:
            _cancel(talk, fulfillment)
        talk.look_again()
    # Of a request whose answer got lost, the goods are there and the mark is not.
    for fulfillment in ours:
        if not fulfillment.private_metafield:
            _mark(talk, fulfillment, shipped)
    known = {line.id for line in talk.shown.lines}
    gone = [line for line, quantity in shipped.quantities.items() if quantity and line not in known]
    if gone:
        notes.append(Note(NoteCode.LINE_GONE, "the order has other lines in Saleor by now"))
    missing = fulfilling.missing(talk.shown, shipped.quantities)
    if missing:
        notes += _fulfil(talk, missing, shipped)
    return notes


def _settle_earlier(talk: Talk) -> None:
    """See whether a request whose answer got lost has been carried out."""
    fulfillments = talk.shown.fulfillments
    for intent in unanswered(talk.installation, operation=_FULFIL, target=talk.order.saleor_id):
        if len(fulfillments) > int(intent.result_id or 0):
            mutations.done(intent, result_id=fulfillments[-1].id, now=talk.now)
        else:
            talk.wait_for(intent)


def _fulfil(talk: Talk, missing: dict[str, int], shipped: Shipped) -> list[Note]:
    lines, homeless = fulfilling.request(talk.shown, missing)
    notes = [
        Note(NoteCode.NO_WAREHOUSE, "no warehouse of the channel could send the goods")
        for _ in homeless[:1]
    ]
    if not lines:
        return notes
    intent = intend(talk.installation, operation=_FULFIL, target=talk.order.saleor_id, now=talk.now)
    # Fulfilments are never deleted: one more than these tells that the request was carried out.
    with mutations.attempt(intent, seen=str(len(talk.shown.fulfillments)), now=talk.now):
        answer = talk.saleor.order_fulfill(talk.order.saleor_id, lines)
        payload = mutations.accepted(_FULFIL, answer.order_fulfill)
    made = payload.fulfillments or []
    mutations.done(intent, result_id=made[0].id if made else "", now=talk.now)
    for fulfillment in made:
        _mark(talk, fulfillment, shipped)
    log.info("order fulfilled", order=talk.order.saleor_id, fulfillments=len(made))
    return notes


def _mark(talk: Talk, fulfillment: FulfillmentForReport, shipped: Shipped) -> None:
    """Write whose goods they are on a fulfilment. Doing it twice changes nothing."""
    reference = ", ".join(shipped.references)[:_MARK_LENGTH] or "taken back"
    answer = talk.saleor.fulfillment_mark(fulfillment.id, reference)
    mutations.accepted("updatePrivateMetadata", answer.update_private_metadata)


def _cancel(talk: Talk, fulfillment: FulfillmentForReport) -> None:
    intent = intend(talk.installation, operation=_CANCEL, target=fulfillment.id, now=talk.now)
    talk.wait_for(intent)
    try:
        with mutations.attempt(intent, now=talk.now):
            answer = talk.saleor.fulfillment_cancel(
                fulfillment.id, fulfilling.warehouse_of(talk.shown, fulfillment)
            )
            mutations.accepted(_CANCEL, answer.order_fulfillment_cancel)
    except SaleorRefused as error:
        talk.look_again()
        status = {one.id: one.status.value for one in talk.shown.fulfillments}
        if status.get(fulfillment.id) == fulfillment.status.value:
            raise
        # Staff, or an earlier request of ours, were first: begin anew.
        raise TemporaryFailure("the fulfilment changed meanwhile") from error
    mutations.done(intent, result_id=fulfillment.id, now=talk.now)
    log.info("fulfilment taken back", fulfillment=fulfillment.id)
