"""Mails to those of the public who asked for them: a link to confirm, then what is published."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from notifications.services.outbox import owe_to_address
from publication.clock import at_this_clock
from publication.models import Release, ReleaseStanding, Subscription
from publication.services import subscribing
from publication.states import Asked, ReleaseKind, Standing

CONFIRM = "emails/subscription-confirm-body.txt"
NEWS = "emails/subscription-news-body.txt"
# What is older was told, or is no news any more.
NEWS_FOR = timedelta(days=7)

# What is told of, in general words; a press notice is part of its report.
WORDS = {
    ReleaseKind.ANNOUNCEMENT: "A super-complaint was announced.",
    ReleaseKind.EDITION: "The report on a super-complaint was published.",
    ReleaseKind.CORRECTION: "A corrected report on a super-complaint was published.",
    ReleaseKind.RESPONSE: "An answer to a recommendation was published.",
    ReleaseKind.WITHDRAWAL: "A notice about a report on a super-complaint was published.",
}


def serve_all() -> None:
    """Do what was asked, tell of what was published, forget what is past. Called each minute."""
    for request_id in subscribing.waiting():
        do_as_asked(request_id)
    for release in news():
        tell(release)
    subscribing.forget_the_past()


@transaction.atomic
def do_as_asked(request_id: int) -> None:
    """Do what one request asks, once; a first one is answered with a link to confirm."""
    request = subscribing.take(request_id)
    if request is None:
        return
    if request.kind == Asked.CONFIRM:
        subscribing.confirm(request.token_sha256)
    elif request.kind == Asked.STOP:
        subscribing.stop(request.token_sha256)
    elif token := subscribing.begin(request.address, request.reference):
        link = settings.BASE_URL + reverse("public:subscribe_confirm", args=[token])
        facts = {
            "reference": request.reference,
            "link": link,
            "service_name": settings.SERVICE_NAME,
        }
        owe_to_address(
            request.address,
            key=f"subscription:{request.pk}",
            reference=request.reference,
            body=render_to_string(CONFIRM, facts),
        )


def news() -> list[Release]:
    """The releases that are public now, of which the after-work was done in the last days."""
    with at_this_clock():
        lately = Release.objects.filter(
            after_work__done_at__gt=timezone.now() - NEWS_FOR, kind__in=WORDS
        )
        standing = ReleaseStanding.objects.filter(
            state=Standing.OPEN, release_id__in=list(lately.values_list("pk", flat=True))
        )
        public = list(standing.values_list("release_id", flat=True))
        return list(lately.filter(pk__in=public).select_related("after_work").order_by("pk"))


def tell(release: Release) -> int:
    """Owe everybody who followed it before then a mail of one release, once each."""
    key = Concat(Value(key_of(release)), Cast(OuterRef("pk"), CharField()))
    follows = Q(reference__in=["", release.reference])
    before = Q(confirmed_at__lt=release.after_work.done_at)
    told = Exists(Message.objects.filter(key=key))
    owed = list(Subscription.objects.filter(~told, follows & before))
    for subscription in owed:
        link = settings.BASE_URL + reverse("public:complaint", args=[release.reference])
        stop = settings.BASE_URL + reverse(
            "public:subscribe_stop", args=[subscribing.stop_token(subscription)]
        )
        facts = {
            "told": WORDS[ReleaseKind(release.kind)],
            "reference": release.reference,
            "link": link,
            "stop": stop,
            "service_name": settings.SERVICE_NAME,
        }
        owe_to_address(
            subscription.address,
            key=f"{key_of(release)}{subscription.pk}",
            reference=release.reference,
            body=render_to_string(NEWS, facts),
            stop_link=stop,
        )
    return len(owed)


def key_of(release: Release) -> str:
    """The beginning of the keys of all mails of one release."""
    return f"published:{release.pk}:"
