"""Lists that come a page at a time, in Saleor's manner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Protocol

import strawberry

from saleor_b2b_docs.documents.pages import MAX_PAGE_SIZE
from saleor_b2b_docs.graphql.errors import refusal

First = Annotated[
    int | None, strawberry.argument(description=f"How many rows: 1 to {MAX_PAGE_SIZE}.")
]
After = Annotated[
    str | None, strawberry.argument(description="The cursor of the row that the page follows.")
]
ExportLanguage = Annotated[
    str,
    strawberry.argument(
        description="Of the texts in the file: uk, ru or en; else the supplier's papers' own."
    ),
]


class _Page(Protocol):
    """What any room's page says of itself."""

    @property
    def cursors(self) -> Sequence[str]: ...
    @property
    def has_next(self) -> bool: ...
    @property
    def has_previous(self) -> bool: ...


@strawberry.type(name="B2BPageInfo")
class PageInfoType:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None

    @classmethod
    def of(cls, page: _Page) -> PageInfoType:
        return cls(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        )


def page_size(first: int | None, *, default: int) -> int:
    """How many rows are wanted; `default` for null. Raises a GraphQLError INVALID_PAGE."""
    if first is None:
        return default
    if not 1 <= first <= MAX_PAGE_SIZE:
        raise refusal("INVALID_PAGE", f"A page has 1 to {MAX_PAGE_SIZE} rows.")
    return first
