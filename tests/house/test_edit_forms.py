"""Every form that changes words already stored knows which words it was opened with.

What two people save at once is then a page that shows both texts. An address that takes a POST
stands in one of the two tables: with what its form carries, or with why it needs nothing.
"""

from collections import Counter

import pytest
from django import forms
from django.contrib import admin

from accounts.forms.people import ChangeRolesForm
from accounts.forms.reference import ReferenceForm
from complaints.forms.casework import ViewForm
from complaints.forms.comparing import ComparisonForm
from complaints.forms.drafts import PartForm
from complaints.forms.evidence_relied_on import DescriptionForm
from investigations.forms.evidence import CorrectForm
from investigations.forms.findings import FindingForm
from investigations.forms.opening import LineForm
from investigations.forms.progress import ProgressReportForm
from publication.forms.release import InstantForm
from publication.forms.report import NoticeForm, OpinionForm, SectionForm
from recommendations.forms.correcting import WordingForm
from recommendations.forms.drafting import ActionForm, RecommendationForm
from recommendations.forms.responding import ResponseForm
from tests.house.posting import names, posting

# The forms of an address that edits, and the field with what they were opened with.
VERSION = "version"
EDITS: dict[str, tuple[str, tuple[type[forms.Form], ...]]] = {
    "change_roles": ("before", (ChangeRolesForm,)),
    "complaints:compare": (VERSION, (ComparisonForm,)),
    "complaints:part": (VERSION, (PartForm, *PartForm.__subclasses__())),
    "complaints:piece": (VERSION, (DescriptionForm,)),
    "complaints:view": (VERSION, (ViewForm,)),
    "investigations:change_finding": (VERSION, (FindingForm,)),
    "investigations:change_line": (VERSION, (LineForm,)),
    "investigations:change_progress_report": (VERSION, (ProgressReportForm,)),
    "investigations:correct_evidence": (VERSION, (CorrectForm,)),
    "publication:change_opinion": (VERSION, (OpinionForm,)),
    "publication:edit_notice": (VERSION, (NoticeForm,)),
    "publication:edit_section": (VERSION, (SectionForm,)),
    "publication:opinion": (VERSION, (OpinionForm,)),
    "publication:prepare": ("seen", (InstantForm,)),
    "recommendations:change_action": (VERSION, (ActionForm,)),
    "recommendations:change_recommendation": (VERSION, (RecommendationForm, WordingForm)),
    "recommendations:draft": (VERSION, (ResponseForm,)),
}

