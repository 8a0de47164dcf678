"""Settings of the tests: a data folder of their own, and the database that the run is for.

B2B_DOCS_TEST_DATABASE_URL chooses the database (`make test` runs both); without it, SQLite in a
file, since threads of one test must share it.
"""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="b2b-docs-tests-"))
for name in [name for name in os.environ if name.startswith("B2B_DOCS_") and "TEST" not in name]:
    del os.environ[name]
os.environ.pop("CELERY_BROKER_URL", None)
os.environ["B2B_DOCS_DATA_DIR"] = str(_folder)
os.environ["B2B_DOCS_PUBLIC_URL"] = "https://docs.example"
os.environ["B2B_DOCS_SALEOR_API_URLS"] = "https://shop.example/graphql/"
os.environ["B2B_DOCS_ALLOWED_HOSTS"] = "testserver"
os.environ["B2B_DOCS_DATABASE_URL"] = os.environ.get(
    "B2B_DOCS_TEST_DATABASE_URL", f"sqlite:///{_folder}/unused.sqlite3"
)
os.environ["B2B_DOCS_INTROSPECTION"] = "1"

from saleor_b2b_docs.config.settings import *  # noqa: E402, F403 - what the tests start from
from saleor_b2b_docs.config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": _folder / "tests.sqlite3"}
# A connection that outlives its test would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
