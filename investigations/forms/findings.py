"""What is typed about findings: the text, the ties, the agreement."""

from typing import Any

from django import forms

from complaints.models import Feature
from drafting.fields import offer
from drafting.forms import VersionedForm
from investigations.models import EvidenceItem, Investigation
from investigations.querysets import EvidenceQuerySet
from investigations.states import Bearing


class FindingForm(VersionedForm):
    """A finding: what is concluded, and why. Law: SI 2018/748 reg. 8(1)(b)."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title."}
    )
    conclusion = forms.CharField(
        label="What you conclude",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what you conclude."},
    )
    reasons = forms.CharField(
        label="Why",
        help_text="The reasons go into the report beside the conclusion.",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    feature = forms.ModelChoiceField(
        Feature.objects.none(),
        label="Feature of policing it is about",
        required=False,
        empty_label="Not one alone",
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "feature", investigation.complaint.features.all())


class LinkForm(forms.Form):
    """What an evidence item does for a finding."""

    evidence_item = forms.ModelChoiceField(
        EvidenceItem.objects.none(),
        label="Evidence item",
        empty_label="Choose an item",
        error_messages={"required": "Choose an evidence item."},
    )
    bearing = forms.ChoiceField(
        label="What it does for the finding",
        choices=Bearing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it does for the finding."},
    )
    note = forms.CharField(
        label="Note",
        help_text="For example the page.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, items: EvidenceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "evidence_item", items)


class AgreeForm(forms.Form):
    """One authority's agreement to the text that was read."""

    text_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label="I have read this text, and my authority agrees to it",
        error_messages={"required": "Confirm that you have read the text and agree to it."},
    )
