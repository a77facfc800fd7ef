"""Whoever wrote the last words of a report does not approve it, wherever they wrote them."""

import pytest

from investigations.models import Finding
from investigations.services import findings
from publication.editors import last_editor_of
from publication.models import Report
from publication.services import release as verbs
from publication.services import report as report_verbs
from publication.services.sign_off import give_opinion
from recommendations.models import Recommendation
from recommendations.services import drafting
from tests.builders.accounts import organisation
from tests.builders.publication import (
    a_report_being_drafted,
    a_report_in_sign_off,
    prepared,
    sealed,
    signed_off,
)
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db


def section_edited(report: Report) -> None:
    """The last words are the investigator’s again."""
    section = report.sections.get(key="conclusions")
    report_verbs.edit_section(
        section, text="Anew.", version=section.version, by=play("investigator")
    )
    assert last_editor_of(report) == play("investigator").user


def test_an_edit_of_a_record_that_the_report_prints_is_an_edit_of_the_report() -> None:
    report, lead = a_report_being_drafted(), play("lead_investigator")
    section_edited(report)
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    findings.change(
        finding,
        title=finding.title,
        conclusion="Another conclusion.",
        reasons=finding.reasons,
        feature=finding.feature,
        version=finding.version,
        by=lead,
    )
    assert last_editor_of(report) == lead.user
    section_edited(report)
    drafting.draft_action(
        report.complaint, authority=organisation("college"), text="We will write.", by=lead
    )
    assert last_editor_of(report) == lead.user
    section_edited(report)
    row = Recommendation.objects.get(complaint=report.complaint)
    drafting.drop_recommendation(row, reason="It repeats another.", by=lead)
    assert last_editor_of(report) == lead.user


def test_whoever_gave_the_last_opinion_does_not_approve_the_release() -> None:
    report, decider = a_report_in_sign_off(), play("hmicfrs_decision_maker")
    give_opinion(report, matter="The figure", text="We count otherwise.", by=decider)
    release = prepared(sealed(signed_off(report)))
    assert release.last_editor == decider.user
    assert release.release_at
    with pytest.raises(ActRefusedError, match="You edited this last"):
        verbs.approve(
            release, root_sha256=release.root_sha256, release_at=release.release_at, by=decider
        )
