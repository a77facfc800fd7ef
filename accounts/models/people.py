"""People, and the memberships that tie them to organisations in their roles."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models.organisations import Organisation
from accounts.roles import SECOND_FACTOR_ROLES, Role


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

    @cached_property
    def is_staff(self) -> bool:
        """Whether the reference-data admin opens: administrators only.

        Each page of it asks thirty times; the person is read afresh at each request.
        """
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
