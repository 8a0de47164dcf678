from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


def printed(expression: str, *, data_dir: Path, environment: Mapping[str, str]) -> str:
    """What an expression about the settings is in a new process."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("B2B_DOCS_", "CELERY_"))
    }
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from saleor_b2b_docs.config import settings as s; print({expression})",
        ],
        env={**clean, "B2B_DOCS_DATA_DIR": str(data_dir), **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()


def test_without_any_setting_the_app_runs_from_one_folder(tmp_path: Path) -> None:
    shown = printed(
        "(s.DEBUG, s.INTROSPECTION, s.CELERY_BROKER_URL, s.SALEOR_API_URLS, "
        "str(s.DATABASES['default']['NAME']), str(s.STORAGES['default']['OPTIONS']['location']))",
        data_dir=tmp_path,
        environment={},
    )

    assert shown == str(
        (False, False, "", [], str(tmp_path / "b2b-docs.sqlite3"), str(tmp_path / "files"))
    )


def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    def secrets(_number: int) -> str:
        return printed("(s.SECRET_KEY, s.ENCRYPTION_KEYS)", data_dir=tmp_path, environment={})

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(secrets, range(2))

    assert first == second
    keys = tmp_path / "keys"
    assert sorted(path.name for path in keys.iterdir()) == ["encryption_key", "secret_key"]
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}


def test_given_secrets_are_taken_and_none_is_made(tmp_path: Path) -> None:
    shown = printed(
        "(s.SECRET_KEY, s.ENCRYPTION_KEYS)",
        data_dir=tmp_path,
        environment={
            "B2B_DOCS_SECRET_KEY": "given",
            "B2B_DOCS_ENCRYPTION_KEYS": "new,old",
        },
    )

    assert shown == "('given', ['new', 'old'])"
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("public_url", "shown"),
    [
        (
            "https://docs.example/b2b/",
            "('https://docs.example/b2b', True, ['https://docs.example'])",
        ),
        (
            "http://127.0.0.1:8000",
            "('http://127.0.0.1:8000', False, ['http://127.0.0.1:8000'])",
        ),
    ],
)
def test_cookies_are_for_https_where_the_public_address_is(
    tmp_path: Path, public_url: str, shown: str
) -> None:
    assert (
        printed(
            "(s.PUBLIC_URL, s.SESSION_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS)",
            data_dir=tmp_path,
            environment={"B2B_DOCS_PUBLIC_URL": public_url},
        )
        == shown
    )
