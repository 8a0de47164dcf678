"""The supervisor, with real processes: children come back, and never outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.process import free_port

from saleor_b2b_docs.cli.supervisor import ChildSpec
from tests.cli import supervised

pytestmark = pytest.mark.slow

_SECONDS = 20.0


def _eventually(condition: Callable[[], bool], *, seconds: float = _SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)


def _pids(folder: Path, kind: str = "patient") -> list[int]:
    path = folder / kind
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # ended, and only waiting to be noticed


class Supervised:
    """A running supervisor and the folder in which its children leave their numbers."""

    def __init__(self, folder: Path, *kinds: str) -> None:
        self.folder = folder
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, supervised.__file__, str(folder), *kinds],
            env=environment,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for kind in ("patient", "broken"):
            for pid in filter(_lives, _pids(self.folder, kind)):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    """Start a supervisor of children of these kinds."""
    started: list[Supervised] = []

    def start_one(*kinds: str) -> Supervised:
        started.append(Supervised(tmp_path, *kinds))
        return started[-1]

    yield start_one
    for running in started:
        running.end()


def test_a_child_s_command_carries_its_options_as_json() -> None:
    # given
    spec = ChildSpec("web", {"host": "127.0.0.1", "port": 8000})

    # when / then
    assert spec.argv() == [
        sys.executable,
        "-m",
        "saleor_b2b_docs.cli",
        "child",
        "web",
        '{"host": "127.0.0.1", "port": 8000}',
    ]


def test_a_child_that_was_killed_comes_back_and_the_others_stay(
    start: Callable[..., Supervised], tmp_path: Path
) -> None:
    # given
    start("patient", "patient-2")
    _eventually(lambda: len(_pids(tmp_path)) == 2)
    killed, other = _pids(tmp_path)

    # when
    os.kill(killed, signal.SIGKILL)

    # then
    _eventually(lambda: len(_pids(tmp_path)) == 3)
    assert not _lives(killed)
    assert _lives(other)
    assert _lives(_pids(tmp_path)[2])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_takes_its_children_along(
    start: Callable[..., Supervised], tmp_path: Path, how: signal.Signals
) -> None:
    # given
    running = start("patient", "patient-2")
    _eventually(lambda: len(_pids(tmp_path)) == 2)

    # when
    running.process.send_signal(how)

    # then
    assert running.process.wait(_SECONDS) == 0
    assert not any(map(_lives, _pids(tmp_path)))


def test_children_end_with_a_supervisor_that_was_killed(
    start: Callable[..., Supervised], tmp_path: Path
) -> None:
    # given
    running = start("patient", "patient-2")
    _eventually(lambda: len(_pids(tmp_path)) == 2)

    # when
    running.process.kill()
    running.process.wait()

    # then
    _eventually(lambda: not any(map(_lives, _pids(tmp_path))), seconds=5)


def test_a_child_that_came_back_has_its_lifeline_too(
    start: Callable[..., Supervised], tmp_path: Path
) -> None:
    # given
    running = start("patient")
    _eventually(lambda: len(_pids(tmp_path)) == 1)
    os.kill(_pids(tmp_path)[0], signal.SIGKILL)
    _eventually(lambda: len(_pids(tmp_path)) == 2)

    # when
    running.process.kill()
    running.process.wait()

    # then
    _eventually(lambda: not any(map(_lives, _pids(tmp_path))), seconds=5)


def test_a_child_that_cannot_start_is_tried_ever_more_rarely(
    start: Callable[..., Supervised], tmp_path: Path
) -> None:
    # given
    running = start("broken")
    _eventually(lambda: len(_pids(tmp_path, "broken")) >= 2)

    # when
    time.sleep(2.0)

    # then
    assert len(_pids(tmp_path, "broken")) <= 5
    running.process.terminate()
    assert running.process.wait(_SECONDS) == 0


def _children_of(pid: int) -> list[int]:
    children = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            children.append(int(path.parent.name))
    return children


def test_the_whole_app_ends_with_its_supervisor(tmp_path: Path) -> None:
    # given
    app = AppProcess(
        data_dir=tmp_path, port=free_port(), saleor_api_urls="http://127.0.0.1:1/graphql/"
    )
    with app:
        children = _children_of(app.pid)
        grandchildren = [pid for child in children for pid in _children_of(child)]
        assert len(children) == 4
        assert len(grandchildren) == 2

        # when
        app.kill()

        # then
        _eventually(lambda: not any(map(_lives, children + grandchildren)), seconds=10)
