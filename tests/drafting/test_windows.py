"""One person, one form, two windows: neither replaces what is typed in the other."""

import pytest
from django import forms
from django.http import QueryDict

from drafting.forms import VersionedForm
from drafting.saved import Kept, forget, keep, kept, restored
from investigations.models import Finding
from tests.builders.investigations import a_finding
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_finding,)

ONE, OTHER = "aaaa-1", "bbbb-2"


class TextForm(VersionedForm):
    """A form with one short and one long text."""

    title = forms.CharField(label="Title")
    reasons = forms.CharField(widget=forms.Textarea)


def sent(**typed: object) -> QueryDict:
    """What a window sends."""
    query = QueryDict(mutable=True)
    query.update({"version": "1", **{name: str(value) for name, value in typed.items()}})
    return query


def typed_in(window: str, finding: Finding, *, at: int, **typed: str) -> str:
    """Keep what is typed in a window at a moment; the mark of what is kept."""
    given = sent(typed_window=window, typed_ms=at, **typed)
    return keep(given, form=TextForm(given), of=finding, by=play("investigator")).mark


def standing(finding: Finding) -> Kept | None:
    return kept(form=TextForm, of=finding, by=play("investigator"))


def shown(finding: Finding, **stored: str) -> TextForm:
    """The form as it opens over what is stored."""
    found, form = standing(finding), TextForm(initial=stored, version=1)
    if found:
        restored(form, found)
    return form


def saved_in(window: str, finding: Finding, *, at: int, **marks: str) -> None:
    form = TextForm(sent(typed_window=window, typed_ms=at, **marks))
    forget(form=form, of=finding, by=play("investigator"))


def test_the_lines_of_both_windows_are_shown_and_the_other_short_text_is_named() -> None:
    finding = a_finding()
    typed_in(ONE, finding, at=10, title="Records", reasons="Stored.\nOne.")
    typed_in(OTHER, finding, at=20, title="Searches", reasons="Stored.\nOther.")
    form = shown(finding, title="", reasons="Stored.")
    assert form.initial["reasons"] == "Stored.\nOne.\nOther."
    assert form.initial["title"] == "Searches"
    assert form.also_typed == [("Title", "Records")]  # type: ignore[attr-defined]


def test_a_field_that_one_window_left_alone_shows_what_the_other_typed() -> None:
    finding = a_finding()
    typed_in(ONE, finding, at=10, title="Records", reasons="More.")
    typed_in(OTHER, finding, at=20, title="Stored", reasons="Stored.")
    form = shown(finding, title="Stored", reasons="Stored.")
    assert (form.initial["title"], form.initial["reasons"]) == ("Records", "More.")


def test_a_window_that_shows_an_earlier_text_takes_its_place_unless_it_grew() -> None:
    finding = a_finding()
    mark = typed_in(ONE, finding, at=10, reasons="One.")
    typed_in(OTHER, finding, at=20, reasons="One. Two.", typed_shown=mark)
    assert shown(finding).initial["reasons"] == "One. Two."
    typed_in(ONE, finding, at=30, reasons="One. Three.")
    typed_in(OTHER, finding, at=40, reasons="One. Two.", typed_shown=mark)
    assert set(shown(finding).initial["reasons"].split("\n")) == {"One. Two.", "One. Three."}


def test_what_comes_late_or_after_the_save_changes_nothing() -> None:
    finding = a_finding()
    typed_in(ONE, finding, at=20, reasons="New.")
    typed_in(ONE, finding, at=10, reasons="Old.")
    assert shown(finding).initial["reasons"] == "New."
    saved_in(ONE, finding, at=30)
    for at in (20, 30):
        typed_in(ONE, finding, at=at, reasons="Late.")
    assert standing(finding) is None
    typed_in(ONE, finding, at=31, reasons="Later.")
    assert shown(finding).initial["reasons"] == "Later."


def test_a_save_in_one_window_leaves_what_the_other_typed() -> None:
    finding = a_finding()
    typed_in(ONE, finding, at=10, reasons="One.")
    typed_in(OTHER, finding, at=20, reasons="Other.")
    saved_in(ONE, finding, at=30)
    assert shown(finding).initial["reasons"] == "Other."


def test_who_set_a_kept_text_aside_and_saves_is_not_shown_it_again() -> None:
    finding = a_finding()
    mark = typed_in(ONE, finding, at=10, reasons="One.")
    typed_in(OTHER, finding, at=20, reasons="Anew.")
    assert standing(finding)
    saved_in(OTHER, finding, at=30, typed_replaced=mark)
    assert standing(finding) is None


def test_a_refused_form_speaks_for_what_it_shows_alone() -> None:
    finding = a_finding()
    mark = typed_in(ONE, finding, at=10, reasons="One.")
    typed_in(OTHER, finding, at=20, reasons="Other.")
    found = standing(finding)
    assert found
    for given in (sent(typed_window=ONE), sent(typed_shown=mark)):
        in_view = found.in_view(given)
        assert in_view
        assert in_view.marks == mark


@pytest.mark.parametrize("window", ["x" * 37, "<b>", "", "a b"])
def test_a_window_of_no_name_is_nobodys(window: str) -> None:
    finding = a_finding()
    mark = typed_in(window, finding, at=-5, reasons="One.")
    assert mark.startswith("@")
    typed_in("", finding, at=0, reasons="Two.")
    assert shown(finding).initial["reasons"] == "Two."
