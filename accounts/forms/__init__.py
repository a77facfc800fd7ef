"""The forms of the accounts room: the way in, and people."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where a form has nothing to enter; None for a page that is opened."""
    return request.POST if request.method == "POST" else None
