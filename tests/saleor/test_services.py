from __future__ import annotations

import datetime as dt
from typing import Any

import httpx
import pytest
import respx
from cryptography.fernet import Fernet
from pytest_django import Settings

from saleor_b2b_docs.saleor import queries, services
from saleor_b2b_docs.saleor.errors import HandshakeRefused
from saleor_b2b_docs.saleor.models import Channel, Installation
from saleor_b2b_docs.saleor.sealing import UnsealingFailed, unseal
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.models import Job
from tests.builders.saleor import (
    API_URL,
    APP_ID,
    OTHER_API_URL,
    key_set,
    make_channel,
    make_installation,
    signing_key,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NEW_TOKEN = "new-token"
JWKS_URL = "https://shop.example/.well-known/jwks.json"


def identity(**changes: Any) -> dict[str, Any]:
    """What Saleor says of the app that a token belongs to."""
    app = {
        "id": APP_ID,
        "identifier": "saleor.b2b-docs",
        "name": "B2B Docs",
        "version": "0.1.0",
        "isActive": True,
        "permissions": [{"code": "MANAGE_USERS"}, {"code": "MANAGE_ORDERS"}],
    }
    return {"data": {"app": {**app, **changes}, "shop": {"version": "3.23.1"}}}


def accepting(saleor: respx.MockRouter) -> respx.Route:
    """Saleor knows the token and shows its keys."""
    saleor.get(JWKS_URL).respond(json=key_set())
    return saleor.post(API_URL).respond(json=identity())


def install(*, api_url: str = API_URL, token: str = NEW_TOKEN) -> Installation:
    """Take a Saleor in."""
    return services.install(api_url=api_url, token=token, now=NOW)


def test_an_installation_is_taken_in(saleor: respx.MockRouter) -> None:
    route = accepting(saleor)

    installation = install()

    assert route.calls.last.request.headers["Authorization"] == "Bearer new-token"
    kept = Installation.objects.get()
    assert kept == installation
    assert (kept.api_url, kept.app_id, kept.saleor_version) == (API_URL, APP_ID, "3.23.1")
    assert kept.granted_permissions == ["MANAGE_ORDERS", "MANAGE_USERS"]
    assert (kept.jwks, kept.jwks_fetched_at) == (key_set(), NOW)
    assert (kept.installed_at, kept.caught_up_to, kept.is_active) == (NOW, NOW, True)
    assert "new-token" not in kept.encrypted_token
    assert unseal(kept.encrypted_token) == "new-token"
    assert set(Job.objects.values_list("name", "key", "installation_id", "run_at")) == {
        ("saleor.refresh", str(kept.pk), kept.pk, NOW),
        ("saleor.sync_webhooks", str(kept.pk), kept.pk, NOW + dt.timedelta(seconds=30)),
    }


@pytest.mark.parametrize(
    "api_url",
    [
        "",
        "https://evil.example/graphql/",
        "https://shop.example/graphql",
        "http://shop.example/graphql/",
        "https://shop.example/graphql/?x=1",
        "https://shop.example@evil.example/graphql/",
        OTHER_API_URL,
    ],
)
def test_a_saleor_that_is_not_on_the_list_is_refused_without_a_call(
    saleor: respx.MockRouter, api_url: str
) -> None:
    anywhere = saleor.route()

    with pytest.raises(HandshakeRefused, match="list of allowed Saleors") as refusal:
        install(api_url=api_url)

    assert refusal.value.code == "NOT_ALLOWED"
    assert not anywhere.called
    assert_nothing_was_kept()


@pytest.mark.parametrize("token", ["", " ", "жетон", "two\nlines"])
def test_a_token_that_cannot_be_one_is_refused_without_a_call(
    saleor: respx.MockRouter, token: str
) -> None:
    anywhere = saleor.route()

    with pytest.raises(HandshakeRefused) as refusal:
        install(token=token)

    assert refusal.value.code == "NO_TOKEN"
    assert not anywhere.called
    assert_nothing_was_kept()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(
            200,
            json={
                "errors": [
                    {"message": "no", "extensions": {"exception": {"code": "InvalidTokenError"}}}
                ]
            },
        ),
        httpx.Response(200, json={"data": {"app": None, "shop": {"version": "3.23.1"}}}),
        httpx.Response(200, json=identity(identifier="some.other.app")),
        httpx.Response(200, json=identity(identifier=None)),
    ],
    ids=["refused", "unknown or inactive", "another app's", "a local app's"],
)
def test_a_token_that_does_not_prove_to_be_ours_is_refused(
    saleor: respx.MockRouter, answer: httpx.Response
) -> None:
    accepting(saleor)
    saleor.post(API_URL).return_value = answer

    with pytest.raises(HandshakeRefused) as refusal:
        install()

    assert refusal.value.code == "TOKEN_REFUSED"
    assert "new-token" not in str(refusal.value)
    assert_nothing_was_kept()


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("too slow"),
        httpx.Response(502, text="<html>"),
    ],
    ids=["refused", "too slow", "502"],
)
def test_a_saleor_that_cannot_be_called_back_is_refused_for_now(
    saleor: respx.MockRouter, failure: httpx.Response | httpx.TransportError
) -> None:
    route = accepting(saleor)
    if isinstance(failure, httpx.Response):
        route.return_value = failure
    else:
        route.side_effect = failure

    with pytest.raises(HandshakeRefused, match="cannot reach Saleor") as refusal:
        install()

    assert refusal.value.code == "UNREACHABLE"
    assert_nothing_was_kept()


