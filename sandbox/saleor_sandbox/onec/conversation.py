"""HTTP with the app, and a record of all that was said: a demo shows it, a failure needs it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx

_TIMEOUT = httpx.Timeout(60, connect=5)
_SHOWN = 20_000
"""Characters of a body that are kept."""


class NotAnswered(RuntimeError):
    """The app could not be reached, or said no; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A request and its answer. `status` is 0 where nobody answered."""

    asked: str
    sent: str
    status: int
    answered: str
    seconds: float


@dataclass(slots=True)
class Conversation:
    """Requests to one app. Headers, which hold the secrets, are not recorded."""

    app_url: str
    turns: list[Turn] = field(default_factory=list)
    _http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=_TIMEOUT, trust_env=False)
    )

    def ask(
        self,
        method: str,
        path: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        shown: str = "",
    ) -> httpx.Response:
        """The answer, whatever its status. `shown` is recorded for a body that is no text.

        Raises NotAnswered.
        """
        request = self._http.build_request(
            method,
            f"{self.app_url}{path}",
            params=parameters,
            headers=headers,
            content=content or None,
        )
        asked = f"{method} {request.url.raw_path.decode()}"[:300]
        sent = (shown or content.decode(errors="replace"))[:_SHOWN]
        began = time.perf_counter()
        try:
            answer = self._http.send(request)
        except httpx.HTTPError as error:
            reason = f"{type(error).__name__}: {error}"
            self.turns.append(Turn(asked, sent, 0, reason, time.perf_counter() - began))
            raise NotAnswered(reason) from error
        self.turns.append(
            Turn(
                asked,
                sent,
                answer.status_code,
                answer.content.decode(answer.charset_encoding or "utf-8", "replace")[:_SHOWN],
                time.perf_counter() - began,
            )
        )
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._http.close()
