"""Writing the report: begun from an investigation, section by section, until it is handed in."""

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.actor import Actor
from audit.events import record
from complaints.models import Complaint
from complaints.states import CaseStatus
from complaints.workflow import CASE
from drafting.versions import advance
from publication.events import PublicationEvent as Event
from publication.london import instant_of
from publication.models import Exclusion, Report, ReportSection
from publication.sections import SECTIONS
from publication.states import ReportStatus
from publication.workflow import REPORT
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def begin(complaint: Complaint, *, title: str, by: Membership) -> Report:
    """Begin the report on an investigated complaint; asking twice answers the one begun.

    Law: SI 2018/748 reg. 8(1). Records: report:begun, complaint:reporting_began.
    Raises: PermissionDenied, TransitionRefusedError.
    """
    refuse_unless_may(by, Action.REPORT_DRAFT, complaint)
    standing: Report | None = Report.objects.filter(complaint=complaint, edition_number=1).first()
    if standing:
        resume(complaint, by=by)
        return standing
    report = Report.objects.create(
        complaint=complaint, title=title.strip(), begun_by=by, last_edited_by=by
    )
    add_sections(report, by=by)
    record(Event.REPORT_BEGUN, subject=report, by=by)
    CASE.apply("begin_report", complaint, by=by)
    return report


def add_sections(report: Report, *, by: Membership) -> None:
    """Give a report one empty section for each row of the table."""
    ReportSection.objects.bulk_create(
        ReportSection(report=report, key=section.key, order=order, last_edited_by=by)
        for order, section in enumerate(SECTIONS, start=1)
    )


@act
def edit_section(
    section: ReportSection, *, text: str, version: int, by: Membership
) -> ReportSection:
    """Change what is written by hand in one section; its sign-offs are void, no other's are.

    Records: report:section_changed, and report:sign_off_voided where there was one.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError once sealed.
    """
    refuse_unless_may(by, Action.REPORT_DRAFT, section)
    refuse_unless_open(section.report)
    advance(section, version=version)
    ReportSection.objects.filter(pk=section.pk).update(text=text, last_edited_by=by)
    section.text = text
    touch(section.report, by=by)
    record(Event.SECTION_CHANGED, subject=section, by=by, section=section.key)
    void_sign_offs(section, by=by)
    return section


@act
def edit_notice(
    report: Report,
    *,
    title: str,
    headline: str,
    standfirst: str,
    planned_for: str,
    version: int,
    by: Membership,
) -> Report:
    """Change the report's title, and what the press notice says besides what records give it.

    Args: `planned_for` is a London wall time that the notice will state, or empty.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError, WallTimeError.
    """
    refuse_unless_may(by, Action.REPORT_DRAFT, report)
    refuse_unless_open(report)
    if planned_for:
        instant_of(planned_for)
    advance(report, version=version)
    report.title, report.notice_headline = title.strip(), headline.strip()
    report.notice_standfirst, report.planned_for = standfirst.strip(), planned_for
    report.save(update_fields=["title", "notice_headline", "notice_standfirst", "planned_for"])
    touch(report, by=by)
    record(Event.SECTION_CHANGED, subject=report, by=by, section="press-notice")
    return report


@act
def exclude(report: Report, *, passage: str, ground: str, reason: str, by: Membership) -> Exclusion:
    """Leave a passage out of both the copy sent and the copy published.

    Law: SI 2018/748 reg. 8(3): the Chief Inspector alone, on one of two grounds.
    Records: report:exclusion_decided. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.EXCLUSION_DECIDE, report.complaint)
    refuse_unless_open(report)
    publishes = report.complaint.regime.receiver
    if by.organisation_id != publishes.organisation_id:
        raise ActRefusedError(f"Only {publishes.office} decides what is left out.")
    decided = Exclusion.objects.create(
        report=report, passage=passage.strip(), ground=ground, reason=reason, by=by
    )
    record(Event.EXCLUSION_DECIDED, subject=report, by=by, ground=ground)
    return decided


@act
def propose(report: Report, *, by: Membership) -> Report:
    """Hand the report in for sign-off. Records: report:proposed."""
    return REPORT.apply("propose", report, by=by)  # type: ignore[no-any-return]


@act
def send_back(report: Report, *, reason: str, by: Membership) -> Report:
    """Send a report back to its drafters with a reason. Records: report:sent_back."""
    if not reason.strip():
        raise ActRefusedError("Say why the report is sent back.")
    return REPORT.apply("send_back", report, by=by, reason=reason)  # type: ignore[no-any-return]


@act
def return_to_investigation(complaint: Complaint, *, reason: str, by: Membership) -> Complaint:
    """Send a case whose report is being drafted back to the investigation.

    The report stays as it is, and goes on when the case comes back.
    Records: complaint:sent_back. Raises: ActRefusedError while the report is in sign-off.
    """
    if Report.objects.filter(complaint=complaint, status=ReportStatus.IN_SIGN_OFF).exists():
        raise ActRefusedError("Send the report back first.")
    return CASE.apply("send_back", complaint, by=by, reason=reason)  # type: ignore[no-any-return]


def resume(complaint: Complaint, *, by: Membership) -> None:
    """Take a case up again that came back to the investigation with a report begun."""
    if complaint.status == CaseStatus.INVESTIGATING:
        CASE.apply("begin_report", complaint, by=by)


def refuse_unless_open(report: Report) -> None:
    """Refuse a change to a sealed report. Raises: ActRefusedError."""
    if Report.objects.get(pk=report.pk).status == ReportStatus.SEALED:
        raise ActRefusedError("This report is sealed. Open the seal first if it must change.")


def touch(report: Report, *, by: Membership) -> None:
    """Remember who edited last: that person does not approve the release."""
    Report.objects.filter(pk=report.pk).update(last_edited_by=by)
    report.last_edited_by = by


def void_sign_offs(section: ReportSection, *, by: Actor | None, but_of: str = "") -> None:
    """Void the standing sign-offs of one section, but those of one text.

    Args: `but_of` is the hash of that text. Records: report:sign_off_voided for each.
    """
    overtaken = section.sign_offs.filter(voided_at=None).exclude(text_sha256=but_of)
    for standing in overtaken.select_related("authority"):
        standing.voided_at = timezone.now()
        standing.save(update_fields=["voided_at"])
        record(
            Event.SIGN_OFF_VOIDED,
            subject=section,
            by=by,
            section=section.key,
            authority=standing.authority.slug,
        )
