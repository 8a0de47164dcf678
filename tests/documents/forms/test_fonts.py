from __future__ import annotations

from pathlib import Path

import pytest

from saleor_b2b_docs.documents.forms import fonts as fonts_module
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.documents.forms.fonts import (
    MAIN_FAMILY,
    REPLACEMENT,
    SPARE_FAMILY,
    font_directory,
    letters_of,
    printable,
)

_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_KAZAKH = _RUSSIAN + "әғқңөұүһі"
_POLISH = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_SIGNS = "₴₽₸€$£₺№«»„“”’–—…·×−°%\u00a0\u202f\u2011"


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("alphabet", [_UKRAINIAN, _RUSSIAN, _KAZAKH, _POLISH, _SIGNS])
def test_main_face_has_every_letter_in_both_weights(alphabet: str) -> None:
    letters = letters_of(MAIN_FAMILY)

    missing = [letter for letter in alphabet + alphabet.upper() if ord(letter) not in letters]

    assert missing == []


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Кава ☕ 250 г", "Кава ☕ 250 г"),
        ("Набір 🎁🎁", f"Набір {REPLACEMENT}"),
        ("👩\u200d👩\u200d👧 x", f"{REPLACEMENT} x"),
        ("Чай 茶", f"Чай {REPLACEMENT}"),
        ("и\u0306", "й"),
        ("a\u200bb\u00adc", "abc"),
        ("a\x00b\tc", "a b c"),
        ("рядок\nрядок", "рядок\nрядок"),
        ("\u202etxt.exe", " txt.exe"),
        ("שלום", "שלום"),
    ],
)
def test_printable_never_leaves_a_letter_without_a_glyph(text: str, printed: str) -> None:
    result = printable(text)

    assert result == printed
    drawable = letters_of(MAIN_FAMILY) | letters_of(SPARE_FAMILY) | {ord("\n")}
    assert all(ord(letter) in drawable for letter in result)


def test_missing_fonts_say_how_to_build_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts_module, "__file__", str(tmp_path / "fonts.py"))

    with pytest.raises(FormError, match=r"copy_fonts\.mjs") as refusal:
        font_directory()

    assert refusal.value.code == "FONTS_MISSING"
