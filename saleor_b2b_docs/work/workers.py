"""Who runs a job: enough to tell a dead worker from a slow one."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerId:
    """A worker process on a host, with a random part against reused process numbers."""

    host: str
    pid: int
    nonce: str

    @classmethod
    def mine(cls) -> WorkerId:
        """The id of this process's worker; every call is a new one."""
        return cls(socket.gethostname(), os.getpid(), secrets.token_hex(4))

    @classmethod
    def parse(cls, text: str) -> WorkerId:
        """The id that `str()` wrote."""
        host, pid, nonce = text.rsplit(":", 2) if text.count(":") >= 2 else (text, "0", "")
        return cls(host, int(pid), nonce)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}:{self.nonce}"

    def is_known_dead(self) -> bool:
        """True when this very host has no such process any more. Other hosts can't be asked."""
        if not self.pid or self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False
