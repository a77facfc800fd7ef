"""A record that a section is built from changes: its sign-offs end, and who gave them is asked."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from accounts.models import Organisation
from audit.models import AuditEntry
from desk.pending import pending
from investigations.models import Finding
from investigations.services import evidence, findings, lines
from publication.models import Report
from publication.sections import built_sections
from publication.services import report as reporting
from publication.services import sealing, sign_off
from publication.services.sign_off import unsigned
from recommendations.models import OwnAction, Recommendation
from recommendations.services import drafting
from recommendations.services.drafting import Addressees
from tests.builders.accounts import organisation
from tests.builders.investigations import an_evidence_item, an_upload, screened
from tests.builders.publication import a_signed_off_report, sealed, signed_off
from tests.builders.recommendations import FIFTY_SIX_DAYS, a_recommendation
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
    line = investigation.lines.get(question="Who?")
    asks: dict[str, Any] = {"method": "", "feature": None, "owner": None, "version": 1, "by": by}
    yield lambda: lines.change_line(line, question="Whom?", **asks), "steps-taken"
    yield lambda: lines.drop_line(line, reason="Answered.", by=by), "steps-taken"
    link: dict[str, Any] = {"evidence_item": newer, "bearing": "supports", "by": by}
    yield lambda: findings.link(finding, **link), "steps-taken"
    yield lambda: findings.unlink(finding, evidence_item=newer, by=by), "steps-taken"
    yield lambda: findings.link(finding, **link), "steps-taken"
    newest: dict[str, Any] = {"upload": an_upload(), "reason": "It was corrected.", "by": by}
    yield lambda: evidence.supersede(newer, **newest), "steps-taken"
    unread = an_evidence_item(investigation)
    findings.link(finding, evidence_item=unread, bearing="supports", by=by)
    yield lambda: screened(unread), "steps-taken"
    unread.refresh_from_db()
    yield lambda: evidence.set_aside(unread, reason="Doubted.", by=by), "steps-taken"
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
    other: dict[str, Any] = {**own, "text": "Training.", "version": action.version}
    yield lambda: drafting.change_action(action, **other), "further-action"
    yield lambda: drafting.drop_action(action, reason="Not ours.", by=by), "further-action"
    yield lambda: a_recommendation(complaint), "recommendations"
    first = Recommendation.objects.filter(complaint=complaint).first()
    assert first
    said: dict[str, Any] = {"wording": "Stop.", "applies_to": "", "findings": [], "by": by}
    said |= {"addressees": Addressees([organisation("norfolk")]), "deadline": FIFTY_SIX_DAYS}
    change = partial(drafting.change_recommendation, first, version=first.version, **said)
    yield change, "recommendations"
    first.refresh_from_db()
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


@pytest.mark.parametrize("again", ["handed in again", "opened again"])
def test_a_name_that_changed_meanwhile_is_seen_when_the_report_is_open_again(again: str) -> None:
    report, lead = a_signed_off_report(), play("lead_investigator")
    if again == "handed in again":
        report = reporting.send_back(report, reason="A word is missing.", by=lead)
    else:
        sealed(report)
    Organisation.objects.filter(slug="norfolk").update(name="Norfolk Police")
    assert report.sections.filter(sign_offs__voided_at=None).distinct().count() == 4
    report = Report.objects.get(pk=report.pk)
    if again == "handed in again":
        reporting.propose(report, by=play("investigator"))
    else:
        sealing.unseal(report, reason="A name has changed.", by=lead)
    standing = report.sections.filter(sign_offs__voided_at=None).distinct()
    assert "recommendations" not in {one.key for one in standing}
    assert standing.count() == 3
