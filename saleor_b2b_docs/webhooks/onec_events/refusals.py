"""What these doors refuse, as they answer it."""

from __future__ import annotations

import datetime as dt

from django.http import JsonResponse


class Refusal(Exception):
    """A request that is refused as a whole; nothing of it was kept."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        retry_after: dt.timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.retry_after = retry_after

    def response(self) -> JsonResponse:
        """The answer: `{"error": code, "message": words}`."""
        response = JsonResponse({"error": self.code, "message": str(self)}, status=self.status)
        if self.status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(int(self.retry_after.total_seconds()) or 1)
        return response
