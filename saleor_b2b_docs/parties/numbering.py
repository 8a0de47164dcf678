"""Number patterns: how a supplier's papers are numbered."""

from __future__ import annotations

import re
from string import Formatter

from django.core.exceptions import ValidationError

_WIDTH = re.compile(r"0[1-9]d?")


def check_pattern(pattern: str) -> None:
    """Raise ValidationError for a pattern that cannot number papers.

    `{order}` is the order's number, `{sequence}` the gapless running number (`{sequence:05}` with
    leading zeros), `{year}` and `{yy}` the year of issue, in which the sequence starts anew.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValidationError(f"{pattern!r} is not a pattern: {error}") from error
    names = [name for _, name, _, _ in parts if name is not None]
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if name not in ("order", "sequence", "year", "yy") or conversion:
            raise ValidationError(
                f"{{{name}}} is not one of {{order}} {{sequence}} {{year}} {{yy}}"
            )
        if spec and (name != "sequence" or not _WIDTH.fullmatch(spec)):
            raise ValidationError(f"{{{name}:{spec}}}: only {{sequence:05}} may have a width")
    if "order" not in names and "sequence" not in names:
        raise ValidationError(
            "A pattern needs {order} or {sequence}, or all papers share a number."
        )


def is_gapless(pattern: str) -> bool:
    """Whether papers take their number from a running series."""
    return "sequence" in _names(pattern)


def restarts_yearly(pattern: str) -> bool:
    """Whether the series starts anew each year: where the number says which year it is of."""
    return not _names(pattern).isdisjoint({"year", "yy"})


def _names(pattern: str) -> frozenset[str]:
    """The fields of a pattern; doubled braces are text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(pattern) if name is not None)


def format_number(pattern: str, *, order_number: str, year: int, sequence: int) -> str:
    """The number that a checked pattern gives, e.g. "R-{yy}/{sequence:05}" is R-26/00042."""
    return pattern.format(order=order_number, year=year, yy=f"{year % 100:02}", sequence=sequence)
