"""The addresses of a super-complaint: the body's portal, intake and the case until its decision."""

from django.urls import path

from complaints.views import (
    comparing,
    contact,
    correspondence,
    declaring,
    drafts,
    eligibility,
    intake,
    letter_pdfs,
    letters,
    portal,
    reconsidering,
    uploads,
    withdrawing,
)

app_name = "complaints"

CASE = "casework/cases/<str:reference>"
OWN = "portal/complaints/<str:reference>"
DRAFT = "portal/drafts/<str:key>"

urlpatterns = [
    path("portal/", portal.portal, name="portal"),
    path("portal/conversations", contact.own_conversations, name="own_conversations"),
    path("portal/conversations/<int:pk>", contact.own_conversation, name="own_conversation"),
    path("portal/new", drafts.new, name="new"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}/check", portal.check, name="check"),
    path(f"{DRAFT}/before-submitting", declaring.before_submitting, name="before_submitting"),
    path(f"{DRAFT}/submit", declaring.submit, name="submit"),
    path(f"{DRAFT}/files", drafts.attach, name="attach"),
    path(f"{DRAFT}/files/<int:pk>/remove", drafts.detach, name="detach"),
    path(f"{DRAFT}/uploads", uploads.announce, name="announce_upload"),
    path(f"{DRAFT}/uploads/<str:token>", uploads.upload, name="upload"),
    path(f"{DRAFT}/uploads/<str:token>/forget", uploads.forget, name="forget_upload"),
    path(f"{DRAFT}/<slug:name>", drafts.part, name="part"),
    path(f"{DRAFT}/<slug:name>/keep", drafts.keep_typed, name="keep"),
    path(OWN, portal.tracker, name="tracker"),
    path(f"{OWN}/submitted", portal.submitted, name="submitted"),
    path(f"{OWN}/confirm", portal.confirm, name="confirm"),
    path(f"{OWN}/documents", portal.documents, name="documents"),
    path(f"{OWN}/documents/<int:pk>", portal.download, name="download"),
    path(
        f"{OWN}/documents/<int:pk>/progress",
        letter_pdfs.own_progress,
        name="own_letter_progress",
    ),
    path(f"{OWN}/files/<int:pk>", portal.download_sent, name="download_sent"),
    path(f"{OWN}/messages", correspondence.own_messages, name="own_messages"),
    path(f"{OWN}/messages/files/<int:pk>", correspondence.own_file, name="own_message_file"),
    path(f"{OWN}/asked/<int:pk>", correspondence.answer, name="answer_part"),
    path(f"{OWN}/add-evidence", correspondence.add_evidence, name="add_evidence"),
    path(f"{OWN}/withdraw", withdrawing.ask_to_withdraw, name="ask_to_withdraw"),
    path(f"{CASE}/correspondence", correspondence.desk_messages, name="messages"),
    path(f"{CASE}/correspondence/ask", correspondence.ask, name="ask_for_part"),
    path(f"{CASE}/correspondence/files/<int:pk>", correspondence.desk_file, name="message_file"),
    path(f"{CASE}/withdraw/decline", withdrawing.decline, name="decline_withdrawal"),
    path("casework/intake", intake.intake, name="intake"),
    path("casework/intake/conversations", contact.conversations, name="conversations"),
    path("casework/intake/conversations/<int:pk>", contact.conversation, name="conversation"),
    path("casework/intake/register", intake.register, name="register"),
    path(f"{CASE}/acknowledge", intake.acknowledge, name="acknowledge"),
    path(f"{CASE}/withdraw", intake.withdraw, name="withdraw"),
    path(f"{CASE}/eligibility", eligibility.eligibility, name="eligibility"),
    path(f"{CASE}/eligibility/view", eligibility.view, name="view"),
    path(f"{CASE}/eligibility/earlier", comparing.earlier_ones, name="earlier_ones"),
    path(f"{CASE}/eligibility/earlier/<str:other>", comparing.compare, name="compare"),
    path(f"{CASE}/eligibility/join", reconsidering.join, name="join"),
    path(f"{CASE}/eligibility/meeting", reconsidering.meeting, name="meeting"),
    path(f"{CASE}/eligibility/reopen", reconsidering.reopen, name="reopen"),
    path(f"{CASE}/eligibility/decide", eligibility.decide, name="decide"),
    path(f"{CASE}/letters", letters.letters, name="letters"),
    path(f"{CASE}/letters/<int:pk>", letters.download, name="letter"),
    path(f"{CASE}/letters/<int:pk>/progress", letter_pdfs.progress, name="letter_progress"),
    path("letters/<str:reference>/<int:pk>/remake", letter_pdfs.remake, name="remake_letter"),
    path(f"{CASE}/files/<int:pk>", letters.download_supporting, name="supporting_document"),
]
