"""What is typed to correct the wording of a recommendation for a new edition of its report."""

from typing import Any

from django import forms

from drafting.forms import VersionedForm
from recommendations.models import Recommendation
from recommendations.services.correcting import pending


class WordingForm(VersionedForm):
    """The corrected wording, whom it applies to, and why it is corrected; nothing else changes."""

    wording = forms.CharField(
        label="Corrected wording",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter the corrected wording of the recommendation."},
    )
    applies_to = forms.CharField(
        label="Who it applies to",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    reason = forms.CharField(
        label="Why it is corrected",
        help_text="It is kept on record. The public reads the note of the corrected edition.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the wording is corrected."},
    )


def wording_as_it_stands(recommendation: Recommendation) -> dict[str, Any]:
    """A form's start: the words as the edition being written has them, with their version."""
    waiting = pending(recommendation)
    said = waiting or recommendation
    return {
        "initial": {
            "wording": said.wording,
            "applies_to": said.applies_to,
            "reason": waiting.reason if waiting else "",
        },
        "version": recommendation.version,
    }
