"""A file of any kind, from bytes to what became of it."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from saleor_b2b_docs.documents.forms.profiles import profile_of
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.detection import Opened, open_file
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.deliveries import services as deliveries
from saleor_b2b_docs.onec.facts import Said
from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.intake.summary import Summary
from saleor_b2b_docs.onec.models import Base, Delivery
from saleor_b2b_docs.parties.queries import suppliers


def import_stream(
    base: Base,
    stream: BinaryIO,
    *,
    name: str,
    delivery: Delivery | None,
    now: dt.datetime,
    is_dry: bool = False,
    on_progress: Callable[[int], None] | None = None,
    on_said: Callable[[Said], None] | None = None,
) -> Summary:
    """Apply a file of any format. The delivery, if there is one, is finished or failed here.

    The whole file is read once before its first fact is applied, so a broken one changes nothing.
    `on_said` sees each fact on its way. Raises UnreadableFile.
    """
    with seekable(stream) as content:
        try:
            opened = open_file(content, name)
            opened.check()
        except UnreadableFile as error:
            if delivery is not None:
                deliveries.fail(delivery, str(error), format="", now=now)
            raise
        return import_opened(
            base,
            opened,
            delivery=delivery,
            now=now,
            is_dry=is_dry,
            on_progress=on_progress,
            on_said=on_said,
        )


def import_opened(
    base: Base,
    opened: Opened,
    *,
    delivery: Delivery | None,
    now: dt.datetime,
    is_dry: bool = False,
    on_progress: Callable[[int], None] | None = None,
    on_said: Callable[[Said], None] | None = None,
) -> Summary:
    """As `import_stream`, of a file that was opened and checked."""
    summary = apply(
        base,
        _seen(opened.facts(context_of(base)), on_said),
        delivery=delivery,
        now=now,
        is_dry=is_dry,
        on_progress=on_progress,
    )
    if delivery is not None:
        deliveries.finish(delivery, summary, format=opened.format, now=now)
    return summary


def context_of(base: Base) -> ReadingContext:
    """What the base's files are read by: its own words, and its supplier's country."""
    supplier = base.supplier or next(iter(suppliers(base.installation)), None)
    return ReadingContext(
        base_code=base.code,
        # Never a supplier's name: the base's supplier may be chosen later, and keys must stay.
        own_supplier_key="",
        currencies=base.currencies,
        default_currency=profile_of(supplier.profile).home_currency if supplier else "",
        profile=supplier.profile if supplier else "",
    )


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or where it can't be sought in a copy of it on disk."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        yield copy


def _seen(said: Iterator[Said], on_said: Callable[[Said], None] | None) -> Iterator[Said]:
    for item in said:
        if on_said is not None:
            on_said(item)
        yield item
