"""Being mailed when something is published: three pages of the public that each write one row.

They read nothing of who follows what, and answer the same whatever is known of an address. They
need no token against forgery, and so no cookie: there is no session that somebody could abuse, and
what is asked for has force only once the owner of the address opens a link.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from publication import public_door as door
from publication.forms.subscribing import SubscribeForm
from publication.public_views import closed, drawn, kept
from publication.states import Asked

SUBSCRIBE = "public/subscribe.html"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address and what it follows."""
    if request.method != "POST":
        reference = request.GET.get("reference", "")[:20]
        form = SubscribeForm(initial={"reference": reference})
        return closed(drawn(SUBSCRIBE, {"form": form, "fictional": is_made_up(reference)}))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        asked_for = {"form": form, "fictional": is_made_up(request.POST.get("reference", "")[:20])}
        return closed(drawn(SUBSCRIBE, asked_for))
    address, reference = form.cleaned_data["address"], form.cleaned_data["reference"]
    if reference and not is_public(reference):
        form.add_error("reference", _("No super-complaint of this reference is public. Check it."))
        return closed(drawn(SUBSCRIBE, {"form": form}))
    door.request_subscription(Asked.START, address=address, reference=reference)
    return HttpResponseRedirect(reverse("public:subscribe_asked"))


def is_public(reference: str) -> bool:
    """Whether anything of a case is public, as its own page would say."""
    with door.opened():
        return bool(door.of_case(reference))


def is_made_up(reference: str) -> bool:
    """Whether what is public of a case is a made-up example; nothing is said of any other."""
    if not reference:
        return False
    with door.opened():
        return any(row.payload.get("fictional") for row in door.of_case(reference))


@require_safe
def asked(_request: HttpRequest) -> HttpResponse:
    """Look for our mail: the same words for an address that is known and one that is not."""
    return kept(drawn("public/subscribe_asked.html", {}))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that an address is one's own, by a button: programs that follow links press none."""
    return by_link(request, Asked.CONFIRM, token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Want no more mails, by a button or by the mail program's own."""
    return by_link(request, Asked.STOP, token)


def by_link(request: HttpRequest, kind: Asked, token: str) -> HttpResponse:
    """The page behind a mailed link; an old or made-up one is answered no differently."""
    done = request.method == "POST"
    if done:
        door.request_subscription(kind, token=token)
    return closed(drawn(f"public/subscribe_{kind}.html", {"done": done}))


def urls() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("subscribe", public(subscribe), name="subscribe"),
        path("subscribe/asked", public(asked), name="subscribe_asked"),
        path("subscribe/confirm/<str:token>", public(confirm), name="subscribe_confirm"),
        path("subscribe/stop/<str:token>", public(stop), name="subscribe_stop"),
    ]
