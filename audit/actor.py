"""Whoever acts, as the record knows them."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Actor(Protocol):
    """Whoever acts: a membership (a person at an organisation, in their roles)."""

    @property
    def user(self) -> "AbstractBaseUser":
        """The person."""

    @property
    def record_label(self) -> str:
        """How the record names them: the office, never the person's name."""

    @property
    def record_name(self) -> str:
        """The person's name, kept beside the record."""
