"""`b2b-docs serve`: the app in one command."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from saleor_b2b_docs.cli.supervisor import ChildSpec, Supervisor
from saleor_b2b_docs.work.specs import Lane


def run(*, host: str, port: int, processes: int) -> int:
    """Serve until told to stop.

    Without a broker this also prepares the database and runs the workers: threads for jobs that
    wait for Saleor, and processes of their own for rendering and for what accounting bases send,
    so that the doors never wait for either.
    """
    web = ChildSpec("web", {"host": host, "port": port, "processes": processes})
    if settings.CELERY_BROKER_URL:
        return Supervisor([web]).run()
    call_command("migrate", interactive=False, verbosity=0)
    print(f"B2B Docs listens on http://{host}:{port} and is known as {settings.PUBLIC_URL}")
    return Supervisor([web, *embedded_workers()]).run()


def embedded_workers() -> list[ChildSpec]:
    """The workers of a deployment without a broker."""
    return [
        ChildSpec("embedded", {"lane": Lane.DEFAULT, "threads": 4}),
        ChildSpec("embedded", {"lane": Lane.RENDERING, "threads": 1}),
        # Files of one base wait for each other; those of a second one need not.
        ChildSpec("embedded", {"lane": Lane.ONEC, "threads": 2}),
    ]
