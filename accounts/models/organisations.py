"""Organisations, the names they bore, and the groups that are addressed under one name."""

from datetime import date
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q

from accounts.roles import OrganisationKind
from clock.london import long_date

# Where the reference rows have a mailbox that nobody has looked up: mail to it reaches nobody.
PLACEHOLDER_DOMAIN = "@example.invalid"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by day."""

    def not_ended_by(self, day: date) -> "OrganisationQuerySet":
        """Those whose last day is not past: one with an announced end stands until then.

        One that is yet to begin is among them, since people are made ready for it.
        """
        return self.exclude(exists_until__lt=day)


class Organisation(models.Model):
    """A body that complains, decides, is complained of, or owes an answer."""

    Kind: TypeAlias = OrganisationKind

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    # Where a case of the regime stands is public, a contact's address is not. A body that only
    # complains is written to at the address that its letters give.
    mailbox = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    region = models.CharField(max_length=60, blank=True)
    force_type = models.CharField(max_length=20, blank=True)
    tile_code = models.CharField(max_length=3, blank=True)
    governance = models.CharField(max_length=120, blank=True)
    polices = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="policing_bodies"
    )
    exists_from = models.DateField(null=True, blank=True)
    exists_until = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="succeeds"
    )
    fictional = models.BooleanField(default=False)
    verification = models.CharField(max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exists_until__isnull=True)
                | Q(exists_from__isnull=True)
                | Q(exists_until__gte=F("exists_from")),
                name="an_organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(mailbox="") | Q(kind="designated_body"),
                name="whoever_may_be_addressed_has_a_mailbox",
                violation_error_message="Enter the contact mailbox: an answer may be asked of this "
                "organisation, and it is told there while nobody has an account.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether it exists on a day; both its first and its last day count."""
        begun = self.exists_from is None or self.exists_from <= day
        return begun and (self.exists_until is None or day <= self.exists_until)

    def has_part_in_a_regime(self) -> bool:
        """Whether it is one of the authorities that decide together, in any regime."""
        return self.parts.exists()

    def standing_on(self, day: date) -> "Organisation":
        """Itself, or who took its place by a day; one that nobody succeeded is itself."""
        standing, passed = self, {self.pk}
        while not standing.exists_on(day) and standing.succeeded_by:
            if standing.succeeded_by.pk in passed:
                break
            standing = standing.succeeded_by
            passed.add(standing.pk)
        return standing


class FormerName(models.Model):
    """A name that an organisation bore, inclusive of both dates."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names"
    )
    name = models.CharField(max_length=200)
    used_from = models.DateField(null=True, blank=True)
    used_until = models.DateField()

    def __str__(self) -> str:
        return self.name

    @property
    def with_dates(self) -> str:
        """The name, and when it was borne."""
        begun = f"{long_date(self.used_from)} " if self.used_from else ""
        return f"{self.name} ({begun}to {long_date(self.used_until)})"


class AddresseeGroup(models.Model):
    """Several addressees under one name, such as “chief constables” for 43 territorial forces."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Organisation, related_name="addressee_groups")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
