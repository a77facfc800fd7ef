"""Form fields that people fill in the GOV.UK way: a date in three boxes, an instant in London."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import QuerySet

from clock.london import LONDON, read_instant

MONTHS = [date(2000, month, 1).strftime("%B").lower() for month in range(1, 13)]
DATE_LIKE = "27 3 2018"


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of a form choose among some rows, such as those of its case."""
    field: Any = form.fields[name]
    field.queryset = rows


class Boxes(forms.MultiWidget):
    """Several boxes that make one value: what each is called, and how wide it is."""

    parts: ClassVar[Sequence[tuple[str, int]]]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"label": part.capitalize(), "width": width})
            for part, width in self.parts
        }
        super().__init__(boxes, attrs)


class DateBoxes(Boxes):
    """Three boxes for day, month and year."""

    parts = (("day", 2), ("month", 2), ("year", 4))

    def decompress(self, value: date | None) -> list[int | None]:
        """A date as its three numbers."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class InstantBoxes(Boxes):
    """Four boxes for a day in London and the time on its clocks."""

    parts = (*DateBoxes.parts, ("time", 10))

    def decompress(self, value: datetime | None) -> list[int | str | None]:
        """An instant as its London day and time."""
        if value is None:
            return [None] * len(self.parts)
        there = value.astimezone(LONDON)
        return [there.day, there.month, there.year, f"{there:%H:%M}"]


class BoxesField(forms.MultiValueField):
    """A value typed into several boxes; an error says which box is wrong and how to write it.

    Args: `called` is how an error names it, where “the” and the label make no words.
    """

    widget: type[Boxes]
    like = DATE_LIKE

    def __init__(self, *, called: str = "", **options: Any) -> None:
        self.called = called
        boxes = [forms.CharField(required=False) for _ in self._parts()]
        super().__init__(boxes, require_all_fields=False, **options)

    def clean(self, value: Any) -> Any:
        """The value, or an error in words."""
        names = [name for name, _width in self._parts()]
        typed = [str(part or "").strip() for part in (value or [""] * len(names))]
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter {self.in_words}, like {self.like}.", code="required")
            return None
        if missing := [name for name, given in zip(names, typed, strict=True) if not given]:
            subject = self.in_words[0].upper() + self.in_words[1:]
            message = f"{subject} must include a {' and a '.join(missing)}."
            raise ValidationError(message, code=" ".join(missing))
        read = self.read(typed)
        self.run_validators(read)
        return read

    def read(self, typed: list[str]) -> Any:
        """The value that the boxes hold, all of them filled."""
        raise NotImplementedError

    @property
    def in_words(self) -> str:
        """How an error names the value: “the date of receipt”."""
        label = str(self.label or "date")
        asked = "date" if label.endswith("?") else label[0].lower() + label[1:]
        return self.called or f"the {asked}"

    @classmethod
    def _parts(cls) -> Sequence[tuple[str, int]]:
        return cls.widget.parts

    def compress(self, data_list: list[Any]) -> Any:
        """Unused: `clean` reads the boxes itself, to say which one is wrong."""
        return data_list


class DateField(BoxesField):
    """A date typed as day, month (a number or a name) and year."""

    widget = DateBoxes

    def read(self, typed: list[str]) -> date:
        """The date."""
        return read_date(typed)


class InstantField(BoxesField):
    """An instant typed as a day and a time on London's clocks; the value knows its zone."""

    widget = InstantBoxes
    like = f"{DATE_LIKE} and 10:00"

    def read(self, typed: list[str]) -> datetime:
        """The instant."""
        *day, clock = typed
        return read_instant(read_date(day), clock)


def read_date(typed: list[str]) -> date:
    """The date of three boxes.

    Raises: ValidationError whose code names the wrong box.
    """
    written, (day, month, year) = " ".join(typed), typed
    month_number = _month(month)
    if not year.isascii() or not year.isdigit() or len(year) != 4:
        raise ValidationError(f"{year} is not a year. Write it with 4 numbers.", code="year")
    if month_number is None:
        raise ValidationError(f"{month} is not a month. Write a number, 1 to 12.", code="month")
    try:
        return date(int(year), month_number, int(day if day.isascii() and day.isdigit() else 0))
    except ValueError:
        message = f"{written} is not a real date. Write it like {DATE_LIKE}."
        raise ValidationError(message, code="day") from None


def _month(typed: str) -> int | None:
    """The number of a month given as number, name or the name's first three letters."""
    if typed.isascii() and typed.isdigit():
        return int(typed) if 1 <= int(typed) <= len(MONTHS) else None
    named = (place for place, name in enumerate(MONTHS, 1) if typed.lower() in {name, name[:3]})
    return next(named, None)


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files."""

    widget = SeveralFiles
    # What is shown beside it of files that came before the form is sent: documents/to_send.html.
    tray: Any = None

    def clean(self, data: Any, initial: Any = None) -> list["File[bytes]"]:
        """Each file, checked by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given or [None]]
