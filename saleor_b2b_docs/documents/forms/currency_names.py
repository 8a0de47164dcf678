"""Names of currencies and of their hundredth parts, by language and plural form.

Sources: CLDR's currency names, without the country's adjective where everyday papers leave it out;
for the names of the hundredth parts, the dictionaries of the languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from babel import Locale

Language = Literal["uk", "ru", "en"]
Gender = Literal["masculine", "feminine"]


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """A noun as it stands after a number: 1 гривня, 2 гривні, 5 гривень.

    English uses `one` and `many` only.
    """

    one: str
    few: str
    many: str
    gender: Gender = "masculine"

    def after(self, number: int, language: Language) -> str:
        """The form that follows `number` in `language` (CLDR's plural rules)."""
        form = Locale(language).plural_form(abs(number))
        return {"one": self.one, "few": self.few}.get(form, self.many)


@dataclass(frozen=True, slots=True)
class CurrencyName:
    """A currency and its hundredth part in one language."""

    major: CountedNoun
    minor: CountedNoun


def _invariable(word: str) -> CountedNoun:
    return CountedNoun(word, word, word)


_CENT_UK = CountedNoun("цент", "центи", "центів")
_CENT_RU = CountedNoun("цент", "цента", "центов")
_CENT_EN = CountedNoun("cent", "cents", "cents")

_NAMES: Mapping[Language, Mapping[str, CurrencyName]] = MappingProxyType(
    {
        "uk": MappingProxyType(
            {
                "UAH": CurrencyName(
                    CountedNoun("гривня", "гривні", "гривень", "feminine"),
                    CountedNoun("копійка", "копійки", "копійок", "feminine"),
                ),
                "RUB": CurrencyName(
                    CountedNoun("рубль", "рублі", "рублів"),
                    CountedNoun("копійка", "копійки", "копійок", "feminine"),
                ),
                "KZT": CurrencyName(_invariable("тенге"), CountedNoun("тиїн", "тиїни", "тиїнів")),
                "EUR": CurrencyName(_invariable("євро"), _CENT_UK),
                "USD": CurrencyName(
                    CountedNoun("долар США", "долари США", "доларів США"), _CENT_UK
                ),
                "PLN": CurrencyName(
                    CountedNoun("злотий", "злоті", "злотих"),
                    CountedNoun("грош", "гроші", "грошів"),
                ),
            }
        ),
        "ru": MappingProxyType(
            {
                "UAH": CurrencyName(
                    CountedNoun("гривна", "гривны", "гривен", "feminine"),
                    CountedNoun("копейка", "копейки", "копеек", "feminine"),
                ),
                "RUB": CurrencyName(
                    CountedNoun("рубль", "рубля", "рублей"),
                    CountedNoun("копейка", "копейки", "копеек", "feminine"),
                ),
                "KZT": CurrencyName(_invariable("тенге"), CountedNoun("тиын", "тиына", "тиынов")),
                "EUR": CurrencyName(_invariable("евро"), _CENT_RU),
                "USD": CurrencyName(
                    CountedNoun("доллар США", "доллара США", "долларов США"), _CENT_RU
                ),
                # An adjective in form: два злотых, unlike два рубля.
                "PLN": CurrencyName(
                    CountedNoun("злотый", "злотых", "злотых"),
                    CountedNoun("грош", "гроша", "грошей"),
                ),
            }
        ),
        "en": MappingProxyType(
            {
                "UAH": CurrencyName(
                    CountedNoun("hryvnia", "hryvnias", "hryvnias"),
                    CountedNoun("kopiyka", "kopiykas", "kopiykas"),
                ),
                "RUB": CurrencyName(
                    CountedNoun("ruble", "rubles", "rubles"),
                    CountedNoun("kopek", "kopeks", "kopeks"),
                ),
                "KZT": CurrencyName(_invariable("tenge"), _invariable("tiyn")),
                "EUR": CurrencyName(CountedNoun("euro", "euros", "euros"), _CENT_EN),
                "USD": CurrencyName(CountedNoun("US dollar", "US dollars", "US dollars"), _CENT_EN),
                "PLN": CurrencyName(
                    CountedNoun("zloty", "zlotys", "zlotys"),
                    CountedNoun("grosz", "groszy", "groszy"),
                ),
            }
        ),
    }
)


def currency_name(currency: str, language: Language) -> CurrencyName | None:
    """The names of `currency` in `language`, or None where papers give its ISO 4217 code."""
    return _NAMES[language].get(currency)
