"""The forms of a letter of the desk's own."""

from django import forms

from complaints.forms.casework import LetterForm
from complaints.models import Letter
from complaints.services.letter_templates import TEMPLATES, refuse_gaps
from drafting.refusals import refusals_in


class TemplateForm(forms.Form):
    """What kind of letter it is."""

    template = forms.ChoiceField(
        label="What do you write?",
        choices=[(row.name, row.title) for row in TEMPLATES],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you write.",
            "invalid_choice": "Choose what you write from the list.",
        },
    )


class OwnLetterForm(LetterForm):
    """The line above the letter and its text, without a gap of the template left in it."""

    field_order = ["subject", "text", "way"]
    subject = forms.CharField(
        label="Line above the letter",
        max_length=Letter._meta.get_field("subject").max_length,
        error_messages={"required": "Write the line above the letter."},
    )

    def clean_text(self) -> str:
        """The text, once every gap is filled in or deleted."""
        text: str = self.cleaned_data["text"]
        with refusals_in(self, "text"):
            refuse_gaps(text)
        return text


class GeneralLetterForm(OwnLetterForm):
    """A letter about anything; what is typed is kept by the form, so each template has its own."""


class ReplyForm(OwnLetterForm):
    """A reply to a question."""


class MissingPartLetterForm(OwnLetterForm):
    """A request for a missing part."""


FORMS = {
    "general": GeneralLetterForm,
    "reply": ReplyForm,
    "missing-part": MissingPartLetterForm,
}
