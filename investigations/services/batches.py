"""Several files registered in one go: each by itself, so that one bad file stops no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.files import File

from accounts.models import Membership
from investigations.models import EvidenceItem, Investigation
from investigations.services.evidence import register
from workflow.errors import ActRefusedError


@dataclass
class Batch:
    """What came of several files: the items, and the sentences about what was refused."""

    registered: list[EvidenceItem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def register_each(
    investigation: Investigation,
    files: Iterable["File[bytes]"],
    *,
    by: Membership,
    title: str = "",
    **described: Any,
) -> Batch:
    """Register each file with the same provenance; without a title it takes its file's name.

    Not one act: what is refused is told by file, and the others stay registered.
    Records: evidence:registered for each. Raises: PermissionDenied.
    """
    batch = Batch()
    for upload in files:
        called = title or PurePath(upload.name or "").stem[:250]
        try:
            registered = register(investigation, upload=upload, by=by, title=called, **described)
            batch.registered.append(registered)
        except ActRefusedError as refusal:
            batch.refused.append(named(refusal, upload.name or ""))
    return batch


def named(refusal: ActRefusedError, name: str) -> str:
    """The refusal with the name of its file, which it may already carry."""
    told = str(refusal)
    return told if name in told else f"“{name}”: {told}"
