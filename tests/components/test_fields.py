"""Every form is drawn by one renderer, with the labels, hints and errors that people need."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from drafting.fields import DateField, InstantField
from supercomplaints.forms import GovukBoundField
from tests.components.gallery import EveryField, wrong_form


class LetterForm(forms.Form):
    """One field of each kind."""

    called = "letter"

    title = forms.CharField(label="Title", help_text="As it stands on the letter")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    received_on = DateField(label="Date of receipt")
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Letter"), ("b", "E-mail")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I am sure")


class ReleaseForm(forms.Form):
    """The kinds of field that need more than one control."""

    called = "release"
    release_at = InstantField(label="Publication time")
    why = forms.CharField(label="Reason", widget=forms.Textarea, max_length=300)
    password = forms.CharField(widget=forms.PasswordInput)
    notice = forms.FileField(label="Press notice")


def drawn(form: forms.Form) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


def whole(form: forms.Form) -> str:
    page = Template('{% govuk_form form "Save" %}')
    return page.render(Context({"form": form, "csrf_token": "token"}))


def bound(form: forms.Form, name: str) -> GovukBoundField:
    field = form[name]
    assert isinstance(field, GovukBoundField)
    return field


def a_date(day: str, month: str, year: str) -> LetterForm:
    return LetterForm(
        {"received_on_day": day, "received_on_month": month, "received_on_year": year}
    )


def test_a_text_field_is_described_by_its_hint_and_its_error() -> None:
    html = drawn(LetterForm({}))
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert '<label class="govuk-label govuk-label--s" for="id_title">Title</label>' in html
    assert 'class="govuk-input govuk-input--error"' in html


def test_choices_and_dates_stand_in_a_fieldset_with_a_legend() -> None:
    html = drawn(LetterForm())
    assert html.count("<fieldset") == 2
    assert 'class="govuk-radios__input"' in html
    assert html.count("govuk-date-input__item") == 3


def test_an_optional_field_says_so() -> None:
    assert "Text (optional)" in drawn(LetterForm())


def test_three_numbers_make_a_date() -> None:
    form = a_date("18", "12", "2018")
    form.is_valid()
    assert form.cleaned_data["received_on"] == date(2018, 12, 18)


@pytest.mark.parametrize("month", ["12", "dec", "December"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = a_date("18", month, "2018")
    form.is_valid()
    assert form.cleaned_data["received_on"] == date(2018, 12, 18)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", ""), "Enter the date of receipt, like 27 3 2018."),
        (("18", "", "2018"), "The date of receipt must include a month."),
        (("", "", "2018"), "The date of receipt must include a day and a month."),
        (("29", "2", "2019"), "29 2 2019 is not a real date. Write it like 27 3 2018."),
        (("1_0", "1", "2019"), "1_0 1 2019 is not a real date. Write it like 27 3 2018."),
        (("1", "x", "2019"), "x is not a month. Write a number, 1 to 12."),
        (("1", "13", "2019"), "13 is not a month. Write a number, 1 to 12."),
        (("1", "1", "0"), "0 is not a year. Write it with 4 numbers."),
    ],
)
def test_a_wrong_date_says_which_part_and_how_to_write_it(
    typed: tuple[str, str, str], told: str
) -> None:
    assert a_date(*typed).errors["received_on"] == [told]


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        (("", "", ""), 0),
        (("29", "2", "2019"), 0),
        (("1", "x", "2019"), 1),
        (("1", "1", "19"), 2),
        (("1", "", ""), 1),
    ],
)
def test_the_error_leads_to_the_first_wrong_box(typed: tuple[str, str, str], box: int) -> None:
    form = a_date(*typed)
    field = bound(form, "received_on")
    assert field.first_id == f"id_received_on_{box}"
    wrong = [one.wrong for one in field.boxes]
    assert wrong.index(True) == box
    summary = render_to_string("components/error_summary.html", {"forms": [form]})
    assert f'href="#id_received_on_{box}"' in summary


def instant(day: str, month: str, typed: str) -> tuple[list[str], datetime | None]:
    """What the publication's instant becomes, and what is said of it."""
    boxes = zip(("day", "month", "year", "time"), (day, month, "2026", typed), strict=True)
    form = ReleaseForm({f"release_at_{name}": value for name, value in boxes})
    told = [str(one) for one in form.errors.get("release_at", ())]
    return told, form.cleaned_data.get("release_at")


