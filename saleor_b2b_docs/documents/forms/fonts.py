"""The typefaces of the papers: which files they are, which letters they have, what stands in.

Source Sans 3 is the face. What it lacks is taken from DejaVu Sans Condensed, letter by letter; what
neither has (emoji, CJK) is printed as "�", so that a reader sees that something stood there, and
never as an empty box. The files come from npm packages (`scripts/copy_fonts.mjs`) and are not
tracked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from saleor_b2b_docs.documents.forms.errors import FormError


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face: the family it is called by in styles, its weight, and its file."""

    family: str
    is_bold: bool
    file_name: str

    @property
    def face_name(self) -> str:
        """The name that ReportLab knows the face by."""
        return face_name(self.family, is_bold=self.is_bold)


MAIN_FAMILY = "paper"
SPARE_FAMILY = "paper-spare"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

FONT_FILES = (
    FontFile(MAIN_FAMILY, False, "SourceSans3-Regular.ttf"),
    FontFile(MAIN_FAMILY, True, "SourceSans3-SemiBold.ttf"),
    FontFile(SPARE_FAMILY, False, "DejaVuSansCondensed.ttf"),
    FontFile(SPARE_FAMILY, True, "DejaVuSansCondensed-Bold.ttf"),
)


def face_name(family: str, *, is_bold: bool) -> str:
    """ReportLab's name of a face of `family`."""
    return f"{family}-bold" if is_bold else family


def font_directory() -> Path:
    """The folder of the font files, inside this package.

    Raises FormError FONTS_MISSING if a file is not there, and says how to build them.
    """
    directory = Path(__file__).with_name("fonts")
    missing = [file.file_name for file in FONT_FILES if not (directory / file.file_name).is_file()]
    if missing:
        raise FormError(
            "FONTS_MISSING",
            f"Fonts of the printed forms are missing: {', '.join(missing)}. "
            "Build them with: npm ci && node scripts/copy_fonts.mjs",
        )
    return directory


@cache
def register_fonts() -> None:
    """Make the faces known to ReportLab, once per process. Raises FormError FONTS_MISSING."""
    directory = font_directory()
    for file in FONT_FILES:
        pdfmetrics.registerFont(TTFont(file.face_name, str(directory / file.file_name)))
    for family in (MAIN_FAMILY, SPARE_FAMILY):
        for is_bold in (False, True):
            for is_italic in (0, 1):
                face = face_name(family, is_bold=is_bold)
                addMapping(family, int(is_bold), is_italic, face)


@cache
def letters_of(family: str) -> frozenset[int]:
    """The code points that both weights of `family` can draw."""
    register_fonts()
    weights = [
        frozenset(pdfmetrics.getFont(face_name(family, is_bold=is_bold)).face.charToGlyph)
        for is_bold in (False, True)
    ]
    return weights[0] & weights[1]


# Zero-width joiners, variation selectors and skin tones: parts of one emoji, not letters.
_EMOJI_PARTS = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]")
_REPLACEMENTS = re.compile(f"{REPLACEMENT}+")
_ALWAYS_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff")


def printable(text: str) -> str:
    """`text` as the faces can print it.

    Letters are composed (NFC), control characters become spaces, a run of characters that no face
    has becomes one "�", and marks that only steer the layout are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    main, spare = letters_of(MAIN_FAMILY), letters_of(SPARE_FAMILY)
    letters = []
    for letter in unicodedata.normalize("NFC", _EMOJI_PARTS.sub("", text)):
        if letter in _ALWAYS_INVISIBLE:
            continue
        if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"}:
            letters.append("\n" if letter == "\n" else " ")
        elif ord(letter) in main or ord(letter) in spare:
            letters.append(letter)
        else:
            letters.append(REPLACEMENT)
    return _REPLACEMENTS.sub(REPLACEMENT, "".join(letters))
