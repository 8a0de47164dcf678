"""Which currency a base means: by its code, its number, or in words.

Source of the numbers: ISO 4217; 810 and RUR are the Russian rouble's before 1998, which bases still
write.
"""

from __future__ import annotations

from collections.abc import Mapping

from saleor_b2b_docs.money import MoneyError, currency_decimals
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue

_WORDS = {
    "RUB": "643 810 rur руб рубль рубли рублей р ₽ рос.руб росруб",
    "UAH": "980 грн гривна гривня гривни гривны гривень ₴",
    "KZT": "398 тенге тнг тг ₸",
    "BYN": "933 бел.руб белруб",
    "USD": "840 долл доллар доллары долларов долл.сша долларсша $",
    "EUR": "978 евро €",
    "PLN": "985 злотый zł",
    "MDL": "498 лей",
    "GEL": "981 лари",
    "AMD": "051 драм",
    "AZN": "944 манат",
    "UZS": "860 сум",
    "KGS": "417 сом",
    "CNY": "156 юань",
    "TRY": "949 лира",
    "GBP": "826 фунт £",
}
_BY_WORD = {word: code for code, words in _WORDS.items() for word in words.split()}


def currency_of(word: str, *, own: Mapping[str, str], default: str) -> str:
    """The ISO 4217 code of what stands in a file; the base's own words go before ours.

    Raises BadValue: UNMAPPED_CURRENCY, or NO_CURRENCY where nothing stands and nothing is usual.
    """
    plain = _plain(word)
    if not plain:
        if not default:
            raise BadValue("NO_CURRENCY", "Сумма без валюты, а валюта по умолчанию не известна")
        return default
    for own_word, code in own.items():
        if _plain(own_word) == plain:
            return code
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    code = plain.upper()
    try:
        currency_decimals(code)
    except MoneyError as error:
        raise BadValue(
            "UNMAPPED_CURRENCY",
            f"Валюта «{word.strip()[:40]}» не сопоставлена ни с одним кодом ISO 4217:"
            " укажите соответствие в настройках базы",
        ) from error
    return code


def _plain(word: str) -> str:
    return "".join(word.split()).casefold().rstrip(".")
