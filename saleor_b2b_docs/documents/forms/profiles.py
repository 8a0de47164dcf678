"""Country profiles: which language, columns and layout a supplier's papers have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from saleor_b2b_docs.documents.forms.columns import (
    GROSS,
    NAME,
    NET,
    NUMBER,
    QUANTITY,
    UNIT,
    UNIT_GROSS,
    UNIT_NET,
    VAT,
    VAT_RATE,
    Column,
)
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.forms.errors import FormError


@dataclass(frozen=True, slots=True)
class Profile:
    """How one country's invoice is written."""

    code: str
    language: Language
    layout: str
    """Name of the template: "national" (bank block first, gridded table) or "international"."""
    vat_columns: tuple[Column, ...]
    """Columns of a VAT payer's invoice."""
    plain_columns: tuple[Column, ...]
    """Columns where no VAT is charged."""
    home_currency: str = ""
    home_currency_label: str = ""
    """What the country's papers write for their own currency; others go by ISO code."""
    prices_include_vat: bool = False

    def currency_label(self, currency: str) -> str:
        """«грн», «руб.» at home, the ISO 4217 code elsewhere."""
        return self.home_currency_label if currency == self.home_currency else currency

    def columns(self, *, charges_vat: bool, has_several_rates: bool) -> tuple[Column, ...]:
        """The columns of an invoice. With several rates each line must show its own."""
        if not charges_vat:
            return self.plain_columns
        if has_several_rates and VAT_RATE not in self.vat_columns:
            return (*self.vat_columns[:-1], VAT_RATE, self.vat_columns[-1])
        return self.vat_columns


_PLAIN = (NUMBER, NAME, QUANTITY, UNIT, UNIT_GROSS, GROSS)

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "UA": Profile(
            code="UA",
            language="uk",
            layout="national",
            vat_columns=(NUMBER, NAME, QUANTITY, UNIT, UNIT_NET, NET),
            plain_columns=_PLAIN,
            home_currency="UAH",
            home_currency_label="грн",
        ),
        "RU": Profile(
            code="RU",
            language="ru",
            layout="national",
            vat_columns=_PLAIN,
            plain_columns=_PLAIN,
            home_currency="RUB",
            home_currency_label="руб.",
            prices_include_vat=True,
        ),
        "INT": Profile(
            code="INT",
            language="en",
            layout="international",
            vat_columns=(NUMBER, NAME, QUANTITY, UNIT, UNIT_NET, NET, VAT_RATE, VAT, GROSS),
            plain_columns=_PLAIN,
        ),
    }
)


def profile_of(code: str) -> Profile:
    """The profile called `code`. Raises FormError PROFILE_UNKNOWN."""
    try:
        return PROFILES[code]
    except KeyError:
        known = ", ".join(PROFILES)
        raise FormError(
            "PROFILE_UNKNOWN", f"There is no country profile {code!r}, only {known}."
        ) from None
