"""Writes of the CommerceML exchange: sessions, uploads, imports. Orders go out by orders_out.

Every call may be repeated: a base that got no answer asks again.
"""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
import uuid
from collections.abc import Iterable, Sequence

import structlog
from django.db import transaction

from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.importing import import_stream
from saleor_b2b_docs.onec.deliveries import services as deliveries
from saleor_b2b_docs.onec.exchange.chunks import copy_chunks, drop_chunks, store_chunk
from saleor_b2b_docs.onec.exchange.context import (
    IMPORT_JOB,
    MAX_FILE_BYTES,
    ORDERS_AT_ONCE,
    QUIET,
    SESSION_LIFE,
    ExchangeRefused,
    given_up_text,
    label_of,
    token_hash,
)
from saleor_b2b_docs.onec.exchange.queries import (
    is_given_up,
    outdated_sessions,
    pending_uploads,
    upload_of,
)
from saleor_b2b_docs.onec.models import Base, Delivery, Session, UploadedFile
from saleor_b2b_docs.onec.orders_out import services as orders_out
from saleor_b2b_docs.onec.orders_out.context import OutgoingOrder
from saleor_b2b_docs.work.errors import TemporaryFailure
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)

_SESSIONS_AT_ONCE = 500


def open_session(base: Base, *, now: dt.datetime) -> str:
    """A new session of a base that proved itself: its token, of which only a hash is kept."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        session = Session.objects.create(
            base=base,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + SESSION_LIFE,
        )
        Base.objects.filter(pk=base.pk).update(heard_at=now)
    log.info("exchange begun", base=base.pk, session=session.pk)
    return token


def note_version(session: Session, version: str) -> None:
    """What the base said in `init` that it speaks; empty where it said nothing."""
    session.version = label_of(version)[:20]
    session.save(update_fields=["version"])


def add_chunk(session: Session, filename: str, content: bytes, *, now: dt.datetime) -> UploadedFile:
    """Append to the session's file of this name; what came under another name before is whole now.

    The file is imported when the base asks for it, or for anything else, or after a while of
    silence. One whose import was given up makes way for another of its name. Raises
    ExchangeRefused.
    """
    label = label_of(filename)
    if not label:
        raise ExchangeRefused("NO_FILENAME", "Не указано имя файла (параметр filename).")
    if not content:
        raise ExchangeRefused("EMPTY_CHUNK", f"«{label}»: пришла пустая часть файла.")
    with transaction.atomic():
        # Of two first chunks at once the later waits here, and appends.
        Session.objects.select_for_update().get(pk=session.pk)
        # Of a chunk and the end of the file's import at once, the later sees what the other did.
        upload = (
            UploadedFile.objects.select_for_update(of=("self",))
            .select_related("delivery")
            .filter(session=session, name=label, is_imported=False)
            .first()
        )
        if upload is not None and is_given_up(upload):
            _make_way(upload, now=now)
            upload = None
        if upload is None:
            upload = UploadedFile(
                session=session,
                name=label,
                stored_as=f"onec/{session.base_id}/uploads/{uuid.uuid4().hex}",
                created_at=now,
            )
        if upload.size + len(content) > MAX_FILE_BYTES:
            raise ExchangeRefused("FILE_TOO_LARGE", f"«{label}»: файл больше 2 ГБ не принимается.")
        store_chunk(upload, content)
        upload.size += len(content)
        upload.changed_at = now
        upload.save()
        _schedule([upload], session, run_at=now + QUIET, now=now)
        others = [other for other in pending_uploads(session) if other.pk != upload.pk]
        _take_for_whole(others, session, now=now)
    return upload


def import_pending(session: Session, *, now: dt.datetime) -> Sequence[UploadedFile]:
    """What the session sent and did not have imported is whole: import it, by jobs."""
    with transaction.atomic():
        uploads = pending_uploads(session)
        _take_for_whole(uploads, session, now=now)
    return uploads


def import_upload(upload_id: int, *, now: dt.datetime) -> None:
    """Import an uploaded file, once; what it was is in its delivery. For a job.

    Repeated after a crash it goes on with the same delivery, and the intake knows what it applied
    before. Raises TemporaryFailure while chunks may still come.
    """
    upload = upload_of(upload_id)
    if upload is None or upload.is_imported:
        return
    quiet_for = now - upload.changed_at
    if not upload.is_whole and quiet_for < QUIET:
        raise TemporaryFailure("the file may not be whole yet", retry_after=QUIET - quiet_for)
    base = upload.session.base
    with tempfile.TemporaryFile() as content:
        copy_chunks(upload, content)
        delivery, _ = deliveries.keep(
            base,
            content,
            channel=Delivery.Channel.COMMERCEML,
            external_id=f"{upload.session_id}:{upload.pk}:{upload.size}:{upload.name}",
            now=now,
        )
        upload.delivery = delivery
        upload.save(update_fields=["delivery"])
        if delivery.state == Delivery.State.RECEIVED:
            try:
                import_stream(base, content, name=upload.name, delivery=delivery, now=now)
            except UnreadableFile as error:
                # It is kept in the delivery, where the base is answered from.
                log.warning("upload unreadable", upload=upload.pk, code=error.code)
    whole = UploadedFile.objects.filter(pk=upload.pk, size=upload.size)
    if not whole.update(is_imported=True):
        raise TemporaryFailure("a late chunk came meanwhile", retry_after=QUIET)
    drop_chunks(upload)


def query_orders(session: Session, *, now: dt.datetime) -> Sequence[OutgoingOrder]:
    """The orders that wait for the base; `confirm_orders` confirms these and no others."""
    outgoing = orders_out.offer(
        session.base, offered_in=_offer_name(session), limit=ORDERS_AT_ONCE, now=now
    )
    session.queried_at = now
    session.save(update_fields=["queried_at"])
    return outgoing


def confirm_orders(session: Session, *, now: dt.datetime) -> int:
    """The base took what the session's last query told it; how many orders are sent by that.

    Asked again it confirms nothing more. Raises ExchangeRefused where nothing was queried.
    """
    if session.queried_at is None:
        raise ExchangeRefused("NOT_QUERIED", "В этом сеансе заказы не запрашивались (mode=query).")
    return orders_out.confirm(session.base, offered_in=_offer_name(session), now=now)


def forget_sessions(*, now: dt.datetime) -> int:
    """Delete sessions that ended, with what is left of their uploads; how many."""
    ended = outdated_sessions(now=now, limit=_SESSIONS_AT_ONCE)
    Session.objects.filter(pk__in=[session.pk for session in ended]).delete()
    return len(ended)


def _make_way(upload: UploadedFile, *, now: dt.datetime) -> None:
    """The base brings a file again whose import was given up: this one is done with."""
    upload.is_imported = True
    upload.save(update_fields=["is_imported"])
    if upload.delivery is not None and upload.delivery.state == Delivery.State.RECEIVED:
        text = given_up_text(upload.name, upload.pk)
        deliveries.fail(upload.delivery, text, format="", now=now)
    transaction.on_commit(lambda: drop_chunks(upload))


def _take_for_whole(uploads: Sequence[UploadedFile], session: Session, *, now: dt.datetime) -> None:
    # What was whole before has its job. Another would begin to count its errors anew, and a base
    # that asks again and again would never hear that they were too many.
    ready = [upload for upload in uploads if not upload.is_whole]
    UploadedFile.objects.filter(pk__in=[upload.pk for upload in ready]).update(is_whole=True)
    _schedule(ready, session, run_at=now, now=now)


def _schedule(
    uploads: Iterable[UploadedFile], session: Session, *, run_at: dt.datetime, now: dt.datetime
) -> None:
    for upload in uploads:
        enqueue(
            IMPORT_JOB,
            key=str(upload.pk),
            serial_key=f"onec:{session.base_id}",
            installation_id=session.base.installation_id,
            arguments={"upload": upload.pk},
            run_at=run_at,
            now=now,
        )


def _offer_name(session: Session) -> str:
    return f"session:{session.pk}"
