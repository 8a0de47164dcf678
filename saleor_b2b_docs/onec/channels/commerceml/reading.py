"""CommerceML, any version: a file to facts.

Source: CommerceML 2.10's schema for the names, and real files for everything else, which break it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from saleor_b2b_docs.onec.channels.commerceml import streaming
from saleor_b2b_docs.onec.channels.commerceml.documents import container, document
from saleor_b2b_docs.onec.channels.commerceml.first_version import Elsewhere
from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.parties import card_of
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import Said, Unreadable


def read(stream: BinaryIO, context: ReadingContext) -> Iterator[Said]:
    """The facts of a file that can be sought in, in its order.

    The whole file is read once before the first fact, so that one that is cut off or broken says
    nothing at all. Raises UnreadableFile, only before the first fact.
    """
    check(stream)
    yield from facts_of(stream, context)


def version_of(stream: BinaryIO) -> str:
    """`2.09`, `3.1`; files that say no version are of 1, which writes attributes, or of 2.

    Raises UnreadableFile for another root, and for a file that can't be read even so far.
    """
    root = _root(stream)
    if root.version:
        return root.version[:20]
    first = next(streaming.elements(stream), None)
    is_first_version = first is not None and first.is_of_attributes
    return "1" if is_first_version else "2"


def check(stream: BinaryIO) -> None:
    """Raises UnreadableFile for a file that is not CommerceML, or not whole."""
    _root(stream)
    streaming.check(stream)


def _root(stream: BinaryIO) -> streaming.Root:
    root = streaming.read_root(stream)
    if root.name != streaming.ROOT:
        raise UnreadableFile(
            "UNKNOWN_ROOT",
            f"Корневой элемент «{root.name[:80]}»: это не CommerceML"
            f" (ожидается «{streaming.ROOT}»).",
        )
    return root


def facts_of(stream: BinaryIO, context: ReadingContext) -> Iterator[Said]:
    """As `read`, of a file that was checked."""
    elsewhere = Elsewhere()
    for node in streaming.elements(stream):
        if node.name == streaming.DOCUMENT:
            yield from document(node, elsewhere, context)
        elif node.name == streaming.CONTAINER:
            yield from container(node, elsewhere, context)
        elif node.name == streaming.COUNTERPARTY:
            yield from _counterparty(node, elsewhere, context)
        elif node.name == streaming.CATALOGUE:
            elsewhere.learn_names(node)
    yield from elsewhere.unused()


def _counterparty(node: Node, elsewhere: Elsewhere, context: ReadingContext) -> Iterator[Said]:
    try:
        card = card_of(node, context)
    except BadValue as error:
        yield Unreadable(kind="counterparty", key="", code=error.code, reason=str(error))
        return
    if node.text("Идентификатор"):
        elsewhere.keep(card)
    else:
        yield card.fact()
