"""Every form is drawn by one renderer, with the labels, hints and errors that people need."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from drafting.fields import DateField


class LetterForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", help_text="As it stands on the letter")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    received_on = DateField(label="Date of receipt")
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Letter"), ("b", "E-mail")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I am sure")


def drawn(form: forms.Form) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


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


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", ""), "Enter the date of receipt, like 27 3 2018."),
        (("18", "", "2018"), "The date must include a month."),
        (("", "", "2018"), "The date must include a day and a month."),
        (("29", "2", "2019"), "29 2 2019 is not a real date. Write it like 27 3 2018."),
        (("1", "x", "2019"), "1 x 2019 is not a real date. Write it like 27 3 2018."),
        (("1", "1", "0"), "1 1 0 is not a real date. Write it like 27 3 2018."),
    ],
)
def test_a_wrong_date_says_which_part_and_how_to_write_it(
    typed: tuple[str, str, str], told: str
) -> None:
    assert a_date(*typed).errors["received_on"] == [told]


def test_what_was_typed_stays_in_the_boxes() -> None:
    html = drawn(a_date("29", "2", "2019"))
    assert 'id="id_received_on_0"' in html
    assert 'value="29"' in html


def test_script_in_a_value_is_text() -> None:
    html = drawn(LetterForm({"title": "<script>alert(1)</script>"}))
    assert "<script>" not in html


def test_several_checkboxes_are_drawn_as_checkboxes() -> None:
    class Several(forms.Form):
        chosen = forms.MultipleChoiceField(
            choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
        )

    drawn = Several()["chosen"].as_field_group()
    assert 'class="govuk-checkboxes"' in drawn
    assert "govuk-radios" not in drawn
