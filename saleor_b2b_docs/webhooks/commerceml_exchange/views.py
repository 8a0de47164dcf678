"""The door for the stock exchange with a site: CommerceML over HTTP.

Protocol: «Протокол обмена с сайтом», as 1С-Битрикс describes it for «Обмен с сайтом» of stock
configurations (checkauth, init, file, import, query, success, info), over CommerceML 2.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from saleor_b2b_docs.onec.channels.commerceml import writing
from saleor_b2b_docs.onec.exchange import queries, services
from saleor_b2b_docs.onec.exchange.context import (
    COOKIE,
    ExchangeRefused,
    ImportProgress,
    ImportState,
    session_key,
)
from saleor_b2b_docs.onec.models import Session
from saleor_b2b_docs.onec.orders_out.queries import delivery_names
from saleor_b2b_docs.webhooks.commerceml_exchange import answers
from saleor_b2b_docs.webhooks.commerceml_exchange.authentication import (
    Unauthenticated,
    base_of,
    session_in,
)

log = structlog.get_logger(__name__)

PATIENCE = dt.timedelta(seconds=5)
"""How long one request waits for an import: a base that is told `progress` asks again at once, and
without a pause between. Far below any time-out, and most files are done by then."""
_PAUSE = dt.timedelta(milliseconds=100)
_MAX_DELIVERY_NAMES = 200

Mode = Callable[[HttpRequest, Session, dt.datetime], HttpResponseBase]


# Accounting bases hold no tokens of ours; what proves the sender is the password.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest) -> HttpResponseBase:
    """One step of an exchange, chosen by `mode`."""
    now = timezone.now()
    mode = request.GET.get("mode", "")
    session: Session | None = None
    try:
        if mode == "checkauth":
            return _checkauth(request, now=now)
        session = session_in(request, now=now)
        if mode not in _MODES:
            raise ExchangeRefused("UNKNOWN_MODE", f"Неизвестный режим обмена mode={mode[:40]}.")
        if mode not in ("file", "import"):
            services.import_pending(session, now=now)
        return _MODES[mode](request, session, now)
    except Unauthenticated as error:
        log.warning("exchange refused", mode=mode[:40], code=error.code)
        answer = answers.failure(None, str(error), code=error.code, status=401)
        answer.headers["WWW-Authenticate"] = 'Basic realm="B2B Docs", charset="UTF-8"'
        return answer
    except ExchangeRefused as error:
        log.warning("exchange refused", mode=mode[:40], code=error.code)
        return answers.failure(session.base if session else None, str(error), code=error.code)


def _checkauth(request: HttpRequest, *, now: dt.datetime) -> HttpResponse:
    base = base_of(request, now=now)
    token = services.open_session(base, now=now)
    answer = answers.lines(
        base,
        "success",
        COOKIE,
        token,
        f"sessid={session_key(token)}",
        f"timestamp={int(now.timestamp())}",
    )
    answer.set_cookie(COOKIE, token, httponly=True, secure=request.is_secure(), samesite="Strict")
    return answer


def _init(request: HttpRequest, session: Session, _now: dt.datetime) -> HttpResponse:
    version = request.GET.get("version", "")
    services.note_version(session, version)
    agreed = ["zip=yes", f"file_limit={settings.MAX_BODY_BYTES}"]
    # Older configurations read two lines and take a third one for an error.
    if version:
        agreed.append(f"sessid={session_key(request.COOKIES[COOKIE])}")
        agreed.append(f"version={writing.version_for(version)}")
    return answers.lines(session.base, *agreed)


def _file(request: HttpRequest, session: Session, now: dt.datetime) -> HttpResponse:
    if request.method != "POST":
        raise ExchangeRefused("NO_CONTENT", "Файл передаётся запросом POST (mode=file).")
    _refuse_catalogue(request)
    # Not `request.body`, which refuses a chunk in words that only programs read.
    content = request.read(settings.MAX_BODY_BYTES + 1)
    if len(content) > settings.MAX_BODY_BYTES:
        raise ExchangeRefused(
            "CHUNK_TOO_LARGE",
            f"Часть файла больше file_limit={settings.MAX_BODY_BYTES} байт.",
        )
    services.add_chunk(session, request.GET.get("filename", ""), content, now=now)
    return answers.success(session.base)


def _import(request: HttpRequest, session: Session, now: dt.datetime) -> HttpResponse:
    _refuse_catalogue(request)
    name = request.GET.get("filename", "")
    upload = queries.latest_upload(session, name)
    if upload is None:
        raise ExchangeRefused("NO_FILE", f"Файл «{name[:80]}» в этом сеансе не передавался.")
    if not upload.is_imported:
        services.import_pending(session, now=now)
    progress = _await(session, name)
    if progress.state is ImportState.RUNNING:
        return answers.lines(session.base, "progress", "Файл обрабатывается.")
    if progress.state is ImportState.FAILED:
        return answers.failure(session.base, progress.error, code=progress.code)
    return answers.success(session.base)


def _await(session: Session, name: str) -> ImportProgress:
    """How far the import is, after waiting a little for its end."""
    until = time.monotonic() + PATIENCE.total_seconds()
    while True:
        upload = queries.latest_upload(session, name)
        progress = (
            queries.progress_of(upload) if upload is not None else ImportProgress(ImportState.DONE)
        )
        if progress.state is not ImportState.RUNNING or time.monotonic() >= until:
            return progress
        time.sleep(_PAUSE.total_seconds())


def _query(_request: HttpRequest, session: Session, now: dt.datetime) -> HttpResponseBase:
    outgoing = services.query_orders(session, now=now)
    version = writing.version_for(session.version)
    pieces = writing.orders(outgoing, version=version, encoding=session.base.encoding, now=now)
    return answers.xml(session.base, pieces)


def _success(_request: HttpRequest, session: Session, now: dt.datetime) -> HttpResponse:
    services.confirm_orders(session, now=now)
    return answers.success(session.base)


def _info(_request: HttpRequest, session: Session, _now: dt.datetime) -> HttpResponseBase:
    names = delivery_names(session.base, limit=_MAX_DELIVERY_NAMES)
    return answers.xml(session.base, [writing.dictionaries(names, encoding=session.base.encoding)])


def _end(_request: HttpRequest, session: Session, _now: dt.datetime) -> HttpResponse:
    return answers.success(session.base)


def _refuse_catalogue(request: HttpRequest) -> None:
    if request.GET.get("type") == "catalog":
        raise ExchangeRefused(
            "NO_CATALOGUE",
            "Каталог товаров здесь не принимается, только заказы и документы:"
            " снимите флажок выгрузки товаров в настройках обмена.",
        )


_MODES: dict[str, Mode] = {
    "init": _init,
    "file": _file,
    "import": _import,
    "query": _query,
    "success": _success,
    "info": _info,
    "deactivate": _end,
    "complete": _end,
}
