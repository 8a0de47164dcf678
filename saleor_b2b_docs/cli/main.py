"""The command line `b2b-docs`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django

from saleor_b2b_docs import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_b2b_docs.config.settings")
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:
        # Django parses its own commands.
        from django.core.management import execute_from_command_line

        execute_from_command_line(["b2b-docs manage", *arguments[1:]])
        return 0
    options = _parser().parse_args(arguments)
    if options.command == "demo":
        from saleor_b2b_docs.cli.demo import run as run_demo

        return run_demo(check=options.check, port=options.port, shop_port=options.shop_port)
    django.setup()
    if options.command == "serve":
        from saleor_b2b_docs.cli import serve

        return serve.run(host=options.host, port=options.port, processes=options.processes)
    if options.command == "worker":
        from saleor_b2b_docs.cli import worker

        return worker.run(lanes=options.lanes.split(","), concurrency=options.concurrency)
    if options.command == "retry":
        from saleor_b2b_docs.cli import retry

        return retry.run(job_id=options.job, retry_all=options.all)
    if options.command == "rebuild-balances":
        from saleor_b2b_docs.cli import rebuild_balances

        return rebuild_balances.run(checks=options.check)
    if options.command == "import":
        from saleor_b2b_docs.cli import importing

        return importing.run(
            importing.Options(
                path=options.file,
                installation=options.installation,
                base=options.base,
                is_dry=options.dry_run,
                as_json=options.json,
                facts=options.facts,
            )
        )
    if options.command == "doctor":
        from saleor_b2b_docs.cli.doctor import run as examine

        return examine(as_json=options.json)
    if options.command == "child":
        from saleor_b2b_docs.cli import children

        return children.run(options.kind, options.options)
    raise AssertionError(options.command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="b2b-docs",
        description="Paperwork and receivables for wholesale buyers of a Saleor shop.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the app; without a broker also its workers")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--processes", type=int, default=2, help="web processes")

    worker = commands.add_parser("worker", help="run workers, beside a web process elsewhere")
    worker.add_argument("--lanes", default="default,rendering,onec", help="which jobs, by comma")
    worker.add_argument("--concurrency", type=int, default=2, help="processes per lane")

    demo = commands.add_parser("demo", help="a sandbox Saleor, its shop and the app together")
    demo.add_argument("--check", action="store_true", help="order by itself and check the PDF")
    demo.add_argument("--port", type=int, default=0, help="of the app; 0 takes a free one")
    demo.add_argument("--shop-port", type=int, default=0, help="of the shop; 0 takes a free one")

    retry = commands.add_parser("retry", help="list parked jobs, or run them again")
    retry.add_argument("job", type=int, nargs="?", help="the job's number")
    retry.add_argument("--all", action="store_true", help="all parked jobs")

    rebuild = commands.add_parser(
        "rebuild-balances", help="derive all figures from the entries anew"
    )
    rebuild.add_argument("--check", action="store_true", help="only compare, and say what differs")

    importing = commands.add_parser("import", help="apply a file of the accounting system")
    importing.add_argument("file", type=Path)
    importing.add_argument("--installation", default="", help="API address, if there are several")
    importing.add_argument("--base", default="", help="code of the accounting base, made if new")
    importing.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")
    importing.add_argument("--json", action="store_true")
    importing.add_argument("--facts", type=Path, metavar="OUT", help="each fact as a line of JSON")

    doctor = commands.add_parser("doctor", help="say what is missing or misconfigured")
    doctor.add_argument("--json", action="store_true")

    # What `serve` and `worker` start; not for people.
    child = commands.add_parser("child")
    child.add_argument("kind", choices=["web", "embedded", "celery", "sweeper"])
    child.add_argument("options")

    commands.add_parser("manage", help="Django's commands, e.g. createsuperuser", add_help=False)
    return parser
