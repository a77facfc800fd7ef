"""`explain_deadline` prints a due date with its law and its working."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.deadlines.worked_examples import ACKNOWLEDGE_BY, COMMENTS_BY

pytestmark = pytest.mark.django_db


def explained(*arguments: str) -> Any:
    told = StringIO()
    call_command("explain_deadline", *arguments, "--json", stdout=told)
    return json.loads(told.getvalue())


def test_one_date_answers_as_one_object() -> None:
    told = explained("--rule", "acknowledge-receipt", "--from", "2018-12-18")
    assert told["due_on"] == "2018-12-24"
    assert told["counted"] == [
        *("2018-12-18", "2018-12-19", "2018-12-20", "2018-12-21"),
        "2018-12-24",
    ]
    assert told["excluded"] == [
        {"day": "2018-12-22", "reason": "Saturday"},
        {"day": "2018-12-23", "reason": "Sunday"},
    ]
    assert told["law"] == "SI 2018/748 reg. 5"


@pytest.mark.parametrize(
    ("rule", "examples"),
    [("acknowledge-receipt", ACKNOWLEDGE_BY), ("policing-body-comments", COMMENTS_BY)],
)
def test_several_dates_answer_as_a_list(rule: str, examples: dict[Any, Any]) -> None:
    days = [part for day in examples for part in ("--from", day.isoformat())]
    told = explained("--rule", rule, *days)
    assert [one["due_on"] for one in told] == [due.isoformat() for due in examples.values()]


def test_a_day_that_is_not_computable_spoils_no_other_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    days = ["--from", "2018-12-18", "--from", "2031-01-02"]
    with pytest.raises(CommandError, match="The bank holidays of 2031 are not on record"):
        call_command("explain_deadline", "--rule", "acknowledge-receipt", *days, "--json")
    known, unknown = json.loads(capsys.readouterr().out)
    assert known["due_on"] == "2018-12-24"
    assert unknown["due_on"] is None
    assert "2031" in unknown["not_computable"]


def test_the_list_names_each_rule_with_its_law() -> None:
    told = {(row["rule"], row["regime"]): row["law"] for row in explained("--list")}
    assert told[("acknowledge-receipt", "police")] == "SI 2018/748 reg. 5"
    assert ("progress-report", "police") in told
    assert told[("policing-body-comments", "police")] == "Police Act 1996 s.55(5A)"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rule", "reply", "--from", "2018-12-18"], "No rule 'reply' in the regime 'police'"),
        (["--rule", "acknowledge-receipt"], "Give --rule and at least one --from"),
        (["--rule", "acknowledge-receipt", "--from", "18/12/2018"], "'18/12/2018' is not a date"),
        (
            ["--rule", "acknowledge-receipt", "--from", "2031-01-02"],
            "Not computable: The bank holidays of 2031 are not on record",
        ),
        (
            ["--rule", "policing-body-comments", "--from", "9999-12-31"],
            "Not computable: the calendar ends before the period",
        ),
    ],
)
def test_what_it_cannot_answer_it_says_in_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        explained(*arguments)
