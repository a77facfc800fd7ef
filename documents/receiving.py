"""What a browser that sends a file in pieces is answered; rooms find the case, then ask here.

Announce: POST name, size and last change, answered with the address of the upload and the offset
to begin at. Ask: GET the address. Compare, before one goes on: GET it with `start` and `end`,
answered with the hash of those bytes, at most a piece of what has come. Send: PATCH it with the
bytes as the body, `Upload-Offset` and, where the browser can, `Content-Digest` (RFC 9530); the
answer holds the next offset. A piece at another offset is 409 with the true one, so whoever lost
an answer just asks and goes on.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse

from accounts.models import Membership
from documents.errors import OffsetError, UploadRefusedError
from documents.models import UploadInPieces
from documents.services import pieces

# Small enough to lose to a cut line, large enough that its overhead is lost in its size.
PIECE_BYTES = 16 * 1024**2
BLOCK_BYTES = 512 * 1024
BIGGEST = 2**63 - 1
DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]{44}):")
CUT = "The piece did not come whole. Send it again."
# What no second try puts right, and a browser shows to whoever sent it.
REFUSED = 422
NO_PART = "Ask for a part of what has come, of at most one piece."
DAMAGED = "The piece was damaged on its way. Send it again."


class AnnouncementForm(forms.Form):
    """What is said of a file before its first piece."""

    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=0, max_value=BIGGEST)
    changed = forms.IntegerField(min_value=0, max_value=BIGGEST, required=False)


class PartForm(forms.Form):
    """Which bytes are compared: from the first up to, and without, the last."""

    start = forms.IntegerField(min_value=0, max_value=BIGGEST)
    end = forms.IntegerField(min_value=1, max_value=BIGGEST)

    def clean(self) -> dict[str, Any]:
        """At least a byte, and at most a piece."""
        given = super().clean() or self.cleaned_data
        long = given.get("end", 0) - given.get("start", 0)
        if not 0 < long <= PIECE_BYTES:
            raise forms.ValidationError(NO_PART)
        return given


def announced(
    request: HttpRequest,
    case_key: str,
    *,
    then: str,
    by: Membership,
    address: str,
    of: Sequence[str],
    place: str = "",
) -> JsonResponse:
    """Begin an upload, or go on with it.

    Args: `address` and `of` name the route of an upload, without its token; `place` the form that
    the file is sent with, if it waits for one.
    """
    form = AnnouncementForm(request.POST)
    if not form.is_valid():
        return refused("The file has no name or no size. Choose it again.", 400)
    given = form.cleaned_data
    try:
        upload = pieces.announce(
            case_key,
            name=given["name"],
            size_bytes=given["size"],
            changed_ms=given["changed"] or 0,
            then=then,
            by=by,
            place=place,
        )
    except UploadRefusedError as error:
        return refused(str(error), REFUSED)
    where = {"address": reverse(address, args=[*of, upload.token]), "piece_bytes": PIECE_BYTES}
    return JsonResponse(where | state_of(upload), status=201)


def piece_or_state(request: HttpRequest, upload: UploadInPieces) -> JsonResponse:
    """Take one piece, or say how far the upload is, or what a part of it is."""
    if request.method != "PATCH":
        return hash_of_part(request, upload) if "start" in request.GET else state(upload)
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
        content, sha256 = read_piece(request)
    except (UnreadablePostError, ValueError):
        return refused(CUT, 400)
    if not arrived_sound(sha256, request.headers.get("Content-Digest", "")):
        return refused(DAMAGED, 400)
    try:
        return state(pieces.add_piece(upload, offset=offset, content=content))
    except OffsetError as error:
        return JsonResponse({"offset": error.offset}, status=409)
    except UploadRefusedError as error:
        return refused(str(error), REFUSED)


def hash_of_part(request: HttpRequest, upload: UploadInPieces) -> JsonResponse:
    """The hash of a part of what has come; of what was judged meanwhile, what became of it."""
    form = PartForm(request.GET)
    if not form.is_valid() or form.cleaned_data["end"] > upload.received_bytes:
        return refused(NO_PART, 400)
    try:
        sha256 = pieces.sha256_of_part(upload, **form.cleaned_data)
    except FileNotFoundError:
        upload.refresh_from_db()
        return state(upload)
    return JsonResponse(state_of(upload) | {"sha256": sha256})


def state(upload: UploadInPieces) -> JsonResponse:
    """How far an upload is, as an answer."""
    return JsonResponse(state_of(upload))


def read_piece(request: HttpRequest) -> tuple[bytearray, bytes]:
    """The body, which is at most one piece and must be as long as was said, and its SHA-256.

    It is gathered in one place: asked for at once, the server would copy it several times over.
    It is hashed block by block, while the next is still on its way.
    Raises: ValueError where it is longer, or was cut off, UnreadablePostError.
    """
    length = int(request.headers.get("Content-Length", ""))
    if not 0 < length <= PIECE_BYTES:
        raise ValueError("Not a piece.")
    content, filled, found = bytearray(length), 0, hashlib.sha256()
    while filled < length:
        block = request.read(min(BLOCK_BYTES, length - filled))
        if not block:
            raise ValueError("Cut off.")
        found.update(block)
        content[filled : filled + len(block)] = block
        filled += len(block)
    return content, found.digest()


def arrived_sound(sha256: bytes, digest: str) -> bool:
    """Whether bytes of this hash are those of which the browser took a hash, where it could."""
    if not digest:
        return True
    said = DIGEST.search(digest)
    try:
        return said is not None and base64.b64decode(said[1], validate=True) == sha256
    except binascii.Error:
        return False


def state_of(upload: UploadInPieces) -> dict[str, str | int | bool]:
    """How far an upload is, and what became of it."""
    return {
        "offset": upload.received_bytes,
        "size": upload.size_bytes,
        "whole": upload.is_whole,
        "taken_in": upload.stored_file_id is not None,
        "refusal": upload.refusal,
    }


def refused(reason: str, status: int) -> JsonResponse:
    """A refusal in words that the row of the file shows."""
    return JsonResponse({"refusal": reason}, status=status)
