"""Keeps child processes running, and takes them along when it goes.

Each child holds the read end of a pipe whose write end only the supervisor has: when the
supervisor dies in whatever way, the pipe closes and the children stop by themselves.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

import structlog

log = structlog.get_logger(__name__)

_LIFELINE = "B2B_DOCS_LIFELINE_FD"
_STOP_SECONDS = 30.0
"""How long children may take to finish what they are at: as long as a call to Saleor takes."""
_LONGEST_PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """One kind of child process (cli/children.py) and its options."""

    kind: str
    options: Mapping[str, object]

    def argv(self) -> list[str]:
        """The command that starts it."""
        return [
            sys.executable,
            "-m",
            "saleor_b2b_docs.cli",
            "child",
            self.kind,
            json.dumps(dict(self.options)),
        ]


@dataclass
class _Child:
    spec: ChildSpec
    process: subprocess.Popen[bytes]
    started_at: float
    failures: int = 0


class Supervisor:
    """Starts children, restarts those that die, stops them all on SIGTERM or SIGINT."""

    def __init__(self, specs: Sequence[ChildSpec]) -> None:
        self._specs = specs
        self._stopping = threading.Event()

    def run(self) -> int:
        """Supervise until told to stop. The exit code."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        read_end, write_end = os.pipe()
        try:
            children = [
                _Child(spec, _start(spec, read_end), time.monotonic()) for spec in self._specs
            ]
            while not self._stopping.wait(0.2):
                for child in children:
                    if child.process.poll() is not None:
                        self._restart(child, read_end)
            _end(children)
        finally:
            os.close(write_end)
            os.close(read_end)
        return 0

    def _restart(self, child: _Child, lifeline: int) -> None:
        lived = time.monotonic() - child.started_at
        child.failures = 0 if lived > 60 else child.failures + 1
        log.error("child died", kind=child.spec.kind, code=child.process.returncode)
        # Soon after a crash, but not in a busy loop when it can't start at all.
        if self._stopping.wait(min(0.2 * 2**child.failures, _LONGEST_PAUSE)):
            return
        child.process = _start(child.spec, lifeline)
        child.started_at = time.monotonic()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping.set()


def follow_lifeline() -> None:
    """In a child: ask oneself to stop as soon as the supervisor is gone."""
    descriptor = os.environ.get(_LIFELINE)
    if descriptor is None:
        return

    def watch() -> None:
        os.read(int(descriptor), 1)  # returns only at the end of the pipe
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def _start(spec: ChildSpec, lifeline: int) -> subprocess.Popen[bytes]:
    # The command is our own interpreter and module; options are JSON of ours.
    return subprocess.Popen(  # noqa: S603
        spec.argv(),
        pass_fds=(lifeline,),
        env={**os.environ, _LIFELINE: str(lifeline)},
        # A Ctrl-C in the terminal goes to the supervisor, which stops the children in order.
        start_new_session=True,
    )


def _end(children: Sequence[_Child]) -> None:
    for child in children:
        child.process.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
