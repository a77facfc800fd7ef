"""A request whose sender went away before its end is not taken for a whole one.

A server hands on what came of a body, and Django reads its end as the end of the last file or
text: half a file would be kept as evidence under the hash of the half.
"""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import LimitedStream, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError


class CutOffError(MultiPartParserError):
    """The body is shorter than was said; the answer, if anybody still hears it, is 400."""


class WholeStream(LimitedStream):
    """A request's body that ends where its sender said that it would, or not at all."""

    def __init__(self, stream: Any, limit: int) -> None:
        super().__init__(stream, limit)
        self.left = limit

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises: CutOffError where there should be more."""
        if size == 0:
            return b""
        everything = size is None or size < 0
        return self.counted(super().read(size), at_its_end=everything)

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line. Raises: CutOffError where there should be one."""
        return self.counted(super().readline(-1 if size is None else size))

    def counted(self, content: bytes, *, at_its_end: bool = False) -> bytes:
        """What came, unless nothing more does before the end. Raises: CutOffError."""
        self.left -= len(content)
        if self.left and (at_its_end or not content):
            raise CutOffError(f"{self.limit - self.left} of {self.limit} bytes came.")
        return content


def whole_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that reads every body as one that must come whole."""

    def answer(request: HttpRequest) -> HttpResponse:
        if isinstance(request, WSGIRequest):
            source = request.environ["wsgi.input"]
            said = request._stream.limit  # type: ignore[attr-defined]
            request._stream = WholeStream(source, said)  # type: ignore[assignment]
        return get_response(request)

    return answer
