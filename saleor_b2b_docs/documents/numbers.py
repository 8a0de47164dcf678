"""Numbers of papers as they are searched: nobody types them as they are printed.

A number and what is looked for are folded the same way, and a number is found when its key
*contains* the other one: «К-26/00012» is found by `k26/12`, `26/12`, `00012` and `12`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

MAX_LENGTH = 80
"""Of a key, as the columns hold it."""

_LOOK_ALIKES = str.maketrans("авекмнорстхіу", "abekmhopctxiy")
"""Small letters of Cyrillic and the Latin ones that look like them, or like their capitals."""
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_NUMBER_SIGNS = re.compile(r"[№#]")


def search_key(number: str) -> str:
    """What a number is found by: one alphabet, small letters, no leading zeros, no separators.

    Letters that look alike in Cyrillic and Latin are one letter. Every group of digits loses its
    leading zeros. Spaces and signs are dropped, but between two groups of digits one `/` stays,
    so that 26/12 is not 2612. At most 80 characters; the key of a key is the key itself.
    """
    key = _folded(_NUMBER_SIGNS.sub(" ", number))
    # Letters that a dropped sign kept apart may be one letter once they meet.
    return _folded(key)[:MAX_LENGTH].rstrip("/")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    parts = [_part(part) for part in _PARTS.findall(plain.translate(_LOOK_ALIKES))]
    return "".join(parts[:1]) + "".join(
        f"/{part}" if before[-1].isdecimal() and part[0].isdecimal() else part
        for before, part in itertools.pairwise(parts)
    )


def _part(part: str) -> str:
    """A group of letters as it is, one of digits without its leading zeros."""
    if not part[0].isdecimal():
        return part
    return "".join(str(unicodedata.decimal(digit)) for digit in part).lstrip("0") or "0"
