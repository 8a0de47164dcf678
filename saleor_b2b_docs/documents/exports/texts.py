"""What whoever opens a link to an export is told when there is no file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from saleor_b2b_docs.documents.forms.currency_names import Language

Words = Mapping[Language, str]


def _words(*, uk: str, ru: str, en: str) -> Words:
    return MappingProxyType({"uk": uk, "ru": ru, "en": en})


EXPIRED = _words(
    uk="Посилання вже не діє. Поверніться до магазину й завантажте ще раз.",
    ru="Ссылка больше не действует. Вернитесь в магазин и скачайте ещё раз.",
    en="This link has expired. Go back to the shop and download again.",
)
NO_DOCUMENTS = _words(
    uk="Таких документів немає.",
    ru="Таких документов нет.",
    en="There are no such documents.",
)
NO_PDF = _words(
    uk="Жоден із цих документів не має PDF.",
    ru="Ни у одного из этих документов нет PDF.",
    en="None of these documents has a PDF.",
)
TOO_LARGE = _words(
    uk="Ці документи завеликі для одного PDF. Завантажте їх архівом ZIP.",
    ru="Эти документы слишком велики для одного PDF. Скачайте их архивом ZIP.",
    en="These documents are too large for one PDF. Download them as a ZIP.",
)


def not_merged(title: str) -> Words:
    """A file that can't be put together with others."""
    return _words(
        uk=f"PDF документа «{title}» не можна об'єднати з іншими. Завантажте архів ZIP.",
        ru=f"PDF документа «{title}» нельзя объединить с другими. Скачайте архив ZIP.",
        en=f"The PDF of “{title}” can't be put together with others. Download a ZIP.",
    )
