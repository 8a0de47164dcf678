"""An embedded worker with the table of jobs of these tests: `python -m tests.work.embedded_child`.

The environment names the database and the data folder.
"""

from __future__ import annotations

import django
from django.conf import settings

from saleor_b2b_docs.work.specs import Lane

if __name__ == "__main__":
    django.setup()
    settings.JOBS = "tests.work.handlers.JOBS"
    settings.INBOX = "tests.work.handlers.INBOX"
    from saleor_b2b_docs.work.embedded import EmbeddedWorker

    EmbeddedWorker(Lane.DEFAULT, threads=2).run()
