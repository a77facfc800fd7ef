"""A row of the reference data in Django's admin, which knows what it said when it was opened."""

import hashlib
import json
from typing import Any, cast

from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict

from accounts.models import Membership, Organisation
from accounts.roles import ROLES_AT

OVERTAKEN = (
    "Another administrator saved this row while you were writing. Yours is below and not saved yet."
    " Compare it with what they wrote, change it as you want it, then save it."
)


# Django makes a subclass of it for each model, and its class takes no argument at run time.
class ReferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Saves over nothing that another administrator wrote meanwhile, until both were shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.standing = self.standing_of_row()

    def standing_of_row(self) -> str:
        """What the row says, as one hash; of a row that is not there yet nothing."""
        if self.instance.pk is None:
            return ""
        said = json.dumps(model_to_dict(self.instance), default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        """Refuse what was opened before a later save, and say where the two differ."""
        given = super().clean() or self.cleaned_data
        if given.get("seen", "") != self.standing:
            differ = [name for name in self.changed_data if name != "seen"]
            self.add_error(None, [OVERTAKEN, *map(self.theirs, differ)])
            # Whoever saves this page again has read both.
            read = cast(QueryDict, self.data).copy()
            read[self.add_prefix("seen")] = self.standing
            self.data = read
        return given

    def theirs(self, name: str) -> str:
        """What the other administrator wrote in one field, in words."""
        named = getattr(self.instance, f"get_{name}_display", None)
        value = named() if named else getattr(self.instance, name)
        values = value.all() if hasattr(value, "all") else [value]
        words = ", ".join(str(one) for one in values if one not in (None, ""))
        return f"{self.fields[name].label}: they wrote “{words}”."


class OrganisationForm(ReferenceForm):
    """An organisation, which keeps a kind that has the roles of the people there."""

    def clean_kind(self) -> str:
        """Refuse a kind without a role that somebody has there."""
        kind: str = self.cleaned_data["kind"]
        if kind == self.instance.kind:
            return kind
        there = [role.value for role in ROLES_AT[Organisation.Kind(kind)]]
        standing = Membership.objects.filter(organisation_id=self.instance.pk, ended_at=None)
        left = standing.exclude(roles__contained_by=there).select_related("user").first()
        if left:
            raise forms.ValidationError(
                f"{left.user} is {left.role_labels} there, which nobody is at an organisation of "
                "this kind. Change their roles or end their membership first."
            )
        return kind
