"""Django settings of the sandbox: one SQLite file, no services."""

from __future__ import annotations

from pathlib import Path

from saleor_sandbox import configuration, keyfile

CONFIGURATION = configuration.current()

# The command line makes it; who only reads these settings, as type checkers do, needs none.
SECRET_KEY = keyfile.read_secret(CONFIGURATION.data_dir)
DEBUG = False
# Every host name may reach it, because a demo is opened by whatever name the machine has.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "saleor_sandbox.urls"
WSGI_APPLICATION = "saleor_sandbox.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

INSTALLED_APPS = ["django.contrib.sessions", "saleor_sandbox"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
# Ports of one host share cookies, and the app under demo has its own sessions.
SESSION_COOKIE_NAME = "sandbox_shop_session"
SESSION_COOKIE_PATH = "/shop"
CSRF_COOKIE_NAME = "sandbox_shop_csrf"
CSRF_COOKIE_PATH = "/shop"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "shop" / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CONFIGURATION.data_dir / "saleor.sqlite3",
        # Threads of the server live long: a connection each, kept.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            # A deferred transaction that turns into a write fails at once when another writer
            # was faster; an immediate one waits for its turn.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}

PASSWORD_HASHERS = ["saleor_sandbox.passwords.QuickHasher"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
