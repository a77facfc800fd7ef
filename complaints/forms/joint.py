"""The forms of making a complaint jointly."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation


class OrganisationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of an organisation that says which are not designated."""

    designated: frozenset[int] = frozenset()

    def label_from_instance(self, obj: Organisation) -> str:
        """How one choice reads."""
        return obj.name if obj.pk in self.designated else f"{obj.name} (not designated)"


class InviteForm(forms.Form):
    """Which organisation is invited."""

    organisation = OrganisationChoice(
        Organisation.objects.none(),
        label="Which organisation do you invite?",
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation that you invite."},
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        designated: frozenset[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, OrganisationChoice)  # noqa: S101  Told to the type checker.
        choice.queryset, choice.designated = organisations, designated


class EndingForm(forms.Form):
    """Why a body is not invited or joined any more."""

    reason = forms.CharField(
        label="Reason",
        help_text="The other organisation reads it.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Give a reason. The other organisation reads it."},
    )
