"""The service's addresses, and the empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts.access import public

TRIVIAL = "/bench/trivial"


@public
def trivial(_request: HttpRequest) -> HttpResponse:
    """Nothing, through the same gunicorn and the same middleware as every page."""
    return HttpResponse()


urlpatterns = [path(TRIVIAL.lstrip("/"), trivial), path("", include("supercomplaints.urls"))]