# Why the others need none.
ADDS = "It adds a row of its own, and what stands stays as it was written."
EDITS_NOTHING: dict[str, str] = {
    ADDS: """
        complaints:add_evidence complaints:add_link complaints:ask_for_part
        complaints:ask_to_withdraw complaints:attach complaints:conversation complaints:invite
        complaints:join complaints:meeting complaints:messages complaints:new
        complaints:new_letter
        complaints:open_unchecked complaints:own_conversation complaints:own_conversations
        complaints:own_messages complaints:register
        deadlines:holidays deadlines:rule deadlines:year
        investigations:add_evidence investigations:add_line investigations:copy_evidence
        investigations:draft_finding investigations:evidence_file investigations:link_evidence
        investigations:name_reader investigations:open_unchecked
        investigations:supersede_evidence investigations:team
        investigations:write_progress_report
        invite_person public:subscribe raise_wall request_reset
        publication:exclude publication:hold publication:hold_announcement publication:suspend
        publication:suspend_announcement
        recommendations:draft_action recommendations:draft_recommendation""",
    "It is a step or a decision that is taken once: who comes second is told that it is taken.": """
        complaints:acknowledge complaints:answer_part complaints:confirm complaints:decide
        complaints:delete_draft complaints:disown complaints:restore_draft complaints:send_again
        complaints:decline_invitation complaints:decline_withdrawal complaints:joint_invitation
        complaints:leave_draft complaints:reopen complaints:submit complaints:withdraw
        confirm_reset deactivate_person end_membership lift_wall reactivate_person refuse_reset
        withdraw_invitation
        deadlines:withdraw_holiday
        investigations:open investigations:propose_finding investigations:return_finding
        investigations:screen_evidence investigations:set_aside_evidence
        notifications:unsent
        public:subscribe_confirm public:subscribe_stop
        publication:accept_terms publication:announcement publication:close publication:correct
        publication:lift publication:lift_announcement publication:lift_suspension
        publication:lift_suspension_announcement publication:open_announcement
        publication:propose publication:publish_response publication:report publication:resume
        publication:return_to_investigation publication:revoke_copy publication:seal
        publication:send_back publication:send_to_body publication:unseal publication:withdraw
        publication:withdraw_announcement
        recommendations:answer recommendations:submit""",
    "It takes something out whole, once that is confirmed or a reason given.": """
        complaints:detach complaints:remove_body
        investigations:drop_finding investigations:drop_line
        investigations:remove_member investigations:unlink_evidence
        recommendations:drop_action recommendations:drop_recommendation""",
    "It is bound to the very text that was read: to another it gives nothing.": """
        complaints:approve investigations:agree_finding investigations:send_progress_report
        publication:approve publication:approve_announcement publication:sign_off
        recommendations:approve""",
    "It answers one question with one choice, and overwrites no words; the record keeps both.": """
        complaints:alone complaints:mark_as_read investigations:change_lead""",
    "It keeps what one person types or sends, window by window and file by file.": """
        complaints:announce_to_send complaints:announce_upload complaints:forget_to_send
        complaints:forget_upload complaints:keep complaints:keep_piece""",
    "It makes a file or a proof of what is stored, and changes nothing of it.": """
        complaints:remake_letter desk:export_house desk:export_record desk:house_csv
        desk:record_csv desk:verify_house desk:verify_record document_retry""",
    "It shows a form that is sent to an address of its own.": "complaints:joint",
    "It is of one person’s own account or way in.": """
        account_change_password account_confirm_login_code account_login account_logout
        account_reauthenticate account_reset_password account_reset_password_from_key
        account_set_password choose_organisation demo_sign_in invitation mfa_activate_totp
        mfa_add_webauthn mfa_authenticate mfa_deactivate_totp mfa_generate_recovery_codes
        mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn
        notifications:choice session set_up_second_factor""",
}
# Why one sending of a form that adds a row needs no token of its own to be known again.
KNOWN_AGAIN = {
    "The database takes one that is open of each person.": "invite_person raise_wall request_reset",
    "A brake commits first, and a second one only brakes more.": """
        publication:hold publication:hold_announcement publication:suspend
        publication:suspend_announcement""",
    "The verb answers the same letter again, and what is typed is kept first.": """
        complaints:new_letter""",
    "Each time that a file is handed out is an event of its own.": "investigations:evidence_file",
    "Nobody is signed in, and one address is asked for once.": "public:subscribe",
}
# The long texts that are begun, and the edits whose typing is kept elsewhere or not at all.
BEGUN = """
    complaints:acknowledge complaints:add_evidence complaints:answer_part
    complaints:ask_to_withdraw complaints:conversation complaints:decide
    complaints:decline_withdrawal complaints:disown complaints:meeting
    complaints:messages complaints:new_letter complaints:register complaints:reopen
    complaints:withdraw
    complaints:own_conversation complaints:own_conversations complaints:own_messages
    investigations:draft_finding investigations:write_progress_report
    recommendations:draft_action recommendations:draft_recommendation"""
KEPT_ELSEWHERE = {
    "change_roles": "It is chosen, and not typed.",
    "complaints:part": "At complaints:keep.",
    "complaints:piece": "At complaints:keep_piece.",
    "publication:prepare": "It is a day, a time and one line.",
}
SAID = [name for listed in EDITS_NOTHING.values() for name in listed.split()]
POSTING = dict(posting())


def test_every_address_that_takes_a_post_edits_with_a_version_or_says_why_it_needs_none() -> None:
    twice = [name for name, times in Counter([*EDITS, *SAID]).items() if times > 1]
    assert twice == []
    assert sorted(POSTING) == sorted([*EDITS, *SAID])


def test_what_adds_a_row_adds_one_however_often_its_form_arrives() -> None:
    known = [name for listed in KNOWN_AGAIN.values() for name in listed.split()]
    once = [name for name, view in POSTING.items() if getattr(view, "makes_once", False)]
    assert sorted([*once, *known]) == sorted(EDITS_NOTHING[ADDS].split())


def test_what_edits_and_nothing_else_answers_with_the_page_that_shows_both_texts() -> None:
    pages = ("conflict_page", "drafting/conflict.html")
    assert sorted(name for name, view in POSTING.items() if names(view, *pages)) == sorted(EDITS)


def test_what_is_typed_into_long_texts_is_kept_at_the_address_of_its_form() -> None:
    kept = {name for name, view in POSTING.items() if names(view, "keep_typed")}
    assert kept == {*EDITS} - {*KEPT_ELSEWHERE} | {*BEGUN.split()}


def test_each_form_of_the_admin_carries_what_it_was_opened_with() -> None:
    assert admin.site._registry
    for room in admin.site._registry.values():
        assert issubclass(room.form, ReferenceForm), room


@pytest.mark.parametrize("name", EDITS)
def test_each_form_that_edits_carries_what_it_was_opened_with(name: str) -> None:
    field, carriers = EDITS[name]
    for form in carriers:
        assert form.base_fields[field].widget.is_hidden, form.__name__
