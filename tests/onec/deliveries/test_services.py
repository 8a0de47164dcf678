"""What a base sent is kept as it came, once."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from saleor_b2b_docs.onec.deliveries.services import fail, finish, keep
from saleor_b2b_docs.onec.intake.summary import Refusal, Summary
from saleor_b2b_docs.onec.models import Base, Delivery
from tests.builders.onec import NOW, make_base

pytestmark = pytest.mark.django_db

CONTENT = "<КоммерческаяИнформация/>".encode("cp1251")
LATER = NOW + dt.timedelta(minutes=1)


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def _keep(base: Base, content: bytes | io.BytesIO, external_id: str) -> tuple[Delivery, bool]:
    return keep(
        base, content, channel=Delivery.Channel.COMMERCEML, external_id=external_id, now=NOW
    )


def test_the_bytes_are_kept_as_they_came(base: Base) -> None:
    # given
    stream = io.BytesIO(CONTENT)
    stream.seek(5)

    # when
    delivery, is_new = _keep(base, stream, "session 1: orders.xml")

    # then
    assert is_new
    with default_storage.open(delivery.stored_as) as file:
        assert file.read() == CONTENT
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert delivery.stored_as == f"onec/{base.pk}/{digest}"
    assert (delivery.content_hash, delivery.size) == (digest, len(CONTENT))
    assert (delivery.state, delivery.received_at) == (Delivery.State.RECEIVED, NOW)
    assert stream.tell() == 0


def test_an_id_that_comes_again_is_the_first_delivery(base: Base) -> None:
    # given
    first, _ = _keep(base, CONTENT, "message-1")

    # when
    again, is_new = _keep(base, b"something else", "message-1")

    # then
    assert (again, is_new) == (first, False)
    assert again.content_hash == first.content_hash


def test_the_same_bytes_of_two_deliveries_are_stored_once(base: Base, tmp_path: Path) -> None:
    # when
    kept = [_keep(base, CONTENT, f"message-{n}")[0] for n in range(2)]

    # then
    assert kept[0] != kept[1]
    assert kept[0].stored_as == kept[1].stored_as
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_an_id_of_any_length_is_known_again(base: Base) -> None:
    # when
    first, _ = _keep(base, CONTENT, "м" * 5000)
    again, is_new = _keep(base, CONTENT, "м" * 5000)

    # then
    assert (again, is_new) == (first, False)


def test_what_became_of_a_delivery(base: Base) -> None:
    # given
    delivery, _ = _keep(base, CONTENT, "message-1")
    summary = Summary(new=1)
    summary.refuse(Refusal(kind="waybill", key="W1", code="INVALID_AMOUNT", reason="1.001"))

    # when
    fail(delivery, "Файл обрывается\0", format="", now=NOW)
    delivery.refresh_from_db()

    # then
    assert (delivery.state, delivery.error) == (Delivery.State.FAILED, "Файл обрывается")
    assert delivery.finished_at == NOW

    # when
    finish(delivery, summary, format="commerceml 2.09", now=LATER)
    delivery.refresh_from_db()

    # then
    assert (delivery.state, delivery.error) == (Delivery.State.APPLIED, "")
    assert (delivery.format, delivery.finished_at) == ("commerceml 2.09", LATER)
    assert (delivery.summary["new"], delivery.summary["refused"]) == (1, 1)
