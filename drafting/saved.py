"""Keeping what a person typed, giving it back, and forgetting it once it is saved."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Membership
from audit.events import subject_label
from drafting.models import SavedDraft


def keep(typed: QueryDict, *, form: forms.BaseForm, of: Any, by: Membership) -> SavedDraft:
    """Keep what was typed into a form for its author; the last text of a form replaces earlier.

    The version that the form was opened with is kept too: what is restored and then saved meets
    the conflict page if somebody else saved in between.
    """
    names = [form.add_prefix(name) for name in form.fields]
    content = {name: typed.getlist(name) for name in names if name in typed}
    draft, _is_new = SavedDraft.objects.update_or_create(
        **_place(form, of, by), defaults={"content": content, "saved_at": timezone.now()}
    )
    return draft


def kept(*, form: type[forms.BaseForm], of: Any, by: Membership) -> SavedDraft | None:
    """What this person typed here and has not saved, or None."""
    return SavedDraft.objects.filter(**_place(form, of, by)).first()


def forget(*, form: forms.BaseForm, of: Any, by: Membership) -> None:
    """Drop what was kept, since it is saved now."""
    SavedDraft.objects.filter(**_place(form, of, by)).delete()


def restored(form: forms.BaseForm, draft: SavedDraft) -> forms.BaseForm:
    """An unbound form showing what was kept instead of what is stored."""
    for name, field in form.fields.items():
        values = draft.content.get(form.add_prefix(name))
        if values is not None:
            several = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = values if several else values[-1]
    if str(opened_with := form.initial.get("version", "")).isdecimal():
        form.initial["version"] = int(opened_with)
    return form


def _place(form: forms.BaseForm | type[forms.BaseForm], of: Any, by: Membership) -> dict[str, Any]:
    kind = form if isinstance(form, type) else type(form)
    return {"membership": by, "record": subject_label(of), "form": kind.__name__}
