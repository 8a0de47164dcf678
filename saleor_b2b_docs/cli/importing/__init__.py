"""`b2b-docs import FILE`: what an accounting base would have sent, from a file (docs/import.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.db import DatabaseError, transaction
from django.utils import timezone

from saleor_b2b_docs.cli.importing.fact_lines import to_lines
from saleor_b2b_docs.cli.importing.progress import progress_line
from saleor_b2b_docs.cli.importing.reading_only import read_only
from saleor_b2b_docs.onec.bases.services import DEFAULT_CODE, InvalidBase, keep_base
from saleor_b2b_docs.onec.channels.detection import Opened, open_file
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.importing import import_opened, seekable
from saleor_b2b_docs.onec.deliveries import services as deliveries
from saleor_b2b_docs.onec.facts import Said
from saleor_b2b_docs.onec.models import Base, Delivery
from saleor_b2b_docs.onec.queries import base_of, bases
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.queries import asked_installation

_PIECE = 1024 * 1024
_SHOWN = 20
"""Refusals that are printed one by one; `--json` has more, and all are kept with the delivery."""


class ImportRefused(ValueError):
    """The command can't do what it was asked; nothing was changed."""

    code = "IMPORT_REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says."""

    path: Path
    installation: str = ""
    base: str = ""
    is_dry: bool = False
    as_json: bool = False
    facts: Path | None = None


def run(options: Options) -> int:
    """Import one file. 0 when it was read to its end, whatever of it was refused; 1 when nothing
    of it was applied."""
    now = timezone.now()
    try:
        with ExitStack() as stack:
            file = stack.enter_context(options.path.open("rb"))
            stream = stack.enter_context(seekable(file))
            on_said = _keep_facts(stack, options.facts)
            outcome = _import(options, stream, on_said=on_said, now=now)
    except UnreadableFile as error:
        return _fail(options, error.code, str(error))
    except (ImportRefused, InvalidBase) as error:
        return _fail(options, error.code, str(error))
    except OSError as error:
        return _fail(options, "FILE_ERROR", str(error))
    _say(options, outcome)
    return 0


def _import(
    options: Options,
    stream: BinaryIO,
    *,
    on_said: Callable[[Said], None] | None,
    now: dt.datetime,
) -> dict[str, Any]:
    opened = open_file(stream, options.path.name)
    installation = _installation(options)
    if installation is None:
        opened.check()
        return {"format": opened.format, **read_only(opened, on_said=on_said)}
    with _trial(is_dry=options.is_dry):
        base = _base(options, installation, now)
        delivery = None if options.is_dry else _delivery(options, base, stream, now)
        _check(opened, delivery, now)
        with progress_line() as on_progress:
            summary = import_opened(
                base,
                opened,
                delivery=delivery,
                now=now,
                is_dry=options.is_dry,
                on_progress=on_progress,
                on_said=on_said,
            )
    return {"format": opened.format, **summary.to_json()}


def _installation(options: Options) -> Installation | None:
    """The Saleor that is meant; None where a dry run has none and can only read the file."""
    try:
        found = asked_installation(options.installation)
    except DatabaseError:
        if not options.is_dry:
            raise
        found = None  # no tables yet: the file can be looked at all the same
    if found is None and (options.installation or not options.is_dry):
        raise ImportRefused("Name the installation: --installation https://…/graphql/")
    return found


def _base(options: Options, installation: Installation, now: dt.datetime) -> Base:
    """The base that is named, made if need be; else the only one, else the first one."""
    if options.base:
        return base_of(installation, options.base) or keep_base(
            installation, code=options.base, now=now
        )
    known = list(bases(installation))
    if len(known) > 1:
        raise ImportRefused(f"Name the base: --base {'|'.join(base.code for base in known)}")
    return known[0] if known else keep_base(installation, code=DEFAULT_CODE, now=now)


def _delivery(options: Options, base: Base, stream: BinaryIO, now: dt.datetime) -> Delivery:
    """The bytes are kept first. The same file again is the same delivery, and is tried again."""
    digest = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(_PIECE):
        digest.update(piece)
    delivery, _ = deliveries.keep(
        base, stream, channel=Delivery.Channel.FILE, external_id=digest.hexdigest(), now=now
    )
    return delivery


def _check(opened: Opened, delivery: Delivery | None, now: dt.datetime) -> None:
    try:
        opened.check()
    except UnreadableFile as error:
        if delivery is not None:
            deliveries.fail(delivery, str(error), format=opened.format, now=now)
        raise


@contextmanager
def _trial(*, is_dry: bool) -> Iterator[None]:
    """A dry run makes not even the base."""
    if not is_dry:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _keep_facts(stack: ExitStack, path: Path | None) -> Callable[[Said], None] | None:
    if path is None:
        return None
    file: TextIO = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))

    def write(said: Said) -> None:
        file.writelines(f"{line}\n" for line in to_lines(said))

    return write


def _fail(options: Options, code: str, message: str) -> int:
    if options.as_json:
        print(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    print(f"{options.path}: {message}", file=sys.stderr)
    print("Nothing was changed.", file=sys.stderr)
    return 1


def _say(options: Options, outcome: dict[str, Any]) -> None:
    if options.as_json:
        print(json.dumps(outcome, ensure_ascii=False))
        return
    print(outcome["format"])
    for kind, count in outcome["facts"].items():
        print(f"  {kind}: {count}")
    for count in ("new", "changed", "unchanged", "unmatched", "refused"):
        if outcome[count] is not None:
            print(f"{count}: {outcome[count]}")
    for refusal in outcome["refusals"][:_SHOWN]:
        print(f"  {refusal['kind']} {refusal['key']}: {refusal['code']}: {refusal['reason']}")
    if outcome["refused"] > _SHOWN:
        print(f"  and {outcome['refused'] - _SHOWN} more")
    if options.is_dry:
        print("Nothing was changed: this was a dry run.")
