"""What the sandbox is told from outside: by environment variables, set by the command line.

The variables are the contract between the command line, the server's worker process and the
settings module; nothing else reads them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

DATA_DIR = "SANDBOX_DATA_DIR"
PUBLIC_URL = "SANDBOX_PUBLIC_URL"
APP_URL = "SANDBOX_B2B_DOCS_URL"
APP_INSIDE_URL = "SANDBOX_B2B_DOCS_INSIDE_URL"
RETRY_FACTOR = "SANDBOX_RETRY_FACTOR"
ACCESS_TOKEN_SECONDS = "SANDBOX_ACCESS_TOKEN_SECONDS"  # noqa: S105  the variable's name, no secret
LOGIN_THROTTLE = "SANDBOX_LOGIN_THROTTLE"

DEFAULT_PORT = 8200
DEFAULT_APP_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the sandbox keeps its files, how it is reached, and how fast its clocks run.

    `public_url` and `app_url` are origins without a trailing slash. `app_inside_url` is where the
    shop's server reaches the app (the browser uses `app_url`). `retry_factor` multiplies the
    seconds between attempts at a webhook: 1 is Saleor's own pace.
    """

    data_dir: Path
    public_url: str
    app_url: str
    app_inside_url: str
    retry_factor: float
    access_token_seconds: int
    login_throttle: bool

    @property
    def api_url(self) -> str:
        """The GraphQL address; also the issuer of tokens and the `Saleor-Api-Url` header."""
        return f"{self.public_url}/graphql/"

    @property
    def domain(self) -> str:
        """Host and port: the `Saleor-Domain` header."""
        return urlsplit(self.public_url).netloc


def load() -> Configuration:
    """The configuration as the environment has it now."""
    app_url = os.environ.get(APP_URL, DEFAULT_APP_URL).rstrip("/")
    return Configuration(
        data_dir=Path(os.environ.get(DATA_DIR, "var/sandbox")).resolve(),
        public_url=os.environ.get(PUBLIC_URL, f"http://127.0.0.1:{DEFAULT_PORT}").rstrip("/"),
        app_url=app_url,
        app_inside_url=os.environ.get(APP_INSIDE_URL, app_url).rstrip("/"),
        retry_factor=float(os.environ.get(RETRY_FACTOR, "1")),
        access_token_seconds=int(os.environ.get(ACCESS_TOKEN_SECONDS, "300")),
        login_throttle=os.environ.get(LOGIN_THROTTLE, "0") == "1",
    )


@cache
def current() -> Configuration:
    """The configuration that this process was started with."""
    return load()
