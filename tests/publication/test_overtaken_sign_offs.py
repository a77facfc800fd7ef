"""A record that a section is built from changes: its sign-offs end, and who gave them is asked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit.models import AuditEntry
from desk.pending import pending
from investigations.models import Finding
from investigations.services import evidence, findings, lines
from publication.models import Report
from publication.sections import built_sections
from publication.services import sign_off
from publication.services.sign_off import unsigned
from recommendations.models import OwnAction, Recommendation
from recommendations.services import drafting
from tests.builders.accounts import organisation
from tests.builders.investigations import an_evidence_item, screened
from tests.builders.publication import a_signed_off_report, signed_off
from tests.builders.recommendations import a_recommendation
from tests.cast import play

pytestmark = pytest.mark.django_db

Change = tuple[Callable[[], object], str]


def changes(report: Report) -> Iterator[Change]:
    """What may be done to the records of a case, and the one section that reads otherwise then."""
    by, complaint = play("investigator"), report.complaint
    finding = Finding.objects.get(investigation__complaint=complaint)
    investigation = finding.investigation
    newer = screened(an_evidence_item(investigation))
    again: dict[str, Any] = {
        "conclusion": "Forces do share.",
        "reasons": "",
        "feature": None,
        "by": by,
    }
    yield lambda: lines.add_line(investigation, question="Who?", by=by), "steps-taken"
    link: dict[str, Any] = {"evidence_item": newer, "bearing": "supports", "by": by}
    yield lambda: findings.link(finding, **link), "steps-taken"
    yield lambda: evidence.set_aside(newer, reason="Doubted.", by=by), "steps-taken"
    second: dict[str, Any] = {"title": "Another point", "conclusion": "It is so.", "by": by}
    yield lambda: findings.draft(investigation, **second), "conclusions"
    drafted = Finding.objects.get(title="Another point")
    yield lambda: findings.drop(drafted, reason="It is not.", by=by), "conclusions"
    version = finding.version
    yield lambda: findings.change(finding, title="So", version=version, **again), "conclusions"
    opinion: dict[str, Any] = {
        "matter": "cost",
        "text": "It costs.",
        "by": play("iopc_decision_maker"),
    }
    yield lambda: sign_off.give_opinion(report, **opinion), "conclusions"
    own: dict[str, Any] = {"authority": organisation("college"), "text": "Guidance.", "by": by}
    yield lambda: drafting.draft_action(complaint, **own), "further-action"
    action = OwnAction.objects.get(complaint=complaint)
    yield lambda: drafting.drop_action(action, reason="Not ours.", by=by), "further-action"
    yield lambda: a_recommendation(complaint), "recommendations"
    first = Recommendation.objects.filter(complaint=complaint).first()
    assert first
    yield lambda: drafting.drop_recommendation(first, reason="Done.", by=by), "recommendations"


def asked() -> bool:
    """Whether the IOPC’s home asks for its sign-off."""
    return any(work.verb == "Sign off the report" for work in pending(play("iopc_decision_maker")))


def test_who_signed_off_is_asked_again_for_the_section_that_a_changed_record_rewrites() -> None:
    report = a_signed_off_report()
    titles = {one.key: one.title for one in built_sections(report)}
    for change, rewritten in changes(report):
        assert not asked()
        change()
        assert asked(), rewritten
        lacking = {title for title, _who in unsigned(report, built_sections(report))}
        standing = report.sections.filter(sign_offs__voided_at=None).distinct()
        assert lacking == {titles[rewritten]}
        assert {one.key for one in standing} == {*titles} - {rewritten}
        signed_off(report)


def test_what_changes_no_word_of_the_report_leaves_every_sign_off() -> None:
    report = a_signed_off_report()
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    unread = an_evidence_item(finding.investigation)
    findings.link(finding, evidence_item=unread, bearing="context", by=play("investigator"))
    assert not asked()
    assert not AuditEntry.objects.filter(event="report:sign_off_voided").exists()
