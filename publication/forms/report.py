"""What is typed about a report: its title, its sections, its press notice, what is left out."""

from typing import Any

from django import forms

from drafting.forms import VersionedForm
from publication.states import Ground


class BeginForm(forms.Form):
    """The title of a report that is begun."""

    title = forms.CharField(
        label="Title of the report",
        max_length=250,
        error_messages={"required": "Enter a title."},
    )


class SectionForm(VersionedForm):
    """What is written by hand in one section."""

    text = forms.CharField(
        label="What you write",
        help_text="An empty line begins a paragraph. The records below it are added as they are.",
        widget=forms.Textarea(attrs={"rows": 16}),
        required=False,
    )


class NoticeForm(VersionedForm):
    """What the press notice says besides what the records give it."""

    title = forms.CharField(
        label="Title of the report", max_length=250, error_messages={"required": "Enter a title."}
    )
    headline = forms.CharField(
        label="Headline of the press notice", help_text="At most 20 words.", max_length=200
    )
    standfirst = forms.CharField(
        label="Standfirst",
        help_text="One or two sentences that say the most important thing.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    planned_for = forms.CharField(
        label="London time that the notice states",
        help_text="Like 2026-12-17 10:00. Leave it empty if the time is not settled: the notice "
        "then points to the page, and the time can be set after the seal.",
        required=False,
        max_length=40,
    )

    def clean_headline(self) -> Any:
        """At most 20 words."""
        headline = self.cleaned_data["headline"]
        if len(headline.split()) > 20:
            raise forms.ValidationError("Shorten the headline to 20 words.")
        return headline


class OpinionForm(VersionedForm):
    """One authority's opinion on a matter in dispute; once given, its matter stays."""

    matter = forms.CharField(
        label="On what the authorities do not agree",
        max_length=250,
        error_messages={"required": "Enter the matter in dispute."},
    )
    text = forms.CharField(
        label="Your authority’s opinion",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter the opinion."},
    )

    def __init__(self, *args: Any, version: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        if version:
            self.fields["matter"].widget = forms.HiddenInput()


class ExclusionForm(forms.Form):
    """A passage that is left out. Law: SI 2018/748 reg. 8(3)."""

    passage = forms.CharField(
        label="Passage",
        help_text="Exactly as it was written. It must be gone from the text before the seal.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the passage."},
    )
    ground = forms.ChoiceField(
        label="Why it is left out",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two grounds."},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason."},
    )


class ReasonForm(forms.Form):
    """Why something is done; for all that needs nothing else."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason."},
    )
