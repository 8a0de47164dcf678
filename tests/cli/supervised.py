"""A supervisor with small children, as a program of its own: `supervised.py FOLDER KIND...`.

Each child notes its process number in FOLDER/KIND when it starts. Kinds: `patient` waits to be
stopped, `broken` ends at once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from saleor_b2b_docs.cli.supervisor import ChildSpec, Supervisor, follow_lifeline


class _Spec(ChildSpec):
    def argv(self) -> list[str]:
        return [sys.executable, __file__, "--child", str(self.options["folder"]), self.kind]


def _be_child(folder: Path, kind: str) -> int:
    follow_lifeline()
    with (folder / kind.split("-")[0]).open("a") as file:
        file.write(f"{os.getpid()}\n")
    if kind == "broken":
        return 1
    time.sleep(60)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Be the supervisor, or with `--child` one of its children."""
    if arguments[0] == "--child":
        return _be_child(Path(arguments[1]), arguments[2])
    folder, *kinds = arguments
    return Supervisor([_Spec(kind, {"folder": folder}) for kind in kinds]).run()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
