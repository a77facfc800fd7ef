"""The forms of a draft, one for each part; only a finished part is asked for what it lacks."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from accounts import reference
from accounts.models import Organisation, Regime
from complaints.models import Complaint
from drafting.forms import VersionedForm

FINISHED = [("yes", "Yes, I have finished this section"), ("no", "No, I will come back to it")]


def long_text(label: str, hint: str = "", *, rows: int = 12) -> forms.CharField:
    """A field for reasoned text."""
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.Textarea({"rows": rows})
    )


def asked_later(field: forms.Field) -> forms.Field:
    """The field, which the page must not call optional though an unfinished part may lack it."""
    field.asked_later = True  # type: ignore[attr-defined]
    return field


class StartForm(forms.Form):
    """The first page: a title, and the scheme where a body is designated in several."""

    title = forms.CharField(
        label="Title of the super-complaint",
        help_text="A few words that say what it is about. You can change it later.",
        max_length=250,
        error_messages={"required": "Enter a title for the super-complaint."},
    )
    regime = forms.ModelChoiceField(
        Regime.objects.none(),
        label="Which police is it about?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose which police it is about."},
    )

    def __init__(self, *args: Any, regimes: QuerySet[Regime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["regime"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  Told to the type checker.
        choice.queryset = regimes
        if len(regimes) == 1:
            choice.widget = forms.HiddenInput()
            self.initial["regime"] = regimes[0].pk


class PartForm(VersionedForm):
    """One part of a draft; `asked` names what a finished part must hold, with its sentence."""

    asked: ClassVar[dict[str, str]] = {}

    finished = forms.ChoiceField(
        label="Have you finished this section?",
        choices=FINISHED,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you have finished this section."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finished"] = self.fields.pop("finished")
        for name in self.asked:
            asked_later(self.fields[name])

    def clean(self) -> dict[str, Any]:
        """Ask for what a finished part must hold."""
        given = super().clean() or self.cleaned_data
        if given.get("finished") == "yes":
            for name, sentence in self.asked.items():
                if name not in self.errors and not given.get(name):
                    self.add_error(name, sentence)
        return given

    def take_in(self, typed: Mapping[str, Any]) -> None:
        """Show what was typed into fields that are there no more; most forms keep all of theirs."""

    def content(self) -> dict[str, Any]:
        """What goes to the verb of this part."""
        given = dict(self.cleaned_data)
        given["finished"] = given["finished"] == "yes"
        return given


class TitleForm(PartForm):
    """The title."""

    asked = {"title": "Enter a title for the super-complaint."}
    title = forms.CharField(label="Title of the super-complaint", max_length=250, required=False)


class ContactForm(PartForm):
    """The contact person. Law: SI 2018/748 reg. 4(3)."""

    asked = {
        "name": "Enter the name of the contact person.",
        "email": "Enter an e-mail address, like name@example.com.",
    }
    name = forms.CharField(label="Name of the contact person", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address in the form name@example.com."},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(label="Telephone number", max_length=40, required=False)
    alternate_name = forms.CharField(
        label="Who else to ask, if they are away",
        help_text="The name of an alternate contact at your organisation.",
        max_length=120,
        required=False,
    )
    alternate_email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address in the form name@example.com."},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """An alternate’s address has a name."""
        given = super().clean()
        if given.get("alternate_email") and not given.get("alternate_name"):
            self.add_error("alternate_name", "Enter the name of the alternate contact.")
        return given


class ForcesForm(PartForm):
    """Which forces it concerns, by region. Law: Police Reform Act 2002 s.29A(1)."""

    asked = {"concerned": "Choose which forces it concerns."}
    concerned = forms.ChoiceField(
        label="Which police forces does it concern?",
        choices=Complaint.ForcesConcerned.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, forces: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = by_region(forces)
        for number, (region, members) in enumerate(self.regions.items(), start=1):
            boxes = forms.MultipleChoiceField(
                label=region,
                choices=[(str(one.pk), one.name) for one in members],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields[f"region_{number}"] = asked_later(boxes)
        self.fields["finished"] = self.fields.pop("finished")

    def clean(self) -> dict[str, Any]:
        """“Some forces” names at least one, once the part is finished."""
        given = super().clean()
        some = given.get("concerned") == Complaint.ForcesConcerned.SOME
        if some and given.get("finished") == "yes" and not self.chosen():
            self.add_error("region_1", "Choose at least one force, or choose “All forces”.")
        return given

    @property
    def map(self) -> dict[str, list[dict[str, Any]]]:
        """The forces that have a place on the tile map, by region, each with its checkbox."""
        places = {row["code"]: row for row in reference.rows("force_tiles")}
        return {
            region: [
                {"box": box.data, "place": places[one.tile_code]}
                for one, box in zip(members, self[f"region_{number}"].subwidgets, strict=True)
            ]
            for number, (region, members) in enumerate(self.regions.items(), start=1)
            if all(one.tile_code in places for one in members)
        }

    @property
    def without_a_tile(self) -> list[forms.BoundField]:
        """The regions whose forces the map does not show."""
        named = enumerate(self.regions, start=1)
        return [self[f"region_{number}"] for number, region in named if region not in self.map]

    def chosen(self) -> list[str]:
        """The numbers of the forces ticked in any region."""
        boxes = [name for name in self.fields if name.startswith("region_")]
        return [number for name in boxes for number in self.cleaned_data.get(name, [])]

    def content(self) -> dict[str, Any]:
        """What goes to the verb: the forces themselves."""
        given = super().content()
        return {
            "concerned": given["concerned"],
            "forces": Organisation.objects.filter(pk__in=self.chosen()),
            "version": given["version"],
            "finished": given["finished"],
        }


def by_region(forces: QuerySet[Organisation]) -> dict[str, list[Organisation]]:
    """The forces under the heading of their region; those of no region come last."""
    regions: dict[str, list[Organisation]] = {}
    for force in forces.order_by("region", "name"):
        regions.setdefault(force.region or "National and specialist forces", []).append(force)
    return dict(sorted(regions.items(), key=lambda region: (region[1][0].region == "", region[0])))


class EvidenceForm(PartForm):
    """The evidence in words; files and links are beside it. Law: SI 2018/748 reg. 4(2)(c)."""

    relied_on = long_text("Describe the evidence as a whole", rows=8)


class EarlierForm(PartForm):
    """Earlier complaints that the body knows of. Law: SI 2018/748 reg. 6(3), 6(4)."""

    considered = long_text(
        "Which earlier super-complaints did you consider?",
        "Give the reference or title of each, and say what is different now.",
        rows=8,
    )
