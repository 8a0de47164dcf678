"""An accounting system that speaks by signed events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from saleor_b2b_docs.onec.credentials.context import signing_bytes
from saleor_b2b_docs.onec.credentials.services import make_bearer_key, make_signing_secret
from saleor_b2b_docs.onec.credentials.signatures import sign
from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from tests.builders.onec import STORED
from tests.builders.saleor import STAFF_ID

EVENTS = "/api/1c/events"


def manager_of(installation: Installation) -> Viewer:
    """Staff who may make keys."""
    return Viewer(
        ViewerKind.STAFF,
        installation_id=installation.pk,
        user_id=STAFF_ID,
        permissions=frozenset({"MANAGE_SETTINGS"}),
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """A base with a bearer key and a signing secret."""

    base: Base
    bearer: str
    bearer_key: Credential
    secret: str
    signing_secret: Credential

    def with_bearer(self, message_id: str = "m-1") -> dict[str, str]:
        """Headers."""
        return {"Authorization": f"Bearer {self.bearer}", "Idempotency-Key": message_id}

    def signed(
        self, body: bytes, *, message_id: str = "m-1", secret: str = "", at: float | None = None
    ) -> dict[str, str]:
        """Headers of a message that is signed now, or at another time."""
        timestamp = str(int(timezone.now().timestamp() if at is None else at))
        key = signing_bytes(secret or self.secret)
        return {
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(key, id=message_id, timestamp=timestamp, body=body),
        }

    @property
    def address(self) -> str:
        """Where signed messages go."""
        return f"{EVENTS}?key={self.signing_secret.lookup}"


def make_sender(base: Base) -> Sender:
    """Of a base that has no keys yet."""
    viewer, now = manager_of(base.installation), timezone.now()
    bearer_key, bearer = make_bearer_key(viewer, base.pk, now=now)
    signing_secret, secret = make_signing_secret(viewer, base.pk, now=now)
    return Sender(base, bearer, bearer_key, secret, signing_secret)


def post(body: Any, headers: Mapping[str, str], *, address: str = EVENTS) -> Any:
    """The answer to a message; what is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client().post(address, content, content_type="application/json", headers=dict(headers))


def everything() -> dict[str, int]:
    """How much is kept of all that a message may cause, deliveries included."""
    return {model.__name__: model._default_manager.count() for model in STORED}


def counterparty(key: str = "C1", **more: Any) -> dict[str, Any]:
    """An event."""
    return {"type": "counterparty", "key": key, "name": f"ТОВ {key}", **more}


def waybill(key: str = "W1", gross: str = "100.00", **more: Any) -> dict[str, Any]:
    """An event."""
    return {
        "type": "waybill",
        "key": key,
        "number": key,
        "issued_on": "2026-03-01",
        "currency": "UAH",
        "gross": gross,
        "counterparty_key": "C1",
        "counterparty_name": "ТОВ C1",
        **more,
    }
