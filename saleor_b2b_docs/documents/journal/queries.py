"""The Journal: a viewer's documents of all kinds, a page at a time.

A page costs the same at the beginning of a long history and of a short one. It is read from one
short query per way in which the viewer may see a paper: of each counterparty that he sees all
papers of, by its index, and of the orders that he placed himself. One query for all of them could
use no index, and would sort everything.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from saleor_b2b_docs.documents.journal.keys import JournalSort, SortKey
from saleor_b2b_docs.documents.models import Document, DocumentOrder, Revision
from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.pages import Page, check_page_size
from saleor_b2b_docs.documents.queries import IS_NO_DOUBLE, papers_seats, with_papers
from saleor_b2b_docs.orders.queries import visible_orders
from saleor_b2b_docs.saleor.viewers import Viewer

_NEWEST_FIRST = JournalSort()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilters:
    """What of the Journal is wanted. Void papers are in it unless `is_void` says otherwise."""

    search: str = ""
    """Part of a number, ours or the accounting system's; see documents/numbers.py."""
    kinds: Collection[str] = ()
    """Any of these; none: all."""
    contract_id: uuid.UUID | None = None
    counterparty_id: uuid.UUID | None = None
    order_saleor_id: str = ""
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    """Both days included."""
    is_void: bool | None = None
    has_pdf: bool | None = None


def journal(
    viewer: Viewer,
    *,
    filters: JournalFilters | None = None,
    sort: JournalSort = _NEWEST_FIRST,
    first: int,
    after: str = "",
) -> Page[Document]:
    """A page of the documents that a viewer may see, each with its revisions, twin, orders and
    contract. An invoice of ours and the accounting system's for the same thing are one row, ours.

    What is filtered by and is not the viewer's is as good as not there: the page is empty.
    Raises InvalidCursor, InvalidPageSize (1 to 100 rows).
    """
    check_page_size(first)
    key = SortKey(sort)
    condition = IS_NO_DOUBLE & (key.after(after) if after else Q())
    filters = filters or JournalFilters()
    wanted = _wanted(viewer, filters)
    sources = [
        key.sorted(documents.filter(wanted)).filter(condition)[: first + 1]
        for documents in _ways_in(viewer, filters)
    ]
    found = list(itertools.islice(heapq.merge(*sources, key=key.rank), first + 1))
    rows = found[:first]
    return Page(
        rows=_completed(rows),
        cursors=[key.cursor(document) for document in rows],
        has_next=len(found) > first,
        has_previous=bool(after),
    )


def _ways_in(viewer: Viewer, filters: JournalFilters) -> Sequence[QuerySet[Document]]:
    """The sets whose union is what the viewer may see; each has an index for its first rows."""
    if viewer.installation_id is None:
        return []
    documents = Document.objects.filter(installation_id=viewer.installation_id)
    if viewer.may_read_orders:
        return [documents]
    seen_whole = papers_seats(viewer)
    # Not by the installation as well, which the seats are of already: SQLite would take the index
    # of that.
    ways = [
        Document.objects.filter(counterparty_id=counterparty_id)
        for counterparty_id in seen_whole
        if filters.counterparty_id in (None, counterparty_id)
    ]
    if filters.counterparty_id not in seen_whole:
        of_own_orders = DocumentOrder.objects.filter(order__in=visible_orders(viewer))
        own = documents.filter(pk__in=of_own_orders.values("document_id"))
        ways.append(own.exclude(counterparty_id__in=seen_whole) if seen_whole else own)
    return ways


def _wanted(viewer: Viewer, filters: JournalFilters) -> Q:
    wanted = Q()
    if filters.search.strip():
        wanted &= _is_found_by(filters.search)
    if filters.kinds:
        wanted &= Q(kind__in=filters.kinds)
    if filters.contract_id:
        wanted &= Q(contract_id=filters.contract_id)
    if filters.counterparty_id:
        wanted &= Q(counterparty_id=filters.counterparty_id)
    if filters.order_saleor_id:
        # Not "may see": a paper of several orders is found by each, and the ways in decide.
        of_order = DocumentOrder.objects.filter(
            order__installation=viewer.installation_id, order__saleor_id=filters.order_saleor_id
        )
        wanted &= Q(pk__in=of_order.values("document_id"))
    if filters.date_from:
        wanted &= Q(issued_on__gte=filters.date_from)
    if filters.date_to:
        wanted &= Q(issued_on__lte=filters.date_to)
    if filters.is_void is not None:
        wanted &= Q(voided_at__isnull=not filters.is_void)
    if filters.has_pdf is not None:
        current = Revision.objects.filter(document=OuterRef("pk")).order_by("-number")
        file = Subquery(current.values("pdf_name")[:1])
        wanted &= Q(Exact(file, Value(""))) if not filters.has_pdf else ~Q(Exact(file, Value("")))
    return wanted


def _is_found_by(search: str) -> Q:
    key = search_key(search)
    if not key:
        return Q(pk__in=[])  # nothing but signs, which are in no key
    of_twin = Document.objects.filter(pk=OuterRef("twin_id"), search_key__contains=key)
    return Q(search_key__contains=key) | Q(Exists(of_twin), twin__isnull=False)


def _completed(documents: Sequence[Document]) -> Sequence[Document]:
    """The same documents with what a row shows of them."""
    shown = with_papers(Document.objects.filter(pk__in=[document.pk for document in documents]))
    by_id = {document.pk: document for document in shown}
    return [by_id[document.pk] for document in documents]
