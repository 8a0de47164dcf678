from __future__ import annotations

import os
import socket
import subprocess
import sys

from saleor_b2b_docs.work.workers import WorkerId


def test_a_worker_is_written_and_read_back() -> None:
    worker = WorkerId.mine()

    assert WorkerId.parse(str(worker)) == worker
    assert (worker.host, worker.pid) == (socket.gethostname(), os.getpid())


def test_two_workers_of_one_process_are_told_apart() -> None:
    assert WorkerId.mine() != WorkerId.mine()


def test_a_host_with_colons_is_read_back() -> None:
    worker = WorkerId("fe80::1", 7, "aa")

    assert WorkerId.parse(str(worker)) == worker


def test_only_a_process_of_this_host_can_be_known_dead() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = socket.gethostname()

    assert WorkerId(here, ended.pid, "aa").is_known_dead()
    assert not WorkerId("another-host", ended.pid, "aa").is_known_dead()
    assert not WorkerId(here, os.getpid(), "aa").is_known_dead()
    assert not WorkerId(here, 1, "aa").is_known_dead()  # somebody else's process
    assert not WorkerId.parse("").is_known_dead()
