"""Reads of exchange sessions and of what was uploaded in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saleor_b2b_docs.onec.exchange.context import (
    GIVEN_UP,
    IMPORT_JOB,
    UNREADABLE,
    ImportProgress,
    ImportState,
    given_up_text,
    label_of,
    token_hash,
)
from saleor_b2b_docs.onec.models import Credential, Delivery, Session, UploadedFile
from saleor_b2b_docs.work.queries import parked_keys


def session_of(token: str, *, now: dt.datetime) -> Session | None:
    """The session of this token, while it lasts. A password of the base that was revoked since
    ends it."""
    session = (
        Session.objects.select_related("base__installation", "base__supplier")
        .filter(token_hash=token_hash(token), expires_at__gt=now)
        .first()
    )
    if session is None:
        return None
    revoked = Credential.objects.filter(
        base=session.base_id,
        kind=Credential.Kind.PASSWORD,
        revoked_at__gte=session.created_at,
    )
    return None if revoked.exists() else session


def pending_uploads(session: Session) -> Sequence[UploadedFile]:
    """Files of the session that are to be imported, in the sequence in which they came; none of
    those whose import was given up."""
    uploads = list(UploadedFile.objects.filter(session=session, is_imported=False).order_by("pk"))
    given_up = parked_keys(IMPORT_JOB, [str(upload.pk) for upload in uploads])
    return [upload for upload in uploads if str(upload.pk) not in given_up]


def is_given_up(upload: UploadedFile) -> bool:
    """Whether its import failed so often, for no fault of the file that we know, that it is not
    tried again unless staff have the job retried."""
    key = str(upload.pk)
    return not upload.is_imported and key in parked_keys(IMPORT_JOB, [key])


def latest_upload(session: Session, filename: str) -> UploadedFile | None:
    """The newest file of this name in the session."""
    return (
        UploadedFile.objects.select_related("delivery")
        .filter(session=session, name=label_of(filename))
        .order_by("-pk")
        .first()
    )


def upload_of(upload_id: int) -> UploadedFile | None:
    """A file by its id, with its session and base; for jobs."""
    return (
        UploadedFile.objects.select_related(
            "session__base__installation", "session__base__supplier", "delivery"
        )
        .filter(pk=upload_id)
        .first()
    )


def progress_of(upload: UploadedFile) -> ImportProgress:
    """How far the import of a file is."""
    delivery = upload.delivery
    if is_given_up(upload):
        return ImportProgress(
            ImportState.FAILED, given_up_text(upload.name, upload.pk), code=GIVEN_UP
        )
    if not upload.is_imported or delivery is None:
        return ImportProgress(ImportState.RUNNING)
    if delivery.state == Delivery.State.FAILED:
        return ImportProgress(ImportState.FAILED, delivery.error, code=UNREADABLE)
    return ImportProgress(ImportState.DONE)


def outdated_sessions(*, now: dt.datetime, limit: int) -> Sequence[Session]:
    """Sessions that ended and whose files are all imported."""
    return list(
        Session.objects.filter(expires_at__lte=now).exclude(files__is_imported=False)[:limit]
    )
