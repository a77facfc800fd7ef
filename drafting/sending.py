"""A form that makes something makes it once, however often the same sending of it arrives.

`components/form.html` draws a token into each form that it draws; a view that makes something new
is marked `makes_once`. The first sending keeps the address of its answer, in the transaction in
which the thing is made; a second one, also one at the same moment, is answered with that address.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import acting
from drafting.keeping import is_keeping
from drafting.models import Sending

View = Callable[..., HttpResponse]

FIELD = "sending"
SHAPE = re.compile(r"[0-9a-f]{32}")
# A browser offers to send a form again for as long as its page is open.
REMEMBERED = timedelta(days=7)
FORGOTTEN_AT_ONCE = 50


def makes_once(view: View) -> View:
    """Let one sending of a form make one thing; what was refused can be sent again."""

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not SHAPE.fullmatch(request.POST.get(FIELD, "")) or is_keeping(request):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            # A sending at the same moment waits here for the first one's commit.
            sending, is_first = Sending.objects.get_or_create(sha256=_sha256(request))
            if not is_first:
                return redirect(sending.answer)
            answer = view(request, *args, **kwargs)
            _settle(sending, answer)
            return answer

    once.makes_once = True  # type: ignore[attr-defined]  # A house test asks each view for it.
    return once


def _sha256(request: HttpRequest) -> str:
    """What names one sending: who, where, the form's token, what was typed, and what files hold.

    Whoever goes back and types something else means another thing, though the token is the same.
    """
    said = {name: values for name, values in request.POST.lists() if _is_said(name)}
    files = [
        (name, file.name, _sha256_of(file))
        for name, several in request.FILES.lists()
        for file in several
    ]
    whole = [acting(request).pk, request.path, said, files]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _sha256_of(file: Any) -> str:
    """What a file holds: a large one was hashed as it came, a small one lies in memory."""
    if known := getattr(file, "sha256", ""):
        return str(known)
    read = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return read


def _is_said(name: str) -> bool:
    """Whether a field is of the form itself, and not of the page or the window that it is in."""
    return name != "csrfmiddlewaretoken" and not name.startswith("typed_")


def _settle(sending: Sending, answer: HttpResponse) -> None:
    """Keep where a form leads that made something; forget one that was refused, and old ones."""
    if answer.status_code != 302:
        sending.delete()
        return
    sending.answer = answer.headers["Location"]
    sending.save(update_fields=["answer"])
    old = Sending.objects.filter(sent_at__lt=timezone.now() - REMEMBERED)
    some = old.select_for_update(skip_locked=True).values("pk")[:FORGOTTEN_AT_ONCE]
    Sending.objects.filter(pk__in=some).delete()
