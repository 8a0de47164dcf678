"""Settings, all of them from the environment (see docs/settings.md).

Without any, the app runs embedded: SQLite, files and keys in one folder, no other service.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from cryptography.fernet import Fernet

from saleor_b2b_docs.config.logs import configure_logging

# Lets Django's generic classes be written with their type at run time, too.
django_stubs_ext.monkeypatch()

env = environ.Env()

DATA_DIR = Path(env.str("B2B_DOCS_DATA_DIR", default="var")).absolute()
"""Database, files, keys and sockets of the embedded mode."""

PACKAGE_DIR = Path(__file__).resolve().parent.parent


def _kept_secret(name: str, make: Any) -> str:
    """A secret of this data folder: read from it, or made on the first start.

    Created exclusively and linked into place whole, so that processes starting at once agree.
    """
    path = DATA_DIR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first, and its secret is the one
        finally:
            draft.unlink()
    return path.read_text().strip()


DEBUG = env.bool("B2B_DOCS_DEBUG", default=False)
SECRET_KEY = env.str("B2B_DOCS_SECRET_KEY", default="") or _kept_secret(
    "secret_key", lambda: secrets.token_urlsafe(48)
)
# The first key encrypts, all of them decrypt: put a new one in front to rotate.
ENCRYPTION_KEYS = env.list("B2B_DOCS_ENCRYPTION_KEYS", default=[]) or [
    _kept_secret("encryption_key", lambda: Fernet.generate_key().decode())
]

PUBLIC_URL = env.str("B2B_DOCS_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
"""Where Saleor and buyers reach the app; every address that is handed out begins with it."""

SALEOR_API_URLS = env.list("B2B_DOCS_SALEOR_API_URLS", default=[])
"""The Saleor installations that may install the app: their full GraphQL addresses."""

STOREFRONT_ORIGINS = env.list("B2B_DOCS_STOREFRONT_ORIGINS", default=[])
"""Origins whose scripts may call /graphql/ directly. Shops that use a proxy need none."""

CORS_ALLOWED_ORIGINS = STOREFRONT_ORIGINS
CORS_URLS_REGEX = r"^/graphql/$"
CORS_ALLOW_HEADERS = ["authorization", "content-type", "saleor-api-url"]

TRUSTED_PROXIES = env.int("B2B_DOCS_TRUSTED_PROXIES", default=0)
"""How many proxies of ours stand in front and append to X-Forwarded-For."""

INTROSPECTION = env.bool("B2B_DOCS_INTROSPECTION", default=DEBUG)

public_host = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [
    public_host,
    "127.0.0.1",
    "localhost",
    *env.list("B2B_DOCS_ALLOWED_HOSTS", default=[]),
]
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(PUBLIC_URL))]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
IS_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "b2b_docs_session"  # ports of one host share cookies
CSRF_COOKIE_NAME = "b2b_docs_csrf"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "saleor_b2b_docs.work",
    "saleor_b2b_docs.saleor",
    "saleor_b2b_docs.parties",
    "saleor_b2b_docs.orders",
    "saleor_b2b_docs.documents",
    "saleor_b2b_docs.settlements",
    "saleor_b2b_docs.onec",
    "saleor_b2b_docs.gate",
    "saleor_b2b_docs.cli",
]
MIDDLEWARE = [
    "saleor_b2b_docs.config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "saleor_b2b_docs.config.urls"
WSGI_APPLICATION = "saleor_b2b_docs.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url(
        "B2B_DOCS_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'b2b-docs.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that will write says so at its start; otherwise two of them would both
        # read, and one would fail with "database is locked" whatever the timeout.
        "transaction_mode": "IMMEDIATE",
        # Longer than any of our transactions waits for all the others of a busy server.
        "timeout": 30,
        # FULL, since what a sender was told "ok" for must survive a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # Our queries read few rows; compiling one costs PostgreSQL more than running it.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

S3_BUCKET = env.str("B2B_DOCS_S3_BUCKET", default="")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "location": env.str("B2B_DOCS_S3_PREFIX", default=""),
            "endpoint_url": env.str("B2B_DOCS_S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("B2B_DOCS_S3_REGION", default="") or None,
            "default_acl": "private",
            "file_overwrite": False,  # a new logo must not change the papers of the old one
        },
    }

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FRONTEND_DIR = PACKAGE_DIR / "frontend" / "dist"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"  # days are the supplier's, see Supplier.time_zone; instants are UTC
USE_TZ = True
USE_I18N = True

# A webhook or a GraphQL request is a few kilobytes; the door says 413 above this.
MAX_BODY_BYTES = env.int("B2B_DOCS_MAX_BODY_BYTES", default=2 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES + 1024

# A message of the accounting system may carry PDFs; the door of its events says 413 above this.
MAX_EVENTS_BYTES = env.int("B2B_DOCS_MAX_EVENTS_BYTES", default=32 * 1024 * 1024)

SENDS_MAIL = bool(env.str("B2B_DOCS_EMAIL_URL", default=""))
"""Without a mail server the page that asks who is there does not offer to mail a link."""
if SENDS_MAIL:
    vars().update(env.email_url("B2B_DOCS_EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("B2B_DOCS_EMAIL_FROM", default=f"documents@{public_host}")

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
"""Empty: embedded workers poll the database. Set: Celery workers are told of jobs by id."""

JOBS = "saleor_b2b_docs.config.jobs.JOBS"
INBOX = "saleor_b2b_docs.config.jobs.INBOX"
EXPORTS = "saleor_b2b_docs.config.jobs.EXPORTS"
BROKER_APP = "saleor_b2b_docs.config.celery.app"

INVITATION_URL = env.str("B2B_DOCS_INVITATION_URL", default="")
"""A page of the shop's that accepts invitations; without it only their secrets are handed out."""

SALEOR_TIMEOUT_SECONDS = env.float("B2B_DOCS_SALEOR_TIMEOUT_SECONDS", default=20.0)

LOG_FORMAT = env.str("B2B_DOCS_LOG_FORMAT", default="console" if DEBUG else "json")
LOGGING_CONFIG = None
configure_logging(log_format=LOG_FORMAT, level=env.str("B2B_DOCS_LOG_LEVEL", default="INFO"))
