"""`b2b-docs worker`: workers without a web process."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.conf import settings

from saleor_b2b_docs.cli.serve import embedded_workers
from saleor_b2b_docs.cli.supervisor import ChildSpec, Supervisor
from saleor_b2b_docs.work.specs import Lane


def run(*, lanes: Sequence[str], concurrency: int) -> int:
    """Work until told to stop: Celery workers with a broker, embedded ones without."""
    unknown = [lane for lane in lanes if lane not in Lane.values]
    if unknown:
        print(
            f"There is no lane {', '.join(unknown)}; there are {', '.join(Lane.values)}.",
            file=sys.stderr,
        )
        return 2
    if not settings.CELERY_BROKER_URL:
        wanted = [spec for spec in embedded_workers() if spec.options["lane"] in lanes]
        return Supervisor(wanted).run()
    workers = [ChildSpec("celery", {"lane": lane, "concurrency": concurrency}) for lane in lanes]
    return Supervisor([*workers, ChildSpec("sweeper", {})]).run()
