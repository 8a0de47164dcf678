"""One Saleor for all live tests, and an installed app for each file of them. What they leave is
taken away again.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import Api
from saleor_sandbox.demo.run import SUPPLIERS
from saleor_sandbox.install_client import install
from saleor_sandbox.process import SandboxProcess, free_port

from tests.live.saleors import LiveSaleor, real_saleor


@pytest.fixture(scope="session")
def saleor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSaleor]:
    """The real Saleor of the environment, else a sandbox."""
    real = real_saleor()
    if real:
        yield real
        real.api.close()
        return
    with SandboxProcess(data_dir=tmp_path_factory.mktemp("sandbox")) as sandbox:
        stand_in = LiveSaleor(
            api=Api(sandbox.api_url),
            staff=("admin@example.com", "admin"),
            buyers=(
                ("olena@magazyn-zatyshok.example", "demo"),
                ("anna.weber@nordhaus.example", "demo"),
            ),
            channel="ua",
            is_real=False,
        )
        yield stand_in
        stand_in.api.close()


@pytest.fixture(scope="module")
def app(saleor: LiveSaleor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    """The app, installed and with its suppliers."""
    saleor.remove_app()
    running = AppProcess(
        data_dir=tmp_path_factory.mktemp("app"),
        port=free_port(),
        saleor_api_urls=saleor.api.api_url,
    )
    with running:
        email, password = saleor.staff
        install(
            api_url=saleor.api.api_url,
            manifest_url=running.manifest_url,
            app_name="B2B Docs",
            timeout=60,
            email=email,
            password=password,
        )
        running.manage("load_suppliers", str(SUPPLIERS))
        yield running
    saleor.remove_app()
