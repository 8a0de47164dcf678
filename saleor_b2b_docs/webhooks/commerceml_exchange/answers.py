"""What the CommerceML exchange answers: plain lines, which the accounting base reads by place."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse

from saleor_b2b_docs.onec.models import Base


def lines(base: Base | None, *texts: str, status: int = 200) -> HttpResponse:
    """Lines in the base's encoding, without a line break at the end: some bases read it as an
    empty line more."""
    encoding = base.encoding if base else Base.Encoding.UTF_8
    answer = HttpResponse(
        "\n".join(texts).encode(encoding, errors="replace"),
        status=status,
        content_type=f"text/plain; charset={encoding}",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def success(base: Base) -> HttpResponse:
    """It was done."""
    return lines(base, "success")


def failure(base: Base | None, message: str, *, code: str, status: int = 200) -> HttpResponse:
    """It was not, and why: for the base's administrator, with a code to search for.

    Of a refused protocol step the status is 200: bases show the text only then.
    """
    return lines(base, "failure", f"{' '.join(message.split())} [{code}]", status=status)


def xml(base: Base, pieces: Iterable[bytes]) -> StreamingHttpResponse:
    """A document in the base's encoding, sent as it is written."""
    answer = StreamingHttpResponse(pieces, content_type=f"application/xml; charset={base.encoding}")
    answer.headers["Cache-Control"] = "no-store"
    return answer
