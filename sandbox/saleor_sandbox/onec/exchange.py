"""The stock exchange with a site, as «Обмен с сайтом» speaks it: CommerceML over HTTP."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from dataclasses import dataclass, field

import httpx

from saleor_sandbox.onec.conversation import Conversation, NotAnswered

_PATH = "/1c/exchange"
_VERSION = "2.10"
_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.5
_MOST_AT_ONCE = 1_000_000
"""A chunk is no larger than this, also where the app takes more: so chunks are really cut."""


@dataclass(slots=True)
class ExchangeSession:
    """One exchange, from `checkauth` on."""

    conversation: Conversation
    username: str
    password: str
    _cookie: str = field(default="", init=False)
    _key: str = field(default="", init=False)
    _takes_zip: bool = field(default=False, init=False)
    _limit: int = field(default=0, init=False)

    def open(self) -> None:
        """`checkauth` and `init`. Raises NotAnswered."""
        basic = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        lines = self._lines(self._ask("checkauth", headers={"Authorization": f"Basic {basic}"}))
        if len(lines) < 3 or lines[0] != "success":
            raise NotAnswered("\n".join(lines))
        self._cookie = f"{lines[1]}={lines[2]}"
        agreed = dict(
            line.split("=", 1)
            for line in self._lines(self._ask("init", version=_VERSION))
            if "=" in line
        )
        if "file_limit" not in agreed:
            raise NotAnswered("init answered no file_limit")
        self._takes_zip = agreed.get("zip") == "yes"
        self._limit = min(int(agreed["file_limit"]), _MOST_AT_ONCE)
        self._key = agreed.get("sessid", "")

    def query(self) -> bytes:
        """The orders that wait, as a document. Raises NotAnswered."""
        answer = self._ask("query")
        if b"<" not in answer.content[:10]:
            raise NotAnswered(answer.text[:500])
        return answer.content

    def confirm(self) -> None:
        """What `query` answered is safe. Raises NotAnswered."""
        self._expect_success(self._ask("success"))

    def send(self, name: str, content: bytes) -> None:
        """Send a document in chunks, packed where the app takes that, and wait until it is
        imported. Raises NotAnswered."""
        sent, shown = content, content.decode("utf-8-sig")
        if self._takes_zip:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"{name}.xml", content)
            sent, name = packed.getvalue(), f"{name}.zip"
        else:
            name = f"{name}.xml"
        for start in range(0, len(sent), self._limit):
            self._expect_success(
                self._ask(
                    "file",
                    filename=name,
                    content=sent[start : start + self._limit],
                    shown=f"{name}: {len(sent)} bytes\n{shown}" if not start else "…",
                )
            )
        self._import(name)

    def _import(self, name: str) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            answer = self._ask("import", filename=name)
            if self._lines(answer)[0] != "progress":
                return self._expect_success(answer)
            if time.monotonic() > deadline:
                raise NotAnswered("the import takes more than a minute")
            time.sleep(_PAUSE_SECONDS)

    def _ask(
        self,
        mode: str,
        *,
        headers: dict[str, str] | None = None,
        content: bytes = b"",
        shown: str = "",
        **parameters: str,
    ) -> httpx.Response:
        parameters = {"type": "sale", "mode": mode, **parameters}
        if self._key:
            parameters["sessid"] = self._key
        answer = self.conversation.ask(
            "POST" if content else "GET",
            _PATH,
            parameters=parameters,
            headers={**(headers or {}), **({"Cookie": self._cookie} if self._cookie else {})},
            content=content,
            shown=shown,
        )
        if answer.status_code != httpx.codes.OK:
            raise NotAnswered(answer.text[:500])
        return answer

    @staticmethod
    def _lines(answer: httpx.Response) -> list[str]:
        return answer.text.split("\n")

    def _expect_success(self, answer: httpx.Response) -> None:
        if self._lines(answer)[0] != "success":
            raise NotAnswered(answer.text[:500])