def test_a_saleor_without_keys_is_refused_for_now(saleor: respx.MockRouter) -> None:
    accepting(saleor)
    saleor.get(JWKS_URL).respond(404)

    with pytest.raises(HandshakeRefused, match="no key set") as refusal:
        install()

    assert refusal.value.code == "UNREACHABLE"
    assert_nothing_was_kept()


def test_a_refused_handshake_leaves_an_earlier_installation_as_it_is(
    saleor: respx.MockRouter,
) -> None:
    accepting(saleor)
    saleor.post(API_URL).respond(json=identity(identifier="some.other.app"))
    before = make_installation(token="old-token")

    with pytest.raises(HandshakeRefused):
        install()

    after = Installation.objects.get()
    assert unseal(after.encrypted_token) == "old-token"
    assert (after.jwks_fetched_at, after.app_id) == (before.jwks_fetched_at, before.app_id)
    assert not Job.objects.exists()


def test_a_reinstall_replaces_the_token_and_keeps_what_was_seen(saleor: respx.MockRouter) -> None:
    accepting(saleor)
    saleor.post(API_URL).respond(json=identity(id="QXBwOjc="))
    before = make_installation(
        token="old-token",
        keys=[signing_key("old-key")],
        is_active=False,
        installed_at=NOW - 9 * DAY,
        caught_up_to=NOW - DAY,
    )

    after = install()

    assert after.pk == before.pk
    assert unseal(after.encrypted_token) == "new-token"
    assert (after.app_id, after.jwks, after.is_active) == ("QXBwOjc=", key_set(), True)
    assert (after.installed_at, after.caught_up_to) == (NOW - 9 * DAY, NOW - DAY)


def test_what_happened_between_uninstall_and_reinstall_is_not_ours(
    saleor: respx.MockRouter,
) -> None:
    accepting(saleor)
    before = make_installation(
        installed_at=NOW - 9 * DAY, caught_up_to=NOW - 8 * DAY, uninstalled_at=NOW - DAY
    )

    after = install()

    assert after.pk == before.pk
    assert (after.installed_at, after.caught_up_to, after.uninstalled_at) == (NOW, NOW, None)
    assert queries.installed(api_url=API_URL) == after


def test_an_uninstall_erases_the_token_and_keeps_the_row() -> None:
    installation = make_installation()

    services.uninstall(installation, now=NOW)

    kept = Installation.objects.get()
    assert (kept.encrypted_token, kept.uninstalled_at, kept.is_active) == ("", NOW, False)
    assert queries.installed(api_url=API_URL) is None
    assert queries.installation(kept.pk) is None
    assert queries.installations() == []


