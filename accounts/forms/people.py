"""Forms with which administrators invite people, change what they may do, and shut them out."""

from typing import Any, TypeAlias, cast

from django import forms

from accounts.errors import ActRefusedError
from accounts.models import Organisation
from accounts.roles import ROLES_AT, Role
from accounts.services.people import check_roles_at
from clock.london import london_today

ChoiceOfOrganisation: TypeAlias = "forms.ModelChoiceField[Organisation]"
ROLES_HINT = (
    "A body that complains has submitters, approvers and reviewers. A deciding authority has all "
    "others. Responders and response approvers can be at any organisation."
)


class RolesForm(forms.Form):
    """What a person does at an organisation."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one role."},
    )

    def clean_roles(self) -> list[Role]:
        """The roles as such."""
        return [Role(role) for role in self.cleaned_data["roles"]]


class ChangeRolesForm(RolesForm):
    """Other roles for a person, of those that their organisation has.

    It carries those that they had when it was opened.
    """

    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = ROLES_AT[Organisation.Kind(organisation.kind)]
        choices = [(role.value, role.label) for role in Role if role in there]
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = choices

    def clean_before(self) -> list[str] | None:
        """The roles that were there, or None where the form did not say."""
        return self.cleaned_data["before"].split(",") if self.cleaned_data["before"] else None

    def was_overtaken(self, roles: list[str]) -> bool:
        """Whether the roles are not what they were when the form was opened."""
        before = self.cleaned_data["before"]
        return before is not None and sorted(before) != sorted(roles)


class InviteForm(RolesForm):
    """Whom to invite, where, and to do what."""

    name = forms.CharField(
        label="Full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the person’s full name."},
    )
    email = forms.EmailField(
        label="Email address",
        help_text="We send the invitation here. The person signs in with this address.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter an email address.",
            "invalid": "Enter an email address in the correct format, like name@example.com.",
        },
    )
    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.none(),
        empty_label="Select an organisation",
        error_messages={"required": "Select an organisation."},
    )

    field_order = ["name", "email", "organisation", "roles"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Organisation.objects.not_ended_by(london_today())
        cast(ChoiceOfOrganisation, self.fields["organisation"]).queryset = standing
        self.fields["roles"].help_text = ROLES_HINT

    def clean(self) -> dict[str, Any]:
        """Say beside the roles that the organisation does not have one of them."""
        given = super().clean() or self.cleaned_data
        if "organisation" in given and "roles" in given:
            try:
                check_roles_at(given["organisation"], given["roles"])
            except ActRefusedError as refusal:
                self.add_error("roles", str(refusal))
        return given


class ReasonForm(forms.Form):
    """Why something is done that shuts a person out or lets one in."""

    reason = forms.CharField(
        label="Reason",
        help_text="Kept beside the record. Administrators and auditors can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Enter the reason."},
    )


class WallForm(ReasonForm):
    """From which case a person is shut off, and why."""

    reference = forms.CharField(
        label="Case reference",
        help_text="For example, SC-2018-417.",
        max_length=20,
        error_messages={"required": "Enter the case reference."},
    )

    field_order = ["reference", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What is the conflict of interest?"


class ConfirmForm(forms.Form):
    """Nothing to enter: the page asks only whether to go on."""
