from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.saleor import mutations, services
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.saleor.models import Installation, MutationIntent
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=1)


def intend(installation: Installation) -> MutationIntent:
    return services.intend(installation, operation="invoiceCreate", target="doc-1", now=NOW)


def sent(installation: Installation) -> MutationIntent:
    """An intent whose request has left."""
    intent = intend(installation)
    mutations.sending(intent, now=LATER)
    return intent


def test_a_change_is_intended_once_per_operation_and_target() -> None:
    installation = make_installation()

    assert intend(installation) == intend(installation)
    services.intend(installation, operation="invoiceCreate", target="doc-2", now=NOW)
    services.intend(installation, operation="invoiceUpdate", target="doc-1", now=NOW)
    intend(make_installation(api_url=OTHER_API_URL))

    assert MutationIntent.objects.count() == 4


def test_what_is_done_stays_known_with_its_result() -> None:
    installation = make_installation()

    mutations.done(sent(installation), result_id="SW52b2ljZTox", now=LATER)

    intent = intend(installation)
    assert (intent.state, intent.result_id, intent.error) == ("done", "SW52b2ljZTox", "")
    assert (intent.created_at, intent.updated_at) == (NOW, LATER)


@pytest.mark.parametrize(
    ("error", "state", "sent_at"),
    [
        (SaleorRefused("INVALID_STATUS", "no"), "refused", None),
        (SaleorUnavailable("down"), "intended", None),
        (SaleorUncertain("lost"), "intended", LATER),
    ],
)
def test_only_a_lost_answer_leaves_the_request_as_sent(
    error: Exception, state: str, sent_at: dt.datetime | None
) -> None:
    installation = make_installation()

    mutations.failed(sent(installation), error, now=LATER)

    intent = intend(installation)
    assert (intent.state, intent.sent_at, intent.error) == (state, sent_at, str(error))


def test_what_cannot_be_told_is_left_to_people() -> None:
    installation = make_installation()

    mutations.ambiguous(sent(installation), "two invoices", now=LATER)

    assert (intend(installation).state, intend(installation).error) == ("ambiguous", "two invoices")
