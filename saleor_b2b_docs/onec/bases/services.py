"""Accounting bases: making and naming one."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction

from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.services import enqueue

OFFER_RECENT_JOB = "onec.offer_recent_orders"
DEFAULT_CODE = "1c"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MAX_NAME = 200


class InvalidBase(ValueError):
    """A base that can't be one; nothing was changed."""

    code = "INVALID_BASE"


def keep_base(installation: Installation, *, code: str, name: str = "", now: dt.datetime) -> Base:
    """The installation's base of this code, made if there is none; a name that is given replaces
    the one it had. A new one is offered the orders that are open already, by a job.

    Raises InvalidBase: a code is 1 to 40 Latin letters, digits, `-` and `_`, since it stands in
    addresses and in the books' references; a name has up to 200 characters.
    """
    if _CODE.fullmatch(code) is None:
        raise InvalidBase("a base's code has 1 to 40 Latin letters, digits, hyphens, underscores")
    if len(name) > _MAX_NAME or not (name.isprintable()):
        raise InvalidBase(f"a base's name has up to {_MAX_NAME} printable characters")
    with transaction.atomic():
        base, is_new = Base.objects.get_or_create(
            installation=installation, code=code, defaults={"name": name, "created_at": now}
        )
        if is_new:
            enqueue(
                OFFER_RECENT_JOB,
                key=str(base.pk),
                installation_id=installation.pk,
                arguments={"base": base.pk},
                now=now,
            )
    if not is_new and name and base.name != name:
        base.name = name
        base.save(update_fields=["name"])
    return base
