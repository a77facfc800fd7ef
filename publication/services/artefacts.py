"""The files of a seal: rendered once, named by a manifest, and put away encrypted."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from documents import vault
from documents.making import claim_of
from documents.pdf import Progress, render_pdf
from documents.printed import Printed, frozen, thawed
from documents.services.rendering import Teller
from publication.editors import last_editor_of
from publication.models import Release, ReleaseFile, Report, Sealing
from publication.readiness import Draft
from publication.states import EDITIONS, ReleaseKind

LANGUAGE = "en-GB"
HTML, PDF, JSON = "text/html; charset=utf-8", "application/pdf", "application/json"
MANIFEST = "manifest.json"
# What the progress page calls each document, by its template.
NAMES = {"reports/pdf.html": "Report", "reports/notice_pdf.html": "Press notice"}
PATHS = ("report.html", "report.pdf", "notice.html", "notice.pdf", "data.json", MANIFEST)


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


def rendered(draft: Draft, sealing: Sealing) -> list[Artefact]:
    """Every file but the manifest; the row is told how far the renderer is."""
    text, notice = draft.text, draft.made.notice
    return [
        Artefact("report.html", HTML, as_html("reports/web.html", text)),
        Artefact("report.pdf", PDF, as_pdf("reports/pdf.html", text, text.title, sealing)),
        Artefact("notice.html", HTML, as_html("reports/notice_web.html", notice)),
        Artefact(
            "notice.pdf", PDF, as_pdf("reports/notice_pdf.html", notice, notice.headline, sealing)
        ),
        Artefact("data.json", JSON, as_json(frozen(text))),
    ]


def as_pdf(template: str, printed: Printed, title: str, sealing: Sealing) -> bytes:
    """One PDF of the seal, its stages told under the name of what is printed."""
    claim_of(sealing).update(page_number=0, page_count=None)
    tell, name = Teller(sealing), NAMES[template]

    def named(at: Progress) -> None:
        tell(Progress(f"{name}: {at.stage[:1].lower()}{at.stage[1:]}", at.page_number))

    return render_pdf(template, printed, title=title, on_progress=named)


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


def put_away(draft: Draft, artefacts: list[Artefact], sealing: Sealing) -> Release:
    """Write the release and its files, encrypted under the key of the seal that was asked for."""
    release = release_of(draft, root_sha256=artefacts[-1].sha256, wrapped_key=sealing.wrapped_key)
    key = vault.unwrap(sealing.wrapped_key)
    for one in artefacts:
        place = vault.place_under(key, one.path)
        ReleaseFile.objects.create(
            release=release,
            path=one.path,
            storage_key=vault.seal_bytes(key, one.content, storage_key=place),
            sha256=one.sha256,
            size_bytes=len(one.content),
            content_type=one.content_type,
            language=LANGUAGE,
        )
    release.sealed_at = timezone.now()
    release.save(update_fields=["sealed_at"])
    return release


def clear_away(sealing: Sealing) -> None:
    """Remove every file that an attempt at this seal may have put away."""
    key = vault.unwrap(sealing.wrapped_key)
    for path in PATHS:
        vault.discard_sealed(vault.place_under(key, path))


def release_of(draft: Draft, *, root_sha256: str, wrapped_key: bytes | memoryview) -> Release:
    """The release of a report: not sealed until its files are there."""
    report = draft.report
    supersedes = edition_before(report)
    return Release.objects.create(
        kind=ReleaseKind.CORRECTION if supersedes else ReleaseKind.EDITION,
        complaint=report.complaint,
        report=report,
        reference=report.reference,
        slug=supersedes.slug if supersedes else free_slug(report),
        edition_number=report.edition_number,
        supersedes=supersedes,
        title=report.title,
        payload=payload_of(draft),
        root_sha256=root_sha256,
        wrapped_key=wrapped_key,
        last_editor=last_editor_of(report),
    )


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
        "stage": gettext_noop("Report published"),
        "summary": findings[0]["conclusion"] if findings else "",
        "recommendations": said,
        "correction_note": text.correction_note,
        "planned_for": draft.report.planned_for,
        "notice_as_at": draft.made.notice.as_at.isoformat(),
        "notice_lists": list(draft.made.lists),
        "fictional": text.fictional,
    }
