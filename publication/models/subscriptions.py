"""Who among the public is mailed when something is published, and what they have asked for."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from publication.states import Asked

SHA256 = r"^[0-9a-f]{64}$"
ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


class SubscriptionRequest(models.Model):
    """What the public pages wrote down: they can add such a row, and neither read nor change one.

    `request_subscription` is their only way in; the worker takes each row once.
    """

    kind = models.CharField(max_length=8, choices=Asked)
    address = models.CharField(max_length=254, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    token_sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address", "reference", "token_sha256"],
                condition=Q(taken_at=None),
                name="the_same_is_asked_once_until_it_is_taken",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=Asked.START, address__regex=ADDRESS, token_sha256="")
                    | Q(kind__in=[Asked.CONFIRM, Asked.STOP], address="", reference="")
                    & Q(token_sha256__regex=SHA256)
                ),
                name="asked_for_by_address_or_by_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Subscription(models.Model):
    """That an address follows one super-complaint, or all; it is mailed once it has confirmed.

    The links of its mails are kept as hashes: whoever reads this table can neither confirm nor
    stop. A subscription that is stopped is removed.
    """

    address = models.CharField(max_length=254)
    reference = models.CharField(max_length=20, blank=True)
    confirm_sha256 = models.CharField(max_length=64, blank=True)
    stop_sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["confirm_sha256"], name="subscriptions_by_confirming"),
            models.Index(fields=["stop_sha256"], name="subscriptions_by_stopping"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "reference"], name="an_address_follows_a_case_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirm_sha256=""),
                name="a_link_to_confirm_works_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference or 'All'}: subscription {self.pk}"
