"""Two people, one form: the version, the kept draft and the conflict page, each by itself."""

import pytest
from django import forms
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from drafting.combining import combined_text
from drafting.conflict import conflict_page
from drafting.errors import VersionConflictError
from drafting.forms import VersionedForm
from drafting.saved import forget, kept, restored
from drafting.versions import advance
from investigations.models import Finding
from tests.builders.investigations import a_finding
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_finding,)

THEIRS = "The forces were asked.\nTen answered."
YOURS = "The forces were asked.\nTwelve answered."


class TextForm(VersionedForm):
    """A form with one short and one long text."""

    title = forms.CharField()
    reasons = forms.CharField(widget=forms.Textarea)


def refused(finding: Finding, **typed: str) -> tuple[TextForm, HttpResponse]:
    """What a person sees whose save came second."""
    sent = {"version": "1", "title": "Mine", "reasons": YOURS, **typed}
    request = RequestFactory().post("/", sent)
    stands = {"title": "Theirs", "reasons": THEIRS}
    theirs = TextForm(initial=stands, version=finding.version)
    page = conflict_page(
        request,
        yours=TextForm(request.POST),
        theirs=theirs,
        of=finding,
        by=play("investigator"),
        layout="layouts/base.html",
    )
    return theirs, page


@pytest.mark.parametrize("version", [None, "", "-1", "latest"])
def test_a_form_without_a_version_is_refused(version: str | None) -> None:
    typed = {"title": "T", "reasons": "R"} | ({} if version is None else {"version": version})
    form = TextForm(typed)
    assert not form.is_valid()
    assert list(form.errors) == ["version"]


def test_a_stale_version_is_refused_as_often_as_it_comes() -> None:
    finding = a_finding()
    opened = finding.version
    assert advance(finding, version=opened).version == opened + 1
    for _again in range(2):
        with pytest.raises(VersionConflictError):
            advance(finding, version=opened)
    assert Finding.objects.get(pk=finding.pk).version == opened + 1


def test_the_conflict_page_shows_both_texts_and_starts_from_both() -> None:
    finding = a_finding()
    theirs, page = refused(finding)
    shown = page.content.decode()
    assert page.status_code == 409
    for text in ("Theirs", "Mine", "Ten answered.", "Twelve answered."):
        assert text in shown
    assert theirs.initial == {
        "version": finding.version,
        "title": "Mine",
        "reasons": "The forces were asked.\nTen answered.\nTwelve answered.",
    }


def test_a_combined_text_holds_every_line_of_both() -> None:
    combined = combined_text("a\nb\nc", "b\nx\nc\nd").split("\n")
    assert combined == ["a", "b", "x", "c", "d"]


def test_what_was_typed_is_kept_for_its_author_alone_until_it_is_saved() -> None:
    finding, author = a_finding(), play("investigator")
    refused(finding)
    refused(finding, title="Mine, again")
    draft = kept(form=TextForm, of=finding, by=author)
    assert draft is not None
    opened = restored(TextForm(version=finding.version), draft)
    assert opened.initial == {"version": finding.version, "title": "Mine, again", "reasons": YOURS}
    assert kept(form=TextForm, of=finding, by=play("lead_investigator")) is None
    forget(form=TextForm(QueryDict()), of=finding, by=author)
    assert kept(form=TextForm, of=finding, by=author) is None
