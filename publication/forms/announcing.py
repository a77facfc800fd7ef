"""What is typed about an announcement: its title, its instant, why a refusal is published."""

from django import forms

from publication.forms.release import WallTimeForm


class AnnouncementForm(WallTimeForm):
    """The title that the public reads, and the London wall time."""

    title = forms.CharField(
        label="Title that the public reads",
        max_length=250,
        error_messages={"required": "Enter a title."},
    )
    because = forms.CharField(
        label="Why it is published that this is not eligible",
        help_text="No law asks for it, so the reason for the choice is kept. It is not published.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is published."},
    )
    field_order = ["title", "because", "on", "at"]

    def asks_for_no_reason(self) -> None:
        """Leave the reason out: a decision in favour is announced as a matter of course."""
        del self.fields["because"]

    @property
    def because_typed(self) -> str:
        """The reason for the choice, or nothing where none is asked for."""
        return str(self.cleaned_data.get("because", ""))
