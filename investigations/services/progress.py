"""Progress reports to the bodies while an investigation runs."""

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from clock.london import london_day
from complaints.models import Letter
from complaints.services.letters import unified, write_letter
from investigations.events import InvestigationEvent as Event
from investigations.models import Investigation, ProgressReport
from investigations.services import gate
from workflow.acts import act
from workflow.errors import ActRefusedError


@act
def write(investigation: Investigation, *, text: str, by: Membership) -> ProgressReport:
    """Write the next progress report; it goes nowhere until it is sent.

    Law: SI 2018/748 reg. 7. Records: progress_report:written. Raises: PermissionDenied;
    ActRefusedError while another is written and not sent.
    """
    gate.check(investigation, Action.PROGRESS_REPORT_WRITE, by=by, while_=gate.UNTIL_SENT)
    if unsent := investigation.progress_reports.filter(sent_at=None).first():
        raise ActRefusedError(
            f"Progress report {unsent.number} is written and not sent. Change that one, or send it."
        )
    written = ProgressReport.objects.create(
        investigation=investigation,
        number=gate.next_number(investigation, "progress_reports"),
        text=unified(text),
        written_by=by,
    )
    record(Event.PROGRESS_REPORT_WRITTEN, subject=written, by=by, number=written.number)
    return written


@act
def change(report: ProgressReport, *, text: str, version: int, by: Membership) -> ProgressReport:
    """Change a progress report that has not been sent.

    Records: progress_report:changed.
    Raises: PermissionDenied, VersionConflictError, ActRefusedError.
    """
    gate.check(report, Action.PROGRESS_REPORT_WRITE, by=by, while_=gate.UNTIL_SENT)
    fresh = gate.opened_at(report, version)
    _check_unsent(fresh)
    fresh.text = unified(text)
    fresh.save(update_fields=["text"])
    record(Event.PROGRESS_REPORT_CHANGED, subject=fresh, by=by, number=fresh.number)
    return fresh


def subject_of(report: ProgressReport) -> str:
    """What stands above its letter."""
    return f"Progress report {report.number} on your super-complaint"


@act
def send(
    report: ProgressReport, *, by: Membership, version: int | None = None, way: str = ""
) -> ProgressReport:
    """Send a progress report to the bodies as a letter; sending twice sends once.

    The clock of this report is met on the London day of sending, and the next one opens.
    Law: SI 2018/748 reg. 7.
    Args: `version` is that of the text that the sender read, where it was read on a page; `way`
    how it is sent, where nobody at the body can read it here.
    Records: progress_report:sent. Raises: PermissionDenied; ActRefusedError when the text is not
    the one that was read.
    """
    gate.check(report, Action.PROGRESS_REPORT_SEND, by=by, while_=gate.UNTIL_SENT)
    fresh = ProgressReport.objects.get(pk=report.pk)
    if fresh.sent_at:
        return fresh
    if version not in (None, fresh.version):
        raise ActRefusedError(
            "This report was changed while you read it. Read it again, then send it."
        )
    letter = write_letter(
        fresh.investigation.complaint,
        kind=Letter.Kind.PROGRESS_REPORT,
        subject=subject_of(fresh),
        text=fresh.text,
        by=by,
        way=way,
    )
    fresh.document, fresh.sent_at, fresh.sent_by = letter.document, letter.sent_at, by
    fresh.save(update_fields=["document", "sent_at", "sent_by"])
    record(
        Event.PROGRESS_REPORT_SENT,
        subject=fresh,
        by=by,
        number=fresh.number,
        sent_on=london_day(fresh.sent_at),
    )
    return fresh


def _check_unsent(report: ProgressReport) -> None:
    """What was sent stays as it was sent."""
    if report.sent_at:
        raise ActRefusedError(
            f"Progress report {report.number} was sent, so it can’t be changed. Write another."
        )
