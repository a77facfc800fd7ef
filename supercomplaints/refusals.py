"""What a page answers when a request can't be read, or the service fails: in words, with a status.

Nothing here asks the database or the session, since either may be what failed.
"""

import logging
import secrets
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.errors import MailAwayError
from publication.public_views import not_found

logger = logging.getLogger(__name__)

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
AWAY = (OperationalError, InterfaceError)
AWAY_SECONDS = 30


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is over a limit with 413, and anything else that can't be read with 400."""
    status = 413 if isinstance(exception, TOO_BIG) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def unknown(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that names nothing, or nothing that this reader may know of.

    It is the public pages' own answer for what is not released: a second one, with one header
    more or less, would tell the two apart.
    """
    return not_found()


def failed(request: HttpRequest) -> HttpResponse:
    """Answer with 503 while database or mail is away, and otherwise with 500 and a reference.

    The reference stands in the log beside the fault, so that a person can quote it.
    """
    fault = sys.exc_info()[1]
    if database_is_away(fault):
        return away("503.html")
    if isinstance(fault, MailAwayError):
        return away("503_mail.html")
    reference = secrets.token_hex(4)
    logger.error("Shown to a person as %s: %s", reference, request.path)
    return HttpResponse(render_to_string("500.html", {"error_reference": reference}), status=500)


def away(page: str) -> HttpResponse:
    """Answer that something is away for a moment, and when to come again."""
    headers = {"Retry-After": str(AWAY_SECONDS)}
    return HttpResponse(render_to_string(page), status=503, headers=headers)


def database_is_away(fault: BaseException | None) -> bool:
    """Whether a fault says that the database went away.

    A server that dies in the middle of its answer leaves an error without a code, of which the
    driver knows no more than that it came from the database.
    """
    return isinstance(fault, AWAY) or type(fault) is DatabaseError
