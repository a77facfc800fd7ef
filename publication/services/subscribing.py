"""What the public asks about mails: begun by an address, in force once its owner has confirmed."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publication.models import Subscription, SubscriptionRequest

# What is not confirmed is forgotten after this, and what was asked is after a day.
UNCONFIRMED_KEPT = timedelta(days=7)
REQUESTS_KEPT = timedelta(days=1)
STOPPING = "publication.subscription.stop"


def waiting() -> list[int]:
    """The requests that are not taken yet, the oldest first."""
    return list(SubscriptionRequest.objects.filter(taken_at=None).values_list("pk", flat=True))


def take(request_id: int) -> SubscriptionRequest | None:
    """A request, to be done by whoever gets it; None where it was taken already."""
    waits = SubscriptionRequest.objects.filter(pk=request_id, taken_at=None)
    if waits.update(taken_at=timezone.now()) != 1:
        return None
    return SubscriptionRequest.objects.get(pk=request_id)


@transaction.atomic
def begin(address: str, reference: str) -> str | None:
    """The secret of the link that confirms a subscription; None where it is in force already.

    It is in the mail alone. A second request makes the first one's link worthless.
    """
    Subscription.objects.get_or_create(address=address, reference=reference)
    kept = Subscription.objects.select_for_update().get(address=address, reference=reference)
    if kept.confirmed_at:
        return None
    token = secrets.token_urlsafe(32)
    kept.confirm_sha256 = sha256(token)
    kept.stop_sha256 = sha256(stop_token(kept))
    kept.save(update_fields=["confirm_sha256", "stop_sha256"])
    return token


def confirm(token_sha256: str) -> None:
    """Put a subscription in force, once."""
    found = Subscription.objects.filter(confirm_sha256=token_sha256, confirmed_at=None)
    found.update(confirmed_at=timezone.now(), confirm_sha256="")


def stop(token_sha256: str) -> None:
    """Forget a subscription and its address."""
    Subscription.objects.filter(stop_sha256=token_sha256).delete()


def forget_the_past() -> None:
    """Remove what nobody confirmed, and addresses that were only asked for."""
    now = timezone.now()
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT).delete()
    SubscriptionRequest.objects.filter(taken_at__lt=now - REQUESTS_KEPT).delete()


def stop_token(subscription: Subscription) -> str:
    """The secret of the link that stops a subscription: the same in each of its mails."""
    return salted_hmac(STOPPING, str(subscription.pk), algorithm="sha256").hexdigest()


def sha256(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
