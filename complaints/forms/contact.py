"""The forms of a conversation before a submission."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Regime


class WriteForm(forms.Form):
    """A message, or a note, by its button."""

    text = forms.CharField(
        label="Message",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write the message before you send it."},
    )


class NoteForm(forms.Form):
    """The desk's own note."""

    note = forms.CharField(
        label="Note of the desk",
        help_text="The body never sees it, and no case holds it. A note takes the conversation off "
        "the list of what needs you, where no answer is needed.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write the note before you keep it."},
    )


class OpenForm(WriteForm):
    """The beginning of a conversation."""

    field_order = ["regime", "subject", "text"]
    regime = forms.ModelChoiceField(
        Regime.objects.none(),
        label="Which police is it about?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose which police it is about."},
    )
    subject = forms.CharField(
        label="Subject", max_length=200, error_messages={"required": "Enter a subject."}
    )

    def __init__(self, *args: Any, regimes: QuerySet[Regime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["regime"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = regimes
            if len(regimes) == 1:
                field.widget = forms.HiddenInput()
                self.initial["regime"] = regimes[0].pk
