"""What the doctor says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation: about what, what it is, and how to mend it."""

    level: Level
    subject: str
    message: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return {
            "level": self.level.value,
            "subject": self.subject,
            "message": self.message,
            "remedy": self.remedy,
        }
