"""Addresses that name nothing: refused before any page looks for them."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer an address that holds a NUL as any unknown one: no row can, and PostgreSQL refuses it.

    Raises: Http404.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return answer