def test_several_saleors_live_side_by_side(saleor: respx.MockRouter, settings: Settings) -> None:
    settings.SALEOR_API_URLS = [API_URL, OTHER_API_URL]
    accepting(saleor)
    other_keys = key_set(signing_key("key-2"))
    saleor.get("https://other-shop.example/.well-known/jwks.json").respond(json=other_keys)
    saleor.post(OTHER_API_URL).respond(json=identity(id="QXBwOjQy"))

    here = install()
    there = install(api_url=OTHER_API_URL, token="other-token")
    services.uninstall(here, now=NOW)

    assert queries.installations() == [there]
    there.refresh_from_db()
    assert unseal(there.encrypted_token) == "other-token"
    assert (there.app_id, there.jwks) == ("QXBwOjQy", other_keys)
    assert queries.asked_installation("") == there


def test_an_unnamed_saleor_is_meant_only_where_there_is_one() -> None:
    assert queries.asked_installation("") is None
    here = make_installation()
    assert queries.asked_installation("") == here

    make_installation(api_url=OTHER_API_URL)

    assert queries.asked_installation("") is None
    assert queries.asked_installation(API_URL) == here
    assert queries.asked_installation("https://nowhere.example/graphql/") is None


def test_switching_the_app_off_stops_its_jobs_for_now() -> None:
    installation = make_installation()

    services.set_active(installation, is_active=False, now=NOW)

    assert not Job.objects.exists()
    with pytest.raises(TemporaryFailure), services.at_installation(installation.pk, now=NOW):
        pytest.fail("it must not get here")


def test_switching_the_app_on_looks_what_happened_meanwhile() -> None:
    installation = make_installation(is_active=False)

    services.set_active(installation, is_active=True, now=NOW)

    assert Job.objects.get().name == "gate.catch_up"
    with services.at_installation(installation.pk, now=NOW) as active:
        assert active == installation


def test_jobs_of_an_uninstalled_saleor_end() -> None:
    installation = make_installation(uninstalled_at=NOW)

    for installation_id in (installation.pk, installation.pk + 1, None):
        with (
            pytest.raises(PermanentFailure) as failure,
            services.at_installation(installation_id, now=NOW),
        ):
            pytest.fail("it must not get here")
        assert failure.value.code == "UNINSTALLED"


def channel(saleor_id: str, slug: str, **changes: Any) -> dict[str, Any]:
    """A channel as Saleor shows it."""
    return {
        "id": saleor_id,
        "slug": slug,
        "name": slug.upper(),
        "currencyCode": "UAH",
        "isActive": True,
        "orderSettings": {"automaticallyConfirmAllNewOrders": True, "allowUnpaidOrders": False},
        **changes,
    }


def test_a_refresh_mirrors_permissions_and_channels(saleor: respx.MockRouter) -> None:
    installation = make_installation(granted_permissions=[])
    make_channel(installation, slug="gone")
    make_channel(installation, slug="renamed-later")
    shown = [channel("Channel:renamed-later", "renamed"), channel("Channel:new", "new")]
    saleor.post(API_URL).mock(
        side_effect=[
            httpx.Response(200, json=identity()),
            httpx.Response(200, json={"data": {"channels": shown}}),
        ]
    )

    services.refresh(installation, now=NOW)

    kept = Installation.objects.get()
    assert kept.granted_permissions == ["MANAGE_ORDERS", "MANAGE_USERS"]
    assert services.missing_permissions(kept) == ["MANAGE_CHANNELS", "MANAGE_SETTINGS"]
    assert list(Channel.objects.order_by("slug").values_list("saleor_id", "slug")) == [
        ("Channel:new", "new"),
        ("Channel:renamed-later", "renamed"),
    ]


def test_a_refresh_survives_channels_that_swapped_their_slugs(saleor: respx.MockRouter) -> None:
    installation = make_installation()
    make_channel(installation, slug="a")
    make_channel(installation, slug="b")
    shown = [channel("Channel:a", "b"), channel("Channel:b", "a")]
    saleor.post(API_URL).mock(
        side_effect=[
            httpx.Response(200, json=identity()),
            httpx.Response(200, json={"data": {"channels": shown}}),
        ]
    )

    services.refresh(installation, now=NOW)

    assert list(Channel.objects.order_by("slug").values_list("saleor_id", "slug")) == [
        ("Channel:b", "a"),
        ("Channel:a", "b"),
    ]


