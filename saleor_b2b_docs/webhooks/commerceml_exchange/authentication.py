"""Who knocks at the CommerceML exchange: by name and password once, by a session's cookie then."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac

from django.http import HttpRequest

from saleor_b2b_docs.documents.attempts import TooManyAttempts
from saleor_b2b_docs.onec.credentials.verification import by_basic
from saleor_b2b_docs.onec.exchange.context import COOKIE, ExchangeRefused, session_key
from saleor_b2b_docs.onec.exchange.queries import session_of
from saleor_b2b_docs.onec.models import Base, Session
from saleor_b2b_docs.saleor.callers import client_address

LOST_AUTHORIZATION = (
    "Не получены имя пользователя и пароль. Если в настройках обмена они указаны, заголовок"
    " Authorization теряется на прокси-сервере: для nginx нужна строка «proxy_set_header"
    " Authorization $http_authorization;», для Apache «CGIPassAuth On»."
)


class Unauthenticated(ExchangeRefused):
    """Nobody that we know."""


def base_of(request: HttpRequest, *, now: dt.datetime) -> Base:
    """The base whose name and password the request carries. Raises Unauthenticated."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or not encoded.strip():
        raise Unauthenticated("NO_AUTHORIZATION", LOST_AUTHORIZATION)
    username, password = _name_and_password(encoded)
    try:
        base = by_basic(username, password, now=now, address=client_address(request))
    except TooManyAttempts as error:
        minutes = max(1, round(error.retry_after.total_seconds() / 60))
        raise Unauthenticated(
            error.code, f"Слишком много неудачных попыток входа: повторите через {minutes} мин."
        ) from error
    if base is None:
        raise Unauthenticated("WRONG_PASSWORD", "Неверное имя пользователя или пароль.")
    return base


def session_in(request: HttpRequest, *, now: dt.datetime) -> Session:
    """The session of the request's cookie. Raises ExchangeRefused."""
    token = request.COOKIES.get(COOKIE, "")
    session = session_of(token, now=now) if token else None
    if session is None:
        raise ExchangeRefused(
            "NO_SESSION", "Сеанс обмена не найден или истёк: начните обмен заново (mode=checkauth)."
        )
    said = request.GET.get("sessid", "")
    if said and not hmac.compare_digest(said.encode(), session_key(token).encode()):
        raise ExchangeRefused("OTHER_SESSION", "Параметр sessid не от этого сеанса обмена.")
    return session


def _name_and_password(encoded: str) -> tuple[str, str]:
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error as error:
        raise Unauthenticated("NO_AUTHORIZATION", LOST_AUTHORIZATION) from error
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        # Older bases write what was typed in their own encoding.
        text = decoded.decode("windows-1251", errors="replace")
    username, _, password = text.partition(":")
    return username, password
