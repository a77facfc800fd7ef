"""Super-complaints schemes: who decides, who designates, and who is designated."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from accounts.models.organisations import AddresseeGroup, Organisation


class Regime(models.Model):
    """A super-complaints scheme: which authorities decide, who designates, under which law."""

    key = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    law = models.CharField(max_length=120)
    designating_minister = models.CharField(max_length=80)
    # The first day of the scheme: nothing was received under it before.
    began_on = models.DateField()
    authorities = models.ManyToManyField(
        Organisation, through="RegimeAuthority", related_name="regimes"
    )
    forces = models.ForeignKey(
        AddresseeGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def parts_in_order(self) -> tuple["RegimeAuthority", ...]:
        """The part of each of its authorities, in its order, read once for a page or an act."""
        return tuple(self.parts.select_related("organisation"))

    @property
    def receiver(self) -> "RegimeAuthority":
        """The authority that receives and publishes. Raises: DoesNotExist where none is named."""
        for part in self.parts_in_order:
            if part.receives_and_publishes:
                return part
        raise RegimeAuthority.DoesNotExist(f"No authority of {self} receives super-complaints.")


class RegimeAuthority(models.Model):
    """One authority's part in a regime: one of them receives and publishes."""

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts")
    office = models.CharField(max_length=120)
    receives_and_publishes = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regime", "order"]
        verbose_name_plural = "regime authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "organisation"], name="an_authority_has_one_part_in_a_regime"
            ),
            models.UniqueConstraint(
                fields=["regime"],
                condition=Q(receives_and_publishes=True),
                name="one_authority_of_a_regime_receives",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} in {self.regime.key}"


class DesignationQuerySet(models.QuerySet["Designation"]):
    """Designations by day."""

    def on(self, day: date) -> "DesignationQuerySet":
        """Those in force on a day. Law: Police Reform Act 2002 s.29B(1)."""
        return self.filter(Q(revoked_on=None) | Q(revoked_on__gt=day), designated_on__lte=day)


class Designation(models.Model):
    """A body's designation by the minister of a regime, from one day until another."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="designations"
    )
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="designations")
    designated_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    instrument = models.CharField(max_length=80)
    verification = models.CharField(max_length=200, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "designated_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("designated_on")),
                name="a_designation_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["organisation", "regime"],
                condition=Q(revoked_on=None),
                name="one_open_designation_in_a_regime",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.instrument})"
