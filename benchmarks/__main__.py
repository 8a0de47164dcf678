"""`make bench`: measures everything and puts the tables into docs/performance.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path

from benchmarks import invoice_pdf, webhook_door

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main() -> None:
    """Measure, print, and replace the tables between their marks on the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name, benchmark in (("door", webhook_door.main), ("invoice", invoice_pdf.main)):
        measured = benchmark()
        print(measured)
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}{measured}\n{end}{rest.partition(end)[2]}"
    machine = (
        f"Measured on {dt.datetime.now(dt.UTC):%d %B %Y}, {os.cpu_count()} processors, "
        f"{platform.machine()}, Python {platform.python_version()}."
    )
    begin, end = "<!-- machine -->\n", "<!-- end of machine -->"
    before, _, rest = page.partition(begin)
    PAGE.write_text(f"{before}{begin}{machine}\n{end}{rest.partition(end)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
