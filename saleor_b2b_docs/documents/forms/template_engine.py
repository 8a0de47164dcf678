"""The forms' templates: Django's template language, without Django's settings.

Templates are given finished strings only, so that nothing is localized a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(Path(__file__).with_name("templates"))], autoescape=True)


def render_template(name: str, values: Mapping[str, object]) -> str:
    """Render the template `name` with `values`; every text is escaped for HTML."""
    return _engine().get_template(name).render(Context(dict(values), autoescape=True))
