from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saleor_b2b_docs.documents.forms.currency_names import Gender, Language
from saleor_b2b_docs.documents.forms.words import amount_in_words, number_in_words
from saleor_b2b_docs.money import Money, currency_decimals


@pytest.mark.parametrize(
    ("amount", "currency", "language", "words"),
    [
        ("718.84", "UAH", "uk", "Сімсот вісімнадцять гривень 84 копійки"),
        ("1.01", "UAH", "uk", "Одна гривня 01 копійка"),
        ("2.02", "UAH", "uk", "Дві гривні 02 копійки"),
        ("0.00", "UAH", "uk", "Нуль гривень 00 копійок"),
        ("21005.11", "UAH", "uk", "Двадцять одна тисяча п’ять гривень 11 копійок"),
        ("1000001.00", "UAH", "uk", "Один мільйон одна гривня 00 копійок"),
        ("3.00", "PLN", "uk", "Три злоті 00 грошів"),
        ("1.21", "USD", "uk", "Один долар США 21 цент"),
        ("1002.05", "RUB", "ru", "Одна тысяча два рубля 05 копеек"),
        ("1.56", "RUB", "ru", "Один рубль 56 копеек"),
        ("1000002.03", "UAH", "ru", "Один миллион две гривны 03 копейки"),
        ("2000000000.00", "UAH", "ru", "Два миллиарда гривен 00 копеек"),
        ("22.00", "PLN", "ru", "Двадцать два злотых 00 грошей"),
        ("102.00", "KZT", "ru", "Сто два тенге 00 тиынов"),
        ("1.01", "EUR", "en", "One euro 01 cent"),
        ("1234.50", "EUR", "en", "One thousand two hundred and thirty-four euros 50 cents"),
        ("12.50", "CHF", "en", "Twelve CHF 50/100"),
        ("12.005", "KWD", "en", "Twelve KWD 005/1000"),
        ("1200", "JPY", "ru", "Одна тысяча двести JPY"),
        ("-5.10", "UAH", "uk", "Мінус п’ять гривень 10 копійок"),
    ],
)
def test_amount_in_words(amount: str, currency: str, language: Language, words: str) -> None:
    assert amount_in_words(Money(Decimal(amount), currency), language) == words


# What a number's words are worth, written down from the languages' grammars, not from num2words.
_VALUES: dict[Language, dict[str, int]] = {
    "uk": {
        "нуль": 0, "один": 1, "одна": 1, "два": 2, "дві": 2, "три": 3, "чотири": 4, "п’ять": 5,
        "шість": 6, "сім": 7, "вісім": 8, "дев’ять": 9, "десять": 10, "одинадцять": 11,
        "дванадцять": 12, "тринадцять": 13, "чотирнадцять": 14, "п’ятнадцять": 15,
        "шістнадцять": 16, "сімнадцять": 17, "вісімнадцять": 18, "дев’ятнадцять": 19,
        "двадцять": 20, "тридцять": 30, "сорок": 40, "п’ятдесят": 50, "шістдесят": 60,
        "сімдесят": 70, "вісімдесят": 80, "дев’яносто": 90, "сто": 100, "двісті": 200,
        "триста": 300, "чотириста": 400, "п’ятсот": 500, "шістсот": 600, "сімсот": 700,
        "вісімсот": 800, "дев’ятсот": 900,
    },
    "ru": {
        "ноль": 0, "один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5,
        "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11,
        "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
        "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
        "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
        "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200,
        "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
        "восемьсот": 800, "девятьсот": 900,
    },
    "en": {
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
        "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90,
    },
}  # fmt: skip
# Thousand and its powers in their three forms: after 1, after 2 to 4, after the rest.
_POWERS: dict[Language, tuple[tuple[int, tuple[str, str, str]], ...]] = {
    "uk": (
        (10**9, ("мільярд", "мільярди", "мільярдів")),
        (10**6, ("мільйон", "мільйони", "мільйонів")),
        (10**3, ("тисяча", "тисячі", "тисяч")),
    ),
    "ru": (
        (10**9, ("миллиард", "миллиарда", "миллиардов")),
        (10**6, ("миллион", "миллиона", "миллионов")),
        (10**3, ("тысяча", "тысячи", "тысяч")),
    ),
    "en": (
        (10**9, ("billion",) * 3),
        (10**6, ("million",) * 3),
        (10**3, ("thousand",) * 3),
    ),
}
_FEMININE = {"одна", "дві", "две"}
_MASCULINE = {"один", "два"}


def _form(number: int) -> int:
    """Which of the three forms of a noun follows `number` in Ukrainian and Russian."""
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def _read(words: str, language: Language, gender: Gender) -> int:
    """The number that `words` say, asserting that every word agrees with what it counts."""
    powers = {
        form: (power, index)
        for power, forms in _POWERS[language]
        for index, form in reversed(list(enumerate(forms)))
    }
    total, group = 0, 0
    said: list[str] = []
    for word in words.replace("-", " ").split():
        if word == "and":
            continue
        if word == "hundred":
            group *= 100
        elif word in powers:
            power, index = powers[word]
            if language != "en":
                assert index == _form(group), words
                _assert_gender(said, "feminine" if power == 10**3 else "masculine")
            total += group * power
            group, said = 0, []
        else:
            group += _VALUES[language][word]
            said.append(word)
    _assert_gender(said, gender)
    return total + group


def _assert_gender(said: list[str], gender: Gender) -> None:
    wrong = _MASCULINE if gender == "feminine" else _FEMININE
    assert not wrong & set(said), said


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize("gender", ["masculine", "feminine"])
@given(number=st.integers(min_value=0, max_value=10**12 - 1))
@example(number=1_001_001)
@example(number=2_002_002_002)
@example(number=111_211_012)
def test_number_in_words_reads_back(number: int, language: Language, gender: Gender) -> None:
    if language == "en":
        gender = "masculine"

    words = number_in_words(number, language, gender=gender)

    assert _read(words, language, gender) == number


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_every_number_of_a_group_reads_back(language: Language) -> None:
    genders: tuple[Gender, ...] = ("masculine", "feminine")
    for gender in genders:
        for number in range(1000):
            words = number_in_words(number, language, gender=gender)

            assert _read(words, language, gender) == number


@given(
    minor=st.integers(min_value=-(10**11), max_value=10**11),
    currency=st.sampled_from(["UAH", "RUB", "KZT", "EUR", "USD", "PLN", "CHF", "JPY", "KWD"]),
    language=st.sampled_from(["uk", "ru", "en"]),
)
def test_minor_units_are_figures(minor: int, currency: str, language: Language) -> None:
    decimals = currency_decimals(currency)

    words = amount_in_words(Money.from_minor(minor, currency), language)

    assert words[0].isupper()
    figures = "".join(letter for letter in words.split("/")[0] if letter.isdigit())
    assert figures == (f"{abs(minor) % 10**decimals:0{decimals}}" if decimals else "")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "гривня"), (2, "гривні"), (5, "гривень"), (11, "гривень"), (12, "гривень"),
     (21, "гривня"), (111, "гривень"), (122, "гривні"), (1000, "гривень"), (0, "гривень")],
)  # fmt: skip
def test_currency_agrees_with_its_number(number: int, expected: str) -> None:
    words = amount_in_words(Money(Decimal(number), "UAH"), "uk")

    assert words.split()[-3] == expected
