"""A wrong word in a record that a public report carries is corrected by a new edition."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from investigations.models import Finding
from investigations.services import evidence, findings
from publication.models import Release, Report
from publication.services import corrections, sealing
from publication.services import report as report_verbs
from publication.services.after import follow_up
from publication.views.preview import bytes_of
from recommendations.events import RecommendationEvent
from recommendations.models import Obligation, OwnAction, Recommendation
from recommendations.services import correcting, drafting
from tests.builders.accounts import organisation, signed_in_as
from tests.builders.investigations import AUTHORITIES
from tests.builders.publication import (
    a_report_in_sign_off,
    made_public,
    sealed,
    signed_off,
)
from tests.builders.walked import walked_once
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "In 47 of 100 cases.", "In 74 of 100 cases."
NEW_WORDING = "Stop sharing the immigration status of victims and witnesses."


def corrected_finding(finding: Finding, conclusion: str) -> Finding:
    """The finding with another conclusion, which nobody has agreed to yet."""
    finding.refresh_from_db()
    return findings.change(
        finding,
        title=finding.title,
        conclusion=conclusion,
        reasons=finding.reasons,
        feature=finding.feature,
        version=finding.version,
        by=play("investigator"),
    )


def agreed(finding: Finding) -> None:
    finding.refresh_from_db()
    for slug in AUTHORITIES:
        decider = play(f"{slug}_decision_maker")
        findings.agree(finding, text_sha256=finding.text_sha256, by=decider)


def public(report: Report) -> Release:
    """The release of a report that was handed in, public with all that follows done."""
    release = made_public(sealed(signed_off(report)))
    follow_up(release.pk)
    return release


@walked_once
def a_report_with_a_wrong_figure() -> Release:
    """A public report whose one finding has a wrong figure."""
    report = a_report_in_sign_off()
    drafting.draft_action(
        report.complaint,
        authority=organisation("college"),
        text="We will write 3 guides.",
        by=play("investigator"),
    )
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    agreed(corrected_finding(finding, WRONG))
    return public(report)


WALKED = (a_report_with_a_wrong_figure,)


@pytest.fixture
def first() -> Release:
    """The edition that is to be corrected."""
    return a_report_with_a_wrong_figure()


@pytest.fixture
def correction(first: Release) -> Report:
    """The corrected edition, begun and not yet changed."""
    return corrections.correct(first, note="A figure was wrong.", by=play("second_press_officer"))


def finding_of(release: Release) -> Finding:
    return Finding.objects.get(investigation__complaint=release.complaint)


def reworded(release: Release, **other: str) -> None:
    row = Recommendation.objects.get(complaint=release.complaint)
    said = {"wording": NEW_WORDING, "applies_to": row.applies_to, "reason": "One word lacked."}
    correcting.correct_recommendation(
        row, version=row.version, by=play("investigator"), **(said | other)
    )


def text_of(release: Release) -> str:
    return b"".join(bytes_of(release, "report.html")).decode()


def test_a_wrong_figure_of_a_finding_is_corrected_in_edition_2_and_stays_in_edition_1(
    first: Release, correction: Report
) -> None:
    finding = corrected_finding(finding_of(first), RIGHT)
    assert not finding.agreements.standing().exists()
    report_verbs.propose(correction, by=play("investigator"))
    signed_off(correction)
    with pytest.raises(ActRefusedError, match="is not agreed by every authority"):
        sealing.ask_to_seal(correction, by=play("lead_investigator"))
    agreed(finding)
    second = public(correction)
    assert RIGHT in text_of(second)
    assert WRONG not in text_of(second)
    assert WRONG in text_of(first)


def test_words_are_corrected_only_while_a_correction_is_written(first: Release) -> None:
    with pytest.raises(ActRefusedError, match="begin a correction"):
        corrected_finding(finding_of(first), RIGHT)
    with pytest.raises(ActRefusedError, match="Begin a correction"):
        reworded(first)
    correction = corrections.correct(first, note="A figure.", by=play("second_press_officer"))
    report_verbs.propose(correction, by=play("investigator"))
    agreed(corrected_finding(finding_of(first), RIGHT))
    second = sealed(signed_off(correction))
    with pytest.raises(ActRefusedError, match="begin a correction"):
        corrected_finding(finding_of(first), WRONG)
    assert second.report
    sealing.unseal(second.report, reason="One more.", by=play("lead_investigator"))
    corrected_finding(finding_of(first), WRONG)


def test_evidence_and_new_findings_stay_closed_in_a_correction(
    first: Release, correction: Report
) -> None:
    finding = finding_of(first)
    item = finding.ties.select_related("evidence_item").get().evidence_item
    with pytest.raises(ActRefusedError, match="begin a correction"):
        evidence.set_aside(item, reason="Old.", by=play("investigator"))
    with pytest.raises(ActRefusedError, match="begin a correction"):
        findings.draft(
            finding.investigation, title="Another", conclusion="New.", by=play("investigator")
        )
    assert correction.edition_number == 2


def test_an_issued_recommendation_keeps_all_but_its_words_and_changes_with_the_edition(
    first: Release, correction: Report
) -> None:
    owed = Obligation.objects.get(recommendation__complaint=first.complaint)
    with pytest.raises(ActRefusedError, match="Say why"):
        reworded(first, reason=" ")
    reworded(first)
    entry = AuditEntry.objects.get(event=RecommendationEvent.RECOMMENDATION_CORRECTED)
    assert entry.detail["reason"] == "One word lacked."
    report_verbs.propose(correction, by=play("investigator"))
    second = made_public(sealed(signed_off(correction)))
    # Until the service has seen that it is public, its addressee reads the old words.
    owed.recommendation.refresh_from_db()
    assert owed.recommendation.wording != NEW_WORDING
    follow_up(second.pk)
    follow_up(second.pk)
    after = Obligation.objects.get(recommendation__complaint=first.complaint)
    assert after.recommendation.wording == NEW_WORDING
    assert (after.pk, after.due_on, after.status) == (owed.pk, owed.due_on, owed.status)
    assert after.recommendation.number == owed.recommendation.number
    assert NEW_WORDING in text_of(second)
    assert NEW_WORDING not in text_of(first)


def test_an_own_action_is_corrected_too(first: Release, correction: Report) -> None:
    action = OwnAction.objects.get(complaint=first.complaint)
    drafting.change_action(
        action,
        authority=action.authority,
        text="We will write 4 guides.",
        version=action.version,
        by=play("investigator"),
    )
    report_verbs.propose(correction, by=play("investigator"))
    second = public(correction)
    assert "4 guides" in text_of(second)
    assert "3 guides" in text_of(first)


def test_the_pages_offer_the_correction_of_words_and_nothing_else(
    first: Release, correction: Report
) -> None:
    client, number = signed_in_as(Client(), play("investigator")), finding_of(first).number
    finding = client.get(reverse("investigations:finding", args=[first.reference, number]))
    assert "Change the text" in finding.content.decode()
    listed = reverse("recommendations:drafting", args=[first.reference])
    place = Recommendation.objects.get(complaint=first.complaint).order
    change = reverse("recommendations:change_recommendation", args=[first.reference, place])
    shown = client.get(listed).content.decode()
    assert change in shown
    assert "Draft a recommendation" not in shown
    page = client.get(change).content.decode()
    assert "Corrected wording" in page
    assert "Addressed to" not in page
    said = {"wording": NEW_WORDING, "applies_to": "", "reason": "One word.", "version": 1}
    assert client.post(change, said).status_code == 302
    assert NEW_WORDING in client.get(listed).content.decode()
    assert client.post(change, said).status_code == 409
    assert correction.edition_number == 2
