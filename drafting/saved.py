"""Keeping what a person typed, giving it back, and forgetting it once it is saved."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Membership
from audit.events import subject_label
from drafting.combining import all_of, changed, in_words
from drafting.models import SavedDraft

WINDOW = re.compile(r"[0-9a-f-]{1,36}")
MARK = re.compile(r"([0-9a-f-]{0,36})@(\d{1,16})")
# How long a message of a window may be late: a browser's own copy of a text that was saved since.
REMEMBERED = timedelta(days=90)
Place = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """What a person typed into a form and has not saved: a text of each window, oldest first."""

    rows: tuple[SavedDraft, ...]

    @property
    def saved_at(self) -> datetime:
        """When the last of it came in."""
        return self.rows[-1].saved_at

    @property
    def content(self) -> dict[str, list[str]]:
        """The values of each field; of several windows the last."""
        return {name: value for row in self.rows for name, value in row.content.items()}

    @property
    def marks(self) -> str:
        """Names these very texts, for the form that shows them to say what it replaces."""
        return " ".join(row.mark for row in self.rows)

    def typed_for(self, name: str) -> list[list[str]]:
        """The values of one field, oldest first."""
        return [row.content[name] for row in self.rows if row.content.get(name)]

    def typed_into(self, boxes: list[str]) -> list[list[str]]:
        """The values of the boxes of one field, oldest first."""
        return [[(row.content.get(box) or [""])[-1] for box in boxes] for row in self.rows]

    def in_view(self, typed: Mapping[str, str]) -> "Kept | None":
        """Of these texts those that a refused form shows: its own, and what it had started from."""
        marked = typed.get("typed_shown", "").split()
        window = window_of(typed)
        rows = tuple(row for row in self.rows if row.window == window or row.mark in marked)
        return Kept(rows) if rows else None


@transaction.atomic
def keep(typed: QueryDict, *, form: forms.BaseForm, of: Any, by: Membership) -> SavedDraft:
    """Keep what was typed into a form for its author; the last text of a window replaces earlier.

    The version that the form was opened with is kept too: what is restored and then saved meets
    the conflict page if somebody else saved in between. What comes late changes nothing.
    """
    place, window = _place(form, of, by), window_of(typed)
    _settle(SavedDraft.objects.filter(**place), typed.get("typed_shown", ""))
    names = [
        part
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
        for part in parts_of(form, name)
    ]
    facts: dict[str, Any] = {
        "content": {name: without_nul(typed.getlist(name)) for name in names if name in typed},
        "typed_ms": typed_ms(typed),
        "saved_at": timezone.now(),
        "is_settled": False,
    }
    rows = SavedDraft.objects.select_for_update()
    row, is_new = rows.get_or_create(**place, window=window, defaults=facts)
    if is_new or (window and facts["typed_ms"] < row.typed_ms + row.is_settled):
        return row
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return row


def without_nul(values: list[str]) -> list[str]:
    """Typed values as they can be stored: no row can hold a NUL, and nobody means one."""
    return [value.replace("\x00", "") for value in values]


def kept(*, form: type[forms.BaseForm], of: Any, by: Membership) -> Kept | None:
    """What this person typed here and has not saved, or None."""
    rows = SavedDraft.objects.filter(**_place(form, of, by), is_settled=False).order_by("saved_at")
    return Kept(tuple(rows)) if rows else None


@transaction.atomic
def forget(*, form: forms.BaseForm, of: Any, by: Membership) -> None:
    """Drop what was kept of this window, and what it showed, since it is saved now.

    What the same person typed in another window and has not saved stays.
    """
    place, window = _place(form, of, by), window_of(form.data)
    rows = SavedDraft.objects.filter(**place)
    for named in ("typed_shown", "typed_replaced"):
        _settle(rows, form.data.get(named, ""))
    rows.filter(window="").delete()
    rows.filter(is_settled=True, saved_at__lt=timezone.now() - REMEMBERED).delete()
    if window:
        facts = {"content": {}, "typed_ms": typed_ms(form.data), "is_settled": True}
        SavedDraft.objects.update_or_create(**place, window=window, defaults=facts)


def restored(form: forms.BaseForm, typed: Kept) -> forms.BaseForm:
    """An unbound form showing what was kept instead of what is stored.

    Where two windows differ, a long text shows the lines of both, and any other field the last;
    `also_typed` of the form has the others, with the names of their fields.
    """
    also: list[tuple[str, str]] = []
    for name, field in form.fields.items():
        values = values_of(form, name, typed)
        if not values:
            continue
        if name == "version":
            form.initial[name] = _oldest(values)
            continue
        texts = changed(field, form.get_initial_for_field(field, name), values) or values[-1:]
        form.initial[name] = all_of(field, texts)
        if not isinstance(field.widget, forms.Textarea):
            also += [(str(field.label or name), in_words(field, one)) for one in texts[:-1]]
    form.also_typed = also  # type: ignore[attr-defined]
    return form


def parts_of(form: forms.BaseForm, name: str) -> list[str]:
    """The names under which a field is typed: one, or one for each of its boxes."""
    whole, widget = form.add_prefix(name), form.fields[name].widget
    if isinstance(widget, forms.MultiWidget):
        # Django has them, its stubs do not.
        return [f"{whole}{part}" for part in widget.widgets_names]  # type: ignore[attr-defined]
    return [whole]


def values_of(form: forms.BaseForm, name: str, typed: Kept) -> list[Any]:
    """What was typed into a field, window by window, as its widget takes it."""
    widget = form.fields[name].widget
    if isinstance(widget, forms.MultiWidget):
        return list(filter(any, typed.typed_into(parts_of(form, name))))
    several = getattr(widget, "allow_multiple_selected", False)
    return [value if several else value[-1] for value in typed.typed_for(form.add_prefix(name))]


def carry(form: forms.BaseForm, typed: SavedDraft) -> None:
    """Let a form say, once it is saved, which kept text it shows."""
    shown = forms.CharField(initial=typed.mark, required=False, widget=forms.HiddenInput)
    form.fields["typed_shown"] = shown


def window_of(typed: Mapping[str, str]) -> str:
    """The browser window of what is sent; empty without a script to name it."""
    named = typed.get("typed_window", "")
    return named if WINDOW.fullmatch(named) else ""


def typed_ms(typed: Mapping[str, str]) -> int:
    """When it was typed by the clock of its window, in thousandths of a second; else now."""
    named = typed.get("typed_ms", "")
    is_number = named.isascii() and named.isdigit() and len(named) <= len("1700000000000000")
    return int(named) if is_number else int(time.time() * 1000)


def _settle(rows: QuerySet[SavedDraft], marks: str) -> None:
    """Note of texts that they stand elsewhere now, unless something was typed since."""
    for window, at in MARK.findall(marks):
        rows.filter(window=window, typed_ms=at).update(is_settled=True, content={})


def _oldest(versions: list[Any]) -> Any:
    """The lowest of the versions: whoever saves over a later one is shown both texts."""
    numbers = [int(one) for one in versions if str(one).isdecimal()]
    return min(numbers) if numbers else versions[-1]


def _place(form: forms.BaseForm | type[forms.BaseForm], of: Any, by: Membership) -> Place:
    kind = form if isinstance(form, type) else type(form)
    return {"membership": by, "record": subject_label(of), "form": kind.__name__}
