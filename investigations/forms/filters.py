"""The filter of the evidence log: read from the address, so that Back and a bookmark keep it."""

from typing import Any

from django import forms
from django.utils.text import Truncator

from drafting.fields import offer
from investigations.models import Investigation, LineOfEnquiry
from investigations.querysets import EvidenceQuerySet
from investigations.states import EvidenceStatus

SORTS = {
    "number": ("Reference", "number"),
    "-number": ("Newest", "-number"),
    "title": ("Title", "title"),
    "source": ("Source", "source"),
    "received": ("Received", "received_on"),
}


def short(line: LineOfEnquiry) -> str:
    """A line by its mark and the beginning of its question, as narrow as a filter."""
    return Truncator(str(line)).chars(45)


class EvidenceFilter(forms.Form):
    """What of the log is shown, and in which order. A value it does not know narrows nothing."""

    q = forms.CharField(label="Words of title or source", max_length=100, required=False)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any"), *EvidenceStatus.choices], required=False
    )
    line = forms.ModelChoiceField(
        LineOfEnquiry.objects.none(), label="Line of enquiry", required=False, empty_label="Any"
    )
    unlinked = forms.BooleanField(label="Not linked to a finding", required=False)

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "line", investigation.lines.all())
        lines = [(line.pk, short(line)) for line in investigation.lines.all()]
        self.fields["line"].choices = [("", "Any"), *lines]  # type: ignore[attr-defined]
        self.has_lines = bool(lines)
        self.is_valid()

    def asked(self, name: str) -> Any:
        """One part of the filter, or nothing where it is empty or makes no sense."""
        return self.cleaned_data.get(name)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any(self.cleaned_data.values())

    def of(self, rows: EvidenceQuerySet) -> EvidenceQuerySet:
        """The rows that are asked for."""
        if words := self.asked("q"):
            rows = rows.with_words(words)
        if status := self.asked("status"):
            rows = rows.filter(status=status)
        if line := self.asked("line"):
            rows = rows.filter(lines=line)
        return rows.unlinked() if self.asked("unlinked") else rows