@pytest.mark.parametrize("typed", ["10:00", "10.00", "10am", "10:00 GMT"])
def test_a_time_is_londons(typed: str) -> None:
    assert instant("17", "12", typed)[1] == datetime(2026, 12, 17, 10, 0, tzinfo=UTC)


def test_a_summer_time_is_an_hour_before_the_same_in_utc() -> None:
    assert instant("17", "6", "10:00")[1] == datetime(2026, 6, 17, 9, 0, tzinfo=UTC)
    assert instant("17", "6", "12am")[1] == datetime(2026, 6, 16, 23, 0, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    told, at = instant("29", "3", "01:30")
    assert at is None
    assert told == ["The clocks do not show 01:30 on that day. Choose another time."]


def test_a_time_that_comes_twice_is_asked_about() -> None:
    told, _at = instant("25", "10", "01:30")
    assert told == [
        "The clocks go back: 01:30 comes twice that day. "
        "Write 01:30 BST for the first or 01:30 GMT for the second."
    ]
    assert instant("25", "10", "01:30 BST")[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant("25", "10", "01:30 GMT")[1] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert instant("17", "6", "10:00 GMT")[1] is None


@pytest.mark.parametrize("typed", ["10", "25:00", "13pm", "0am", "10:60", "soon", "10:00 CET"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    told, at = instant("17", "12", typed)
    assert at is None
    assert "is not a time. Write it like 10:00" in told[0]


def test_an_instant_is_shown_as_londons_clocks_show_it() -> None:
    form = ReleaseForm(initial={"release_at": datetime(2026, 6, 17, 9, 0, tzinfo=UTC)})
    assert [box.value for box in bound(form, "release_at").boxes] == ["17", "6", "2026", "10:00"]


def test_a_text_near_its_limit_is_counted_and_never_cut() -> None:
    html = drawn(ReleaseForm())
    assert 'data-maxlength="300"' in html
    assert 'aria-describedby="id_why-info"' in html
    assert 'id="id_why-info"' in html
    assert " maxlength=" not in html


def test_a_password_can_be_shown_and_a_file_makes_the_form_multipart() -> None:
    html = whole(ReleaseForm())
    assert 'data-module="govuk-password-input"' in html
    assert 'class="govuk-file-upload"' in html
    assert 'enctype="multipart/form-data"' in html


def test_every_form_of_a_page_is_in_its_error_summary() -> None:
    page = Template(
        "{% forms_with_errors as wrong %}{% for form in wrong %}{{ form.called }} {% endfor %}"
    )
    forms = {"form": LetterForm({}), "file_form": ReleaseForm({}), "fresh": ReleaseForm()}
    assert page.render(Context(forms)).split() == ["letter", "release"]


def test_what_was_typed_stays_in_the_boxes() -> None:
    html = drawn(a_date("29", "2", "2019"))
    assert 'id="id_received_on_0"' in html
    assert 'value="29"' in html


def test_script_in_a_value_is_text() -> None:
    html = drawn(LetterForm({"title": "<script>alert(1)</script>"}))
    assert "<script>" not in html


def test_a_missing_answer_is_named_where_a_form_has_no_words_of_its_own() -> None:
    told = [message for name in wrong_form().fields for message in bound(wrong_form(), name).told]
    assert told == [
        "Enter title of the super-complaint.",
        "29 2 2019 is not a real date. Write it like 27 3 2018.",
        "Enter the publication time, like 27 3 2018 and 10:00.",
        "Select how it arrived.",
        "Select body.",
        "Choose a file: the original letter.",
        "Enter password.",
        "Tick the box to go on: I have the authority of my organisation to submit this.",
        "Enter version.",
    ]


def test_checkboxes_are_not_drawn_as_radios() -> None:
    html = drawn(EveryField())
    assert html.count('class="govuk-radios__input"') == 2
    assert html.count('class="govuk-checkboxes__input"') == 3
