"""What an addressee fills in to answer, and what closes an obligation."""

from typing import Any

from django import forms
from django.http import QueryDict

from drafting.fields import DateField
from drafting.forms import VersionedForm
from recommendations.models import Response
from recommendations.states import Branch, Position


class ResponseForm(VersionedForm):
    """An answer: its position, one of two branches, and the account that the branch asks for."""

    position = forms.ChoiceField(
        label="Does your organisation accept the recommendation?",
        choices=Position.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether your organisation accepts it."},
    )
    branch = forms.ChoiceField(
        label="What has your organisation done, or what will it do?",
        choices=Branch.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether action is taken or not."},
    )
    account = forms.CharField(
        label="What, by whom and how you will know that it worked; or why no action is taken",
        widget=forms.Textarea({"rows": 10}),
        max_length=50_000,
        error_messages={"required": "Enter what is done or planned, or why nothing is."},
    )
    complete_by_on = DateField(label="Date by which it will be complete", required=False)

    @classmethod
    def of(cls, response: Response | None, *, typed: QueryDict | None = None) -> "ResponseForm":
        """The form as it opens over the answer that stands, or over none."""
        if response is None:
            return cls(typed)
        stored: dict[str, Any] = {
            name: getattr(response, name)
            for name in ("position", "branch", "account", "complete_by_on")
        }
        return cls(typed, initial=stored, version=response.version)


class ClosureForm(forms.Form):
    """Why an obligation is closed."""

    reason = forms.CharField(
        label="Reason for closing",
        help_text="It stays on the record. The addressee sees that it is closed.",
        widget=forms.Textarea({"rows": 5}),
        max_length=10_000,
        error_messages={"required": "Enter the reason for closing it."},
    )
