"""Amounts of money in words, as papers want them: words for the whole, figures for the hundredths.

"Сімсот вісімнадцять гривень 84 копійки", "Одна тысяча два рубля 05 копеек".
"""

from __future__ import annotations

from num2words import num2words

from saleor_b2b_docs.documents.forms.currency_names import Gender, Language, currency_name
from saleor_b2b_docs.money import Money, currency_decimals


def amount_in_words(money: Money, language: Language) -> str:
    """`money` in words of `language`, with a capital first letter.

    A currency without names of its own is given by its ISO 4217 code, its minor units then as a
    fraction ("Twelve CHF 50/100"); a currency without minor units has no second part.
    """
    decimals = currency_decimals(money.currency)
    whole, part = divmod(abs(money.minor), 10**decimals)
    name = currency_name(money.currency, language)
    gender: Gender = name.major.gender if name else "masculine"
    words = [number_in_words(whole, language, gender=gender)]
    if money.minor < 0:
        words.insert(0, _MINUS[language])
    words.append(name.major.after(whole, language) if name else money.currency)
    if decimals:
        figures = f"{part:0{decimals}}"
        words.append(
            f"{figures} {name.minor.after(part, language)}" if name else f"{figures}/{10**decimals}"
        )
    text = " ".join(words)
    return text[0].upper() + text[1:]


def number_in_words(number: int, language: Language, *, gender: Gender = "masculine") -> str:
    """A whole number of zero or more in words: "двадцять одна тисяча дві" for 21002, feminine.

    `gender` is that of the noun counted; English has none.
    """
    if language == "en":
        # num2words puts commas between the groups, which would read as a list before a currency.
        return str(num2words(number, lang="en")).replace(",", "")
    if language == "uk":
        text = str(num2words(number, lang="uk", gender=gender))
        return text.replace("'", "’")
    return _russian(number, gender)


_MINUS = {"uk": "мінус", "ru": "минус", "en": "minus"}


def _russian(number: int, gender: Gender) -> str:
    """num2words gives every group of a feminine number that gender ("одна миллион").

    Only the last group counts the noun; the others count thousands (feminine by themselves) and
    millions (masculine), so the last group is said apart from the rest.
    """
    high, low = divmod(number, 1000)
    said = []
    if high:
        said.append(str(num2words(high * 1000, lang="ru", gender="m")))
    if low or not high:
        said.append(str(num2words(low, lang="ru", gender=gender[0])))
    return " ".join(said)
