"""What an entry of a timeline is about, named as far as whoever reads may read it itself."""

from collections.abc import Iterable, Sequence

from accounts.access import allowed
from accounts.models import Membership
from accounts.roles import Action
from audit.models import AuditEntry
from complaints.models import Complaint
from investigations.models import EvidenceItem
from publication.sections import BY_KEY

# By what its event is of: the detail of an entry that names its subject, and who reads that.
NAMED_BY: dict[str, tuple[str, Action]] = {
    "action": ("number", Action.RECOMMENDATION_READ),
    "evidence": ("mark", Action.EVIDENCE_READ),
    "finding": ("mark", Action.FINDING_READ),
    "line": ("number", Action.EVIDENCE_READ),
    "progress_report": ("number", Action.EVIDENCE_READ),
    "recommendation": ("number", Action.RECOMMENDATION_READ),
    "report": ("section", Action.REPORT_READ),
}
ITEM, FINDING = "E-", "F-"
# Of the others the record has the number, as pages show it.
AS_SHOWN = {"line": "L-{:0>2}"}


def subjects_of(
    entries: Sequence[AuditEntry], complaint: Complaint, by: Membership
) -> dict[int, str]:
    """What entries of one case are about, by their number; of the others nothing is said."""
    named = {entry.number: found for entry in entries if (found := _named(entry))}
    readable = allowed(by, {action for _name, action in named.values()}, complaint)
    names = {number: name for number, (name, action) in named.items() if action in readable}
    marks = {name for name in names.values() if name.startswith(ITEM)}
    unseen = marks - _seen(marks, complaint, by) if marks else set()
    return {number: name for number, name in names.items() if name not in unseen}


def _named(entry: AuditEntry) -> tuple[str, Action] | None:
    of = entry.event.partition(":")[0]
    detail, action = NAMED_BY.get(of, ("", Action.COMPLAINT_READ))
    name = str(entry.detail.get(detail) or "")
    if not name:
        return None
    if of == "report":
        return (BY_KEY[name].title if name in BY_KEY else "Press notice"), action
    # A tie between the two is named by its finding.
    name = AS_SHOWN.get(of, "{}").format(name)
    return name, Action.FINDING_READ if name.startswith(FINDING) else action


def _seen(marks: Iterable[str], complaint: Complaint, by: Membership) -> set[str]:
    """Of the marks of evidence items, those that exist for whoever reads."""
    numbers = [int(mark.removeprefix(ITEM)) for mark in marks]
    items = EvidenceItem.objects.visible_to(by).filter(investigation__complaint=complaint)
    return {item.mark for item in items.filter(number__in=numbers)}
