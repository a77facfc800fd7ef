"""The addresses of reports and of the publication desk."""

from django.urls import path

from publication.views import (
    announcing,
    brakes,
    copies,
    desk,
    opinions,
    past_notice,
    preview,
    report,
    responses,
    seal,
    steps,
)
from publication.views.found import ANNOUNCEMENT

app_name = "publication"
CASE = "casework/cases/<str:reference>/report"
DESK = "casework/publish/<str:reference>"
ANNOUNCED = f"{DESK}/announcement"
OF_IT = {"what": ANNOUNCEMENT}
SENT = "portal/complaints/<str:reference>/report"

urlpatterns = [
    path(CASE, report.report, name="report"),
    path(
        "casework/cases/<str:reference>/press-notice", past_notice.past_notice, name="past_notice"
    ),
    path("casework/cases/<str:reference>/close", steps.close, name="close"),
    path(f"{CASE}/press-notice", report.notice, name="notice"),
    path(f"{CASE}/press-notice/change", report.edit_notice, name="edit_notice"),
    path(f"{CASE}/opinion", opinions.opinion, name="opinion"),
    path(f"{CASE}/opinion/<int:pk>", opinions.change_opinion, name="change_opinion"),
    path(f"{CASE}/exclude", report.exclude, name="exclude"),
    path(f"{CASE}/propose", steps.propose, name="propose"),
    path(f"{CASE}/resume", steps.resume, name="resume"),
    path(f"{CASE}/send-back", steps.send_back, name="send_back"),
    path(f"{CASE}/return", steps.return_to_investigation, name="return_to_investigation"),
    path(f"{CASE}/seal", seal.ask, name="seal"),
    path(f"{CASE}/unseal", seal.unseal, name="unseal"),
    path(f"{CASE}/sections/<slug:key>", report.section, name="section"),
    path(f"{CASE}/sections/<slug:key>/change", report.edit_section, name="edit_section"),
    path(f"{CASE}/sections/<slug:key>/sign-off", steps.sign, name="sign_off"),
    path("casework/publish/", desk.desk, name="desk"),
    path(DESK, desk.release, name="release"),
    path(f"{DESK}/sealing", seal.progress, name="sealing"),
    path(f"{DESK}/time", desk.prepare, name="prepare"),
    path(f"{DESK}/approve", desk.approve, name="approve"),
    path(f"{DESK}/hold", brakes.hold, name="hold"),
    path(f"{DESK}/hold/<int:pk>/lift", brakes.lift, name="lift"),
    path(f"{DESK}/suspend", brakes.suspend, name="suspend"),
    path(f"{DESK}/suspend/<int:pk>/lift", brakes.lift_suspension, name="lift_suspension"),
    path(f"{DESK}/withdraw", brakes.withdraw, name="withdraw"),
    path(f"{DESK}/correct", brakes.correct, name="correct"),
    path(f"{DESK}/send-to-body", brakes.send_to_body, name="send_to_body"),
    path(f"{DESK}/copies/<int:pk>/revoke", copies.revoke, name="revoke_copy"),
    path(SENT, copies.sent_report, name="sent_report"),
    path(f"{SENT}/terms", copies.accept_terms, name="accept_terms"),
    path(f"{SENT}.pdf", copies.sent_report_pdf, name="sent_report_pdf"),
    path(f"{DESK}/responses", responses.responses, name="responses"),
    path(f"{DESK}/responses/<int:pk>/publish", responses.publish, name="publish_response"),
    path(ANNOUNCED, announcing.announcement, name="announcement"),
    path(f"{ANNOUNCED}/open", announcing.open_seal, name="open_announcement"),
    path(f"{ANNOUNCED}/approve", desk.approve, OF_IT, name="approve_announcement"),
    path(f"{ANNOUNCED}/hold", brakes.hold, OF_IT, name="hold_announcement"),
    path(f"{ANNOUNCED}/hold/<int:pk>/lift", brakes.lift, OF_IT, name="lift_announcement"),
    path(f"{ANNOUNCED}/suspend", brakes.suspend, OF_IT, name="suspend_announcement"),
    path(
        f"{ANNOUNCED}/suspend/<int:pk>/lift",
        brakes.lift_suspension,
        OF_IT,
        name="lift_suspension_announcement",
    ),
    path(f"{ANNOUNCED}/withdraw", brakes.withdraw, OF_IT, name="withdraw_announcement"),
    path(f"{DESK}/preview", preview.preview, name="preview"),
    path(f"{DESK}/preview/files/<path:path>", preview.preview_file, name="preview_file"),
    path(f"{DESK}/preview/<slug:what>", preview.preview, name="preview_page"),
]
