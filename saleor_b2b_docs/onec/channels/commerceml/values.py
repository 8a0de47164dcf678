"""Dates, numbers and flags as accounting bases write them into their files."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal


class BadValue(ValueError):
    """A value that can't be read. `code` is for programs, the message for the administrator."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


MAX_DIGITS = 30
_SHOWN = 60
_ZERO = Decimal(0)

_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|T)?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _TIME)
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + _TIME)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")

_SPACES = re.compile("[\\s\u00a0\u202f\u2009'’]+")
_PLAIN = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,10})?")
_SEPARATORS = re.compile(r"[.,]")

_YES = frozenset({"true", "1", "да", "истина", "yes", "так"})
_NO = frozenset({"false", "0", "нет", "ложь", "no", "ні"})


def read_date(text: str) -> dt.date | None:
    """The day of `2015-06-29[T17:32:27[+03:00]]`, `29.06.2015[ 17:32:27]` or `20150629[173227]`.

    The day is taken as it is written, whatever the offset: it is the supplier's. None for nothing,
    and for the year 1, which is the base's empty date. Raises BadValue.
    """
    text = text.strip()
    if not text or text == "T":
        return None
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DOTTED.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise BadValue("INVALID_DATE", f"Непонятная дата «{text[:_SHOWN]}»")
    if year == 1:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise BadValue("INVALID_DATE", f"Такой даты нет: «{text[:_SHOWN]}»") from error


def read_decimal(text: str) -> Decimal | None:
    """An exact figure: `8186.84`, `8 186,84`, `1.234.567,89`; None for nothing.

    The last of the dots and commas is the decimal one, unless the same one stands several times:
    then it groups thousands. Zeros at the end of a fraction are dropped. Raises BadValue.
    """
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        # What nearly all figures look like, and a file has millions of them.
        return Decimal(text.rstrip("0").rstrip(".") if "." in text else text) or _ZERO
    compact = _SPACES.sub("", text).replace("−", "-")
    if not compact:
        return None
    sign = "-" if compact.startswith("-") else ""
    whole, fraction = _split(compact.removeprefix("-"))
    if not _is_digits(whole or fraction) or not _is_digits(whole + fraction):
        raise BadValue("INVALID_NUMBER", f"Непонятное число «{text.strip()[:_SHOWN]}»")
    if len(whole) + len(fraction) > MAX_DIGITS:
        raise BadValue("INVALID_NUMBER", f"Слишком длинное число «{text.strip()[:_SHOWN]}»")
    fraction = fraction.rstrip("0")
    figure = Decimal(f"{sign}{whole or '0'}{'.' if fraction else ''}{fraction}")
    return figure or _ZERO


def read_flag(text: str) -> bool | None:
    """Yes or no, in any of the words that bases use; None for anything else."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _split(unsigned: str) -> tuple[str, str]:
    """What stands before and after the decimal mark. Groups must be of three digits."""
    marks = _SEPARATORS.findall(unsigned)
    if not marks:
        return unsigned, ""
    is_decimal = marks.count(marks[-1]) == 1
    grouping = marks[:-1] if is_decimal else marks
    if len(set(grouping)) > 1:
        return "", ""
    whole, fraction = unsigned, ""
    if is_decimal:
        whole, _, fraction = unsigned.rpartition(marks[-1])
    if grouping:
        first, *groups = whole.split(grouping[0])
        if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
            return "", ""
        whole = first + "".join(groups)
    return whole, fraction


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
