"""The sandbox as a process of its own: it has settings that are not those of the app."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import STAFF
from tests.sandbox.receivers import Receiver

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One for all tests; retries come after 10, 20, 40 … hundredths of a second."""
    folder = tmp_path_factory.mktemp("sandbox")
    with SandboxProcess(data_dir=folder, retry_factor=0.01) as process:
        yield process


@pytest.fixture(autouse=True)
def _no_faults(sandbox: SandboxProcess) -> Iterator[None]:
    yield
    sandbox.clear_faults()


@pytest.fixture
def staff(sandbox: SandboxProcess) -> str:
    """A token of the merchant's staff."""
    return sandbox.sign_in(*STAFF)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An app that listens and is not installed."""
    app = Receiver(f"test.receiver-{next(_numbers)}")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def app(sandbox: SandboxProcess, receiver: Receiver, staff: str) -> Iterator[Receiver]:
    """The same, installed; it is removed afterwards, so that others are not told twice."""
    app_id = sandbox.install(receiver.manifest_url, app_name="Receiver")
    yield receiver
    sandbox.call(
        "mutation($id: ID!) { appDelete(id: $id) { errors { code } } }", {"id": app_id}, token=staff
    )
