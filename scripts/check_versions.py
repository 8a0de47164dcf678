"""Says in words what this machine lacks, before anything fails in a stranger way."""

from __future__ import annotations

import shutil
import subprocess
import sys


def main() -> int:
    """0 when Python and Node are new enough."""
    problems = []
    # The one script that an older Python gets to see.
    if sys.version_info < (3, 11):  # noqa: UP036 - as said above
        problems.append(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        problems.append("Node.js 20 or newer with npm is needed, and not installed")
    else:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        numbers = version.stdout.strip().lstrip("v").split(".")
        if (int(numbers[0]), int(numbers[1])) < (20, 19):
            problems.append(f"Node.js 20.19 or newer is needed, this is {version.stdout.strip()}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
