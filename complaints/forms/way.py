"""How something is sent to a body of which nobody can read it in this service."""

from typing import Any

from django import forms

from complaints.models import Complaint, Letter
from complaints.readers import unread_body


class WayForm(forms.Form):
    """A form that sends to the body: it asks how, where nobody there can read it here."""

    way = forms.CharField(
        label="How you send it to the body",
        help_text="For example, by post to 12 High Street, Southall, or by e-mail to the address "
        "that its letter gives. It is kept with the letter.",
        max_length=Letter._meta.get_field("way").max_length,
        error_messages={"required": "Enter how you send it to the body."},
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unread = unread_body(complaint)
        if self.unread is None:
            del self.fields["way"]

    @property
    def way_given(self) -> str:
        """How it is sent, or nothing where it is read here."""
        given: str = self.cleaned_data.get("way", "")
        return given