def test_a_channel_made_anew_under_an_old_slug_replaces_the_old_one(
    saleor: respx.MockRouter,
) -> None:
    installation = make_installation()
    make_channel(installation, slug="default-channel")
    saleor.post(API_URL).mock(
        side_effect=[
            httpx.Response(200, json=identity()),
            httpx.Response(
                200, json={"data": {"channels": [channel("Channel:anew", "default-channel")]}}
            ),
        ]
    )

    services.refresh(installation, now=NOW)

    assert Channel.objects.get().saleor_id == "Channel:anew"


def test_a_saleor_that_denies_the_token_has_the_app_switched_off(saleor: respx.MockRouter) -> None:
    installation = make_installation()
    denied = {"message": "no", "extensions": {"exception": {"code": "PermissionDenied"}}}
    saleor.post(API_URL).respond(json={"errors": [denied]})

    services.refresh(installation, now=NOW)

    kept = Installation.objects.get()
    assert (kept.is_active, kept.uninstalled_at) == (False, None)
    assert kept.encrypted_token == installation.encrypted_token


def test_a_newer_saleor_may_get_more_webhooks(saleor: respx.MockRouter) -> None:
    installation = make_installation()
    Installation.objects.update(saleor_version="3.22.40")
    installation.refresh_from_db()
    saleor.post(API_URL).mock(
        side_effect=[
            httpx.Response(200, json=identity()),
            httpx.Response(200, json={"data": {"channels": []}}),
        ]
    )

    services.refresh(installation, now=NOW)

    assert Installation.objects.get().saleor_version == "3.23.1"
    assert Job.objects.get().name == "saleor.sync_webhooks"


def test_an_installation_moves_with_its_saleor() -> None:
    installation = make_installation()
    other = make_installation(api_url=OTHER_API_URL)
    new = "https://moved.example/graphql/"

    assert services.move_installation(old_api_url=API_URL, new_api_url=new)

    moved = queries.installed(api_url=new)
    assert moved == installation
    assert moved is not None
    assert unseal(moved.encrypted_token) == "app-token-of-the-shop"
    assert (moved.jwks, moved.jwks_fetched_at) == ({}, None)  # it may sign with other keys there
    assert queries.installed(api_url=API_URL) is None
    assert queries.installed(api_url=OTHER_API_URL) == other


def test_what_is_not_installed_does_not_move() -> None:
    make_installation(uninstalled_at=NOW)
    new = "https://moved.example/graphql/"

    assert not services.move_installation(old_api_url=API_URL, new_api_url=new)
    assert not services.move_installation(old_api_url=OTHER_API_URL, new_api_url=new)

    assert Installation.objects.get().api_url == API_URL


def test_two_installations_are_not_made_one() -> None:
    make_installation()
    make_installation(api_url=OTHER_API_URL, uninstalled_at=NOW)

    with pytest.raises(ValueError, match="an installation at https://other-shop"):
        services.move_installation(old_api_url=API_URL, new_api_url=OTHER_API_URL)

    assert queries.installed(api_url=API_URL) is not None


def test_tokens_are_sealed_anew_with_the_first_key(settings: Settings) -> None:
    make_installation(token="here")
    make_installation(api_url=OTHER_API_URL, token="there")
    make_installation(api_url="https://gone.example/graphql/", uninstalled_at=NOW)
    new = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]

    assert services.reseal_tokens() == 2

    settings.ENCRYPTION_KEYS = [new]
    tokens = Installation.objects.exclude(encrypted_token="").order_by("pk")
    assert [unseal(row.encrypted_token) for row in tokens] == ["here", "there"]


def test_a_token_that_no_key_opens_leaves_all_as_they_are(settings: Settings) -> None:
    lost = make_installation(token="lost")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    kept = make_installation(api_url=OTHER_API_URL, token="kept")

    with pytest.raises(UnsealingFailed):
        services.reseal_tokens()

    for row in (lost, kept):
        sealed = row.encrypted_token
        row.refresh_from_db()
        assert row.encrypted_token == sealed


def test_the_cursor_of_the_catch_up_never_goes_back() -> None:
    installation = make_installation()

    services.caught_up(installation, to=NOW)
    services.caught_up(installation, to=NOW - DAY)
    assert Installation.objects.get().caught_up_to == NOW

    services.caught_up(installation, to=NOW + DAY)
    assert Installation.objects.get().caught_up_to == NOW + DAY


def assert_nothing_was_kept() -> None:
    assert not Installation.objects.exists()
    assert not Job.objects.exists()
