"""Sign-off: each authority, for each section, of one text; and opinions where they differ."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.roles import Action
from audit.actor import Actor
from audit.events import record
from drafting.versions import advance_one
from publication.events import PublicationEvent as Event
from publication.models import Opinion, Report, ReportSection, SectionSignOff
from publication.sections import BuiltSection, build
from publication.services.report import refuse_unless_open, touch, void_sign_offs
from publication.states import ReportStatus
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

CHANGED = "This section has changed since you opened it. Read it again before you sign it off."


@act
def sign_off(section: ReportSection, *, text_sha256: str, by: Membership) -> SectionSignOff:
    """Record that the signer's authority signs off one text of a section.

    Args: `text_sha256` is the hash of the text that the signer read.
    Records: report:section_signed_off. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.REPORT_SIGN_OFF, section)
    authority = authority_of(section.report, by)
    section = ReportSection.objects.select_related("report").get(pk=section.pk)
    if section.report.status != ReportStatus.IN_SIGN_OFF:
        raise ActRefusedError("This report is not in sign-off.")
    if build(section).text_sha256 != text_sha256:
        raise ActRefusedError(CHANGED)
    standing = section.sign_offs.filter(authority=authority, voided_at=None).first()
    if standing and standing.text_sha256 == text_sha256:
        return standing
    if standing:
        standing.voided_at = timezone.now()
        standing.save(update_fields=["voided_at"])
    signed = SectionSignOff.objects.create(
        section=section, authority=authority, text_sha256=text_sha256, by=by
    )
    record(
        Event.SECTION_SIGNED_OFF,
        subject=section,
        by=by,
        section=section.key,
        authority=authority.slug,
        text_sha256=text_sha256,
    )
    return signed


@act
def give_opinion(
    report: Report, *, matter: str, text: str, by: Membership, version: int = 0
) -> Opinion:
    """Put an authority's opinion on a matter in dispute into the report, or change it there.

    It changes what the conclusions say, so their sign-offs no longer fit, and whoever gave it
    last edited the report last.
    Law: SI 2023/624 reg. 96(4); offered to the police regime too.
    Args: `version` is that of the opinion that one read, 0 where there was none on the matter.
    Records: report:opinion_given. Raises: PermissionDenied, ActRefusedError,
    VersionConflictError where a colleague has given another meanwhile.
    """
    refuse_unless_may(by, Action.REPORT_SIGN_OFF, report)
    refuse_unless_open(report)
    on: dict[str, Any] = {"report": report, "authority": authority_of(report, by)}
    on["matter"] = matter.strip()
    advance_one(Opinion.objects.filter(**on), version=version)
    facts = {"text": text.strip(), "by": by, "given_at": timezone.now()}
    given, _is_new = Opinion.objects.update_or_create(**on, defaults=facts)
    touch(report, by=by)
    record(Event.OPINION_GIVEN, subject=report, by=by, matter=matter)
    return given


def void_overtaken(case_key: str, *, by: Actor | None) -> None:
    """Void the sign-offs of a case whose section, built anew, reads otherwise than they say.

    A sealed report keeps its own: it is asked again when its seal is opened.
    Records: report:sign_off_voided for each.
    """
    standing = SectionSignOff.objects.filter(
        section__report__complaint__key=case_key, voided_at=None
    )
    open_to_change = standing.exclude(section__report__status=ReportStatus.SEALED)
    signed = ReportSection.objects.filter(pk__in=open_to_change.values("section"))
    for section in signed.select_related("report__complaint__regime"):
        void_sign_offs(section, by=by, but_of=build(section).text_sha256)


def authority_of(report: Report, by: Membership) -> Organisation:
    """The authority for which a membership signs. Raises: ActRefusedError for any other."""
    if not report.complaint.regime.authorities.filter(pk=by.organisation_id).exists():
        raise ActRefusedError(f"{by.organisation} does not decide in this regime.")
    return by.organisation


def unsigned(report: Report, sections: Iterable[BuiltSection]) -> list[tuple[str, str]]:
    """Which sections lack whose sign-off of what they say now: title and authority.

    Args: `sections` are those of the report as they were built just now.
    """
    given = standing_sign_offs(report)
    authorities = [part.organisation for part in report.complaint.regime.parts_in_order]
    hashed = [(section, section.text_sha256) for section in sections]
    return [
        (section.title, one.short_name)
        for (section, now), one in product(hashed, authorities)
        if (section.key, now, one.pk) not in given
    ]


def standing_sign_offs(report: Report) -> set[tuple[str, str, int]]:
    """The sign-offs of a report that stand: of which section, which text, by which authority."""
    standing = SectionSignOff.objects.filter(section__report=report, voided_at=None)
    return set(standing.values_list("section__key", "text_sha256", "authority_id"))
