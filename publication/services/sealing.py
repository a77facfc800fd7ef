"""Sealing: the report is rendered once, hashed, and put away encrypted until its instant."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Membership
from accounts.roles import Action
from complaints.states import CaseStatus
from complaints.workflow import CASE
from documents import vault
from documents.pdf import render_pdf
from documents.printed import Printed, frozen, thawed
from publication.clock import at_this_clock
from publication.models import Release, ReleaseFile, ReleaseStanding, Report
from publication.readiness import Draft, draft_of, lacking
from publication.states import EDITIONS, ReleaseKind, Standing
from publication.workflow import REPORT
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

LANGUAGE = "en-GB"
HTML, PDF, JSON = "text/html; charset=utf-8", "application/pdf", "application/json"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Artefact:
    """One file of a seal: where it stands in the manifest, what it is, and its bytes."""

    path: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@act
def seal(report: Report, *, by: Membership) -> Release:
    """Render the report and its press notice once, and freeze them under one root hash.

    The root hash is that of the manifest, which names every file with its hash.
    Law: SI 2018/748 reg. 8(2)-(3). Records: report:sealed, complaint:sealed.
    Raises: PermissionDenied, TransitionRefusedError; ActRefusedError with all that is lacking.
    """
    refuse_unless_may(by, Action.REPORT_SEAL, report)
    REPORT.check("seal", report)
    draft = draft_of(report)
    if missing := lacking(draft):
        raise ActRefusedError(" ".join(missing))
    artefacts = with_manifest(rendered(draft))
    release = put_away(draft, artefacts)
    REPORT.apply("seal", report, by=by, root_sha256=release.root_sha256)
    if report.complaint.status == CaseStatus.REPORTING:
        CASE.apply("seal", report.complaint, by=by)
    return release


@act
def unseal(report: Report, *, reason: str, by: Membership) -> Report:
    """Open the seal of a report that has not been public, so that it can be changed.

    Its release is void with every approval. Records: report:unsealed, complaint:unsealed.
    Raises: PermissionDenied, ActRefusedError for a report that is or has been public.
    """
    if not reason.strip():
        raise ActRefusedError("Say why the seal is opened.")
    standing = report.releases.filter(unsealed_at=None).first()
    if standing and has_been_public(standing):
        raise ActRefusedError("This report is public. Correct or withdraw it instead.")
    report.releases.filter(unsealed_at=None).update(unsealed_at=timezone.now())
    REPORT.apply("unseal", report, by=by, reason=reason)
    if report.complaint.status == CaseStatus.SEALED and report.edition_number == 1:
        CASE.apply("unseal", report.complaint, by=by)
    return report


def has_been_public(release: Release) -> bool:
    """Whether the public door opens for a release now, or ever did."""
    if Release.objects.filter(pk=release.pk, latched_at__isnull=False).exists():
        return True
    with at_this_clock():
        return ReleaseStanding.objects.filter(release_id=release.pk, state=Standing.OPEN).exists()


def rendered(draft: Draft) -> list[Artefact]:
    """Every file but the manifest."""
    text, notice = draft.text, draft.made.notice
    return [
        Artefact("report.html", HTML, as_html("reports/web.html", text)),
        Artefact("report.pdf", PDF, render_pdf("reports/pdf.html", text, title=text.title)),
        Artefact("notice.html", HTML, as_html("reports/notice_web.html", notice)),
        Artefact(
            "notice.pdf", PDF, render_pdf("reports/notice_pdf.html", notice, title=notice.headline)
        ),
        Artefact("data.json", JSON, as_json(frozen(text))),
    ]


def as_html(template: str, printed: Printed) -> bytes:
    """A part of a page, from the same facts and templates as the PDF."""
    return render_to_string(template, {"printed": thawed(frozen(printed))}).encode()


def as_json(content: Any) -> bytes:
    """JSON that a person can read too."""
    return json.dumps(content, indent=2, ensure_ascii=False).encode()


def with_manifest(artefacts: list[Artefact]) -> list[Artefact]:
    """The files and, last, the manifest that names each of them."""
    rows = [
        {
            "path": one.path,
            "sha256": one.sha256,
            "bytes": len(one.content),
            "type": one.content_type,
            "language": LANGUAGE,
        }
        for one in artefacts
    ]
    return [*artefacts, Artefact(MANIFEST, JSON, as_json({"files": rows}))]


def put_away(draft: Draft, artefacts: list[Artefact]) -> Release:
    """Encrypt the files under a key of this release, and close the seal."""
    key, report = vault.new_key(), draft.report
    supersedes = edition_before(report)
    release = Release.objects.create(
        kind=ReleaseKind.CORRECTION if supersedes else ReleaseKind.EDITION,
        complaint=report.complaint,
        report=report,
        reference=report.reference,
        slug=supersedes.slug if supersedes else free_slug(report),
        edition_number=report.edition_number,
        supersedes=supersedes,
        title=report.title,
        payload=payload_of(draft),
        root_sha256=artefacts[-1].sha256,
        wrapped_key=vault.wrap(key),
        last_editor=report.last_edited_by.user,
    )
    sealed: list[str] = []
    try:
        for one in artefacts:
            sealed.append(vault.seal_bytes(key, one.content))
            ReleaseFile.objects.create(
                release=release,
                path=one.path,
                storage_key=sealed[-1],
                sha256=one.sha256,
                size_bytes=len(one.content),
                content_type=one.content_type,
                language=LANGUAGE,
            )
    except BaseException:
        for storage_key in sealed:
            vault.discard_sealed(storage_key)
        raise
    release.sealed_at = timezone.now()
    release.save(update_fields=["sealed_at"])
    return release


def edition_before(report: Report) -> Release | None:
    """The public edition that a corrected report replaces."""
    earlier = Release.objects.filter(
        complaint=report.complaint, kind__in=EDITIONS, unsealed_at=None
    ).filter(edition_number__lt=report.edition_number)
    return earlier.order_by("-edition_number").first()


def free_slug(report: Report) -> str:
    """The address: the title in small letters, with the reference where that is taken."""
    slug = slugify(report.title)[:80].strip("-") or report.reference.lower()
    taken = Release.objects.filter(slug=slug, unsealed_at=None).exists()
    return f"{slug}-{report.reference.lower()}" if taken else slug


def payload_of(draft: Draft) -> dict[str, Any]:
    """What lists and the page of the case say of the report: frozen with it."""
    text = draft.text
    content = {section.key: section.content for section in text.sections}
    said = frozen(content["recommendations"])["recommendations"]
    findings = frozen(content["conclusions"])["findings"]
    return {
        "bodies": list(text.bodies),
        "received": text.received,
        "features": list(text.features),
        "stage": "Report published",
        "summary": findings[0]["conclusion"] if findings else "",
        "recommendations": said,
        "correction_note": text.correction_note,
        "planned_for": draft.report.planned_for,
        "fictional": text.fictional,
    }
