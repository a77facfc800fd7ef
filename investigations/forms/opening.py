"""Opening an investigation and changing its team."""

from typing import Any

from django import forms

from accounts.models import Membership
from accounts.roles import Role
from accounts.services.teams import can_join_teams, team_members
from complaints.models import Complaint, Feature
from drafting.fields import offer
from drafting.forms import VersionedForm
from investigations.models import Investigation


class OpenForm(forms.Form):
    """Who leads the investigation, and with whom it begins."""

    lead = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Lead investigator",
        help_text="Their authority leads the investigation.",
        empty_label="Choose a person",
        error_messages={"required": "Choose who leads the investigation."},
    )
    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label="Others on the team",
        help_text="They see the case from now on. You can change the team later.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = can_join_teams().filter(organisation__regimes=complaint.regime)
        offer(self, "lead", people.with_role(Role.LEAD_INVESTIGATOR))
        offer(self, "members", people)


class MemberForm(forms.Form):
    """Somebody to put on the team."""

    membership = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Person to add",
        help_text="They see the whole case from the moment you add them.",
        empty_label="Choose a person",
        error_messages={"required": "Choose a person to add."},
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_it = team_members(investigation.complaint).values("pk")
        people = can_join_teams().filter(organisation__regimes=investigation.complaint.regime)
        offer(self, "membership", people.exclude(pk__in=on_it))


class LeadForm(forms.Form):
    """Who leads from now on."""

    lead = forms.ModelChoiceField(
        Membership.objects.none(),
        label="New lead investigator",
        empty_label="Choose a person",
        error_messages={"required": "Choose who leads from now on."},
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = can_join_teams().with_role(Role.LEAD_INVESTIGATOR)
        at = investigation.lead_authority
        self.fields[
            "lead"
        ].help_text = (
            f"A lead investigator of {at.short_name}. An administrator gives people this role."
        )
        there = people.filter(organisation=at)
        offer(self, "lead", there.exclude(pk=investigation.lead_id))


class LineForm(VersionedForm):
    """A line of enquiry."""

    question = forms.CharField(
        label="Question",
        help_text="What you want to find out, as one question.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the question."},
    )
    method = forms.CharField(
        label="How you will answer it",
        help_text="For example: a survey of all forces, interviews, a review of case files.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    feature = forms.ModelChoiceField(
        Feature.objects.none(),
        label="Feature of policing it is about",
        required=False,
        empty_label="Not one alone",
    )
    owner = forms.ModelChoiceField(
        Membership.objects.none(), label="Who works on it", required=False, empty_label="Nobody yet"
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "feature", investigation.complaint.features.all())
        offer(self, "owner", team_members(investigation.complaint))
