"""`b2b-docs doctor`: what is missing or misconfigured, in words, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils import timezone

from saleor_b2b_docs.cli.doctor.findings import Finding, Level
from saleor_b2b_docs.cli.doctor.host import host_findings
from saleor_b2b_docs.cli.doctor.installations import installation_findings
from saleor_b2b_docs.saleor import queries

_MARKS = {Level.OK: "ok  ", Level.WARNING: "WARN", Level.ERROR: "FAIL"}


def run(*, as_json: bool) -> int:
    """Print all findings; 1 when something is broken."""
    findings = list(_findings())
    if as_json:
        print(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.level]}  {finding.subject}: {finding.message}")
            if finding.remedy:
                print(f"      → {finding.remedy}")
    return 1 if any(finding.level is Level.ERROR for finding in findings) else 0


def _findings() -> Iterator[Finding]:
    database_is_usable = True
    for finding in host_findings(now=timezone.now()):
        database_is_usable &= not (finding.subject == "database" and finding.level is Level.ERROR)
        yield finding
    if not database_is_usable:
        return
    installations = queries.installations()
    if not installations:
        yield Finding(
            Level.WARNING,
            "installations",
            "no Saleor has installed the app yet",
            "Install it in the Dashboard: Extensions, Add, Install manually, with the address of "
            "/api/manifest.",
        )
    for installation in installations:
        yield from installation_findings(installation, now=timezone.now())
