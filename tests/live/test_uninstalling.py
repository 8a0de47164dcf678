"""What the app notices of its own removal. Its own file: `app` is made anew for each."""

from __future__ import annotations

import json

import pytest
from saleor_sandbox.app_process import AppProcess

from tests.live.buying import eventually
from tests.live.saleors import LiveSaleor

pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.xdist_group("live")]


def test_uninstalled_app_is_noticed(saleor: LiveSaleor, app: AppProcess) -> None:
    saleor.remove_app()

    # A Saleor that tells the app (3.23.28) has it gone; an older one (3.22) leaves a dead token.
    eventually(lambda: _said_by_doctor(app, saleor), what="the doctor's word of the removal")


def _said_by_doctor(app: AppProcess, saleor: LiveSaleor) -> str | None:
    """What of the two ways to say it, if it is said yet."""
    found = json.loads(app.command("doctor", "--json").stdout)
    findings = {entry["subject"]: entry["message"] for entry in found}
    expected = {
        "installations": "no Saleor has installed the app yet",
        saleor.api.api_url: "Saleor does not accept the app's token",
    }
    return next(
        (message for subject, message in expected.items() if findings.get(subject) == message), None
    )
