"""The addresses of an investigation, below the address of its case."""

from django.urls import path, register_converter

from investigations.views import (
    agreeing,
    analysis,
    evidence,
    evidence_changes,
    findings,
    lines,
    opening,
    progress,
)


class EvidenceMark:
    """E-0147 in an address, 147 in a view."""

    regex = "E-[0-9]{4,9}"

    def to_python(self, value: str) -> int:
        """The number of an item."""
        return int(value.removeprefix("E-"))

    def to_url(self, value: int) -> str:
        """The mark of an item."""
        return f"E-{value:04}"


class FindingMark:
    """F-03 in an address, 3 in a view."""

    regex = "F-[0-9]{2,4}"

    def to_python(self, value: str) -> int:
        """The number of a finding."""
        return int(value.removeprefix("F-"))

    def to_url(self, value: int) -> str:
        """The mark of a finding."""
        return f"F-{value:02}"


class LineMark:
    """L-02 in an address, 2 in a view."""

    regex = "L-[0-9]{2,5}"

    def to_python(self, value: str) -> int:
        """The number of a line of enquiry."""
        return int(value.removeprefix("L-"))

    def to_url(self, value: int) -> str:
        """The mark of a line of enquiry."""
        return f"L-{value:02}"


register_converter(EvidenceMark, "evidence_mark")
register_converter(FindingMark, "finding_mark")
register_converter(LineMark, "line_mark")

app_name = "investigations"
CASE = "casework/cases/<str:reference>/"
ITEM = CASE + "evidence/<evidence_mark:number>"
LINE = CASE + "lines/<line_mark:number>"
FINDING = CASE + "findings/<finding_mark:number>"
REPORT = CASE + "progress-reports/<int:number>/"

urlpatterns = [
    path(CASE + "open-investigation", opening.open_investigation, name="open"),
    path(CASE + "team", opening.team_page, name="team"),
    path(CASE + "team/lead", opening.change_lead, name="change_lead"),
    path(CASE + "team/<int:pk>/remove", opening.remove_member, name="remove_member"),
    path(CASE + "lines", lines.line_list, name="lines"),
    path(CASE + "lines/add", lines.add_line, name="add_line"),
    path(LINE + "/change", lines.change_line, name="change_line"),
    path(LINE + "/drop", lines.drop_line, name="drop_line"),
    path(CASE + "evidence", evidence.evidence_log, name="evidence"),
    path(CASE + "evidence/add", evidence.add_evidence, name="add_evidence"),
    path(ITEM, evidence.evidence_item, name="evidence_item"),
    path(ITEM + "/file", evidence.evidence_file, name="evidence_file"),
    path(ITEM + "/correct", evidence_changes.correct_evidence, name="correct_evidence"),
    path(ITEM + "/supersede", evidence_changes.supersede_evidence, name="supersede_evidence"),
    path(ITEM + "/copy", evidence_changes.copy_evidence, name="copy_evidence"),
    path(ITEM + "/screen", evidence_changes.screen_evidence, name="screen_evidence"),
    path(ITEM + "/set-aside", evidence_changes.set_aside_evidence, name="set_aside_evidence"),
    path(ITEM + "/open-unchecked", evidence_changes.open_unchecked, name="open_unchecked"),
    path(ITEM + "/readers", evidence_changes.name_reader, name="name_reader"),
    path(CASE + "progress-reports", progress.progress_reports, name="progress_reports"),
    path(
        CASE + "progress-reports/write",
        progress.write_progress_report,
        name="write_progress_report",
    ),
    path(REPORT + "change", progress.change_progress_report, name="change_progress_report"),
    path(REPORT + "send", progress.send_progress_report, name="send_progress_report"),
    path(CASE + "findings", findings.finding_list, name="findings"),
    path(CASE + "findings/draft", findings.draft_finding, name="draft_finding"),
    path(FINDING, findings.finding, name="finding"),
    path(FINDING + "/change", findings.change_finding, name="change_finding"),
    path(FINDING + "/link", findings.link_evidence, name="link_evidence"),
    path(
        FINDING + "/unlink/<evidence_mark:evidence>",
        agreeing.unlink_evidence,
        name="unlink_evidence",
    ),
    path(FINDING + "/propose", agreeing.propose_finding, name="propose_finding"),
    path(FINDING + "/return", agreeing.return_finding, name="return_finding"),
    path(FINDING + "/drop", agreeing.drop_finding, name="drop_finding"),
    path(FINDING + "/agree", agreeing.agree_finding, name="agree_finding"),
    path(CASE + "analysis", analysis.analysis, name="matrix"),
]
