"""Organisations, the regimes they belong to, people, and memberships that tie the two."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.roles import SECOND_FACTOR_ROLES, Role


class Organisation(models.Model):
    """A body that complains, decides, is complained of, or owes an answer."""

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        AUTHORITY = "authority", "Deciding authority"
        DESIGNATED_BODY = "designated_body", "Designated body"
        FORCE = "force", "Police force"
        POLICING_BODY = "policing_body", "Local policing body"
        GOVERNMENT = "government", "Government department"
        ASSOCIATION = "association", "Association of forces or policing bodies"
        OTHER = "other", "Other organisation"

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    # Where a case of the regime stands is public, a contact's address is not.
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

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exists_until__isnull=True)
                | Q(exists_from__isnull=True)
                | Q(exists_until__gte=F("exists_from")),
                name="an_organisation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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


class AddresseeGroup(models.Model):
    """Several addressees under one name, such as “chief constables” for 43 territorial forces."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Organisation, related_name="addressee_groups")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Regime(models.Model):
    """A super-complaints scheme: which authorities decide, who designates, under which law."""

    key = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    law = models.CharField(max_length=120)
    designating_minister = models.CharField(max_length=80)
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


class UserManager(BaseUserManager["User"]):
    """Makes people, by e-mail address."""

    def create_user(
        self, email: str, name: str, password: str | None = None, **facts: Any
    ) -> "User":
        """A person with an address of their own; without a password they can't sign in yet."""
        user = self.model(email=email.strip().lower(), name=name, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail address, in whatever case it was typed."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do hangs on their memberships alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the reference-data admin opens: administrators only."""
        return self.is_active and any(
            Role.ADMINISTRATOR in membership.roles for membership in self.memberships.current()
        )

    def has_module_perms(self, app_label: str) -> bool:
        """In the admin, an administrator sees each room that registers reference data."""
        return self.is_staff

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """The admin's question; the service's own pages ask the matrix instead."""
        return self.is_staff if obj is None else super().has_perm(perm, obj)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by day and by role."""

    def current(self) -> "MembershipQuerySet":
        """Those that stand now, of people who are not deactivated."""
        return self.filter(ended_at=None, user__is_active=True)

    def with_role(self, role: Role) -> "MembershipQuerySet":
        """Those that carry a role."""
        return self.filter(roles__contains=[role])


class Membership(models.Model):
    """A person at an organisation, with the roles they have there: whoever acts, acts as this."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    title = models.CharField(max_length=120, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at=None),
                name="one_current_membership_at_an_organisation",
            ),
            models.CheckConstraint(condition=~Q(roles=[]), name="a_membership_has_a_role"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=[role.value for role in Role]),
                name="a_membership_has_known_roles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.organisation.short_name}"

    @property
    def record_label(self) -> str:
        """How the record names whoever acted: the office, never the person's name."""
        roles = ", ".join(sorted(Role(role).label for role in self.roles))
        return f"{self.organisation.name} ({roles})"

    @property
    def record_name(self) -> str:
        """The person's name, kept beside the record under a salted hash."""
        return self.user.name

    @property
    def role_labels(self) -> str:
        """The roles in words, for the header and lists."""
        return ", ".join(Role(role).label for role in Role if role in self.roles)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles demands TOTP or a passkey."""
        return bool(SECOND_FACTOR_ROLES.intersection(self.roles))

    def has_role(self, role: Role) -> bool:
        """Whether this membership carries a role."""
        return role in self.roles


class CaseTeam(models.Model):
    """The people of one organisation who work on one case; django-guardian grants to its group."""

    case_key = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="case_team")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_key", "organisation"], name="one_team_of_an_organisation_on_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} on {self.case_key}"


class Wall(models.Model):
    """A conflict of interest: this person sees nothing of this case, whatever else grants it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="walls")
    case_key = models.CharField(max_length=20)
    reason = models.TextField()
    raised_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case_key"],
                condition=Q(lifted_at=None),
                name="one_standing_wall_between_a_person_and_a_case",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_wall_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"wall between {self.user} and {self.case_key}"
