"""Whether the record is whole: every chain is computed again, entry by entry.

An entry is read once and let go, so that a record of any length is verified in the same memory.
What a chain alone can't show, a cut tail, shows against heads that were listed or given away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet

from audit.actor import Actor
from audit.chain import FIRST, HOUSE, as_recorded, entry_sha256, private_sha256
from audit.events import HouseEvent, record
from audit.models import AuditEntry, PrivateDetail

AT_ONCE = 2000
EVERY_CHAIN = "every chain"
DIFFER = "its content and hash differ"
OTHERWISE = "another entry was given away in its place"


@dataclass(frozen=True)
class Head:
    """An entry that was given away: on a receipt, in the hourly list, or by whoever asks."""

    chain: str
    number: int
    sha256: str


@dataclass(frozen=True)
class Fault:
    """The first bad entry of a record, and what is wrong with it."""

    chain: str
    number: int
    why: str

    def __str__(self) -> str:
        return f"{self.chain} entry {self.number}: {self.why}"


@dataclass
class Outcome:
    """What a verification found: how much it read, and the first fault if there is one."""

    chains: int = 0
    entries: int = 0
    fault: Fault | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was found to be wrong."""
        return self.fault is None


@dataclass
class ChainWalk:
    """One chain as it is walked: where it stands, and what its entries still owe."""

    chain: str
    heads: dict[int, str]
    number: int = 0
    sha256: str = FIRST
    private_missing: set[int] = field(default_factory=set)
    private_erased: set[int] = field(default_factory=set)

    def step(self, entry: AuditEntry) -> str:
        """Go on to the next entry; answers what is wrong with it, or nothing."""
        try:
            return self._compared(entry)
        except (AttributeError, TypeError, ValueError):  # What a forger wrote has any shape.
            return "it cannot be read"

    def _compared(self, entry: AuditEntry) -> str:
        for wrong, why in (
            (entry.number != self.number + 1, f"it follows entry {self.number}"),
            (entry.previous_sha256 != self.sha256, "it does not carry the hash of the one before"),
            (entry_sha256(as_recorded(entry)) != entry.sha256, DIFFER),
            (not self._given_away_as_it_is(entry), OTHERWISE),
            (not self._private_as_recorded(entry), "its personal data and their hash differ"),
        ):
            if wrong:
                return why
        if entry.event == HouseEvent.PRIVATE_ERASED:
            self.private_erased.add(entry.detail.get("number"))
        self.number, self.sha256 = entry.number, entry.sha256
        return ""

    def end(self) -> Fault | None:
        """What is wrong with the chain as a whole, once its last entry is read."""
        beyond = max(self.heads, default=0)
        if beyond > self.number:
            why = f"it was given away as a head, but the chain ends at entry {self.number}"
            return Fault(self.chain, beyond, why)
        if unexplained := self.private_missing - self.private_erased:
            why = "its personal data are gone, and no erasure is recorded"
            return Fault(self.chain, min(unexplained), why)
        return None

    def _given_away_as_it_is(self, entry: AuditEntry) -> bool:
        return self.heads.get(entry.number, entry.sha256) == entry.sha256

    def _private_as_recorded(self, entry: AuditEntry) -> bool:
        """Whether the personal data beside an entry are those that its hash stands for."""
        private: PrivateDetail | None = getattr(entry, "private", None)
        if private is None:
            if entry.private_sha256:
                self.private_missing.add(entry.number)
            return True
        return private_sha256(private.salt, private.content) == entry.private_sha256


def verify(chain: str = "", *, given: Iterable[Head] = ()) -> Outcome:
    """Compute every chain again, or one, and stop at the first bad entry.

    `given` are heads that somebody holds; those of the hourly lists are known anyway. The chain of
    the lists is read first, so that a forged list is named and not what it tells of.
    """
    outcome = Outcome()
    known = _heads_by_chain(given, only=chain)
    if chain in {"", HOUSE}:
        _read(HOUSE, _one_by_one(_entries().filter(chain=HOUSE)), known, outcome)
    if chain == HOUSE or outcome.fault:
        return outcome
    listed, outcome.fault = listed_heads()
    heads = _heads_by_chain([*listed, *given], only=chain)
    outcome.fault = outcome.fault or _listed_otherwise(heads.pop(HOUSE, {}))
    rest = _entries().filter(chain=chain) if chain else _entries().exclude(chain=HOUSE)
    for name, entries in groupby(_one_by_one(rest), key=lambda entry: entry.chain):
        if outcome.fault:
            return outcome
        _read(name, entries, heads, outcome)
    for name, missing in heads.items():
        outcome.fault = outcome.fault or ChainWalk(name, missing).end()
    return outcome


def verify_and_record(chain: str = "", *, given: Iterable[Head] = (), by: Actor | None) -> Outcome:
    """Verify, and write down what was found, so that an auditor sees when it was last looked at.

    Records: record:verified, in the chain `house`.
    """
    found = verify(chain, given=given)
    record(
        HouseEvent.VERIFIED,
        subject=None,
        by=by,
        of=chain or EVERY_CHAIN,
        entries=found.entries,
        fault=str(found.fault or ""),
    )
    return found


def last_verification(chain: str) -> AuditEntry | None:
    """The last time that a chain was verified, by itself or with all others."""
    looked_at = AuditEntry.objects.filter(
        chain=HOUSE, event=HouseEvent.VERIFIED, detail__of__in=[chain, EVERY_CHAIN]
    )
    return looked_at.order_by("number").last()


def listed_heads() -> tuple[list[Head], Fault | None]:
    """The heads that the hourly entries list, and the first list that is not what was listed."""
    found: list[Head] = []
    lists = AuditEntry.objects.of_chain(HOUSE).filter(event=HouseEvent.HEADS_LISTED)
    for listed in lists.iterator(chunk_size=AT_ONCE):
        if entry_sha256(as_recorded(listed)) != listed.sha256:
            return found, Fault(HOUSE, listed.number, DIFFER)
        try:
            found += [Head(chain, *at) for chain, at in listed.detail.get("heads", {}).items()]
        except (AttributeError, TypeError):
            return found, Fault(HOUSE, listed.number, "its list of heads cannot be read")
    return found, None


def _listed_otherwise(heads: dict[int, str]) -> Fault | None:
    """The first entry of `house`, which was walked already, that its own lists have otherwise."""
    entries = AuditEntry.objects.of_chain(HOUSE).filter(number__in=list(heads))
    stands = dict(entries.values_list("number", "sha256"))
    for number in sorted(heads):
        if stands.get(number) != heads[number]:
            return Fault(HOUSE, number, OTHERWISE)
    return None


def _heads_by_chain(heads: Iterable[Head], *, only: str) -> dict[str, dict[int, str]]:
    """Heads by chain and number."""
    known: dict[str, dict[int, str]] = {}
    for head in heads:
        if only in {"", head.chain}:
            known.setdefault(head.chain, {})[head.number] = head.sha256
    return known


def _entries() -> QuerySet[AuditEntry]:
    """The entries to read, chain by chain and in order, with the personal data beside them."""
    return AuditEntry.objects.select_related("private").order_by("chain", "number", "pk")


def _one_by_one(entries: QuerySet[AuditEntry]) -> Iterator[AuditEntry]:
    """Entries as they are read: some at once, and none kept."""
    return iter(entries.iterator(chunk_size=AT_ONCE))


def _read(
    chain: str, entries: Iterable[AuditEntry], heads: dict[str, dict[int, str]], outcome: Outcome
) -> None:
    """Walk one chain to its end or to its first fault, and take its heads for seen."""
    walk = ChainWalk(chain, heads.pop(chain, {}))
    for entry in entries:
        outcome.entries += 1
        if why := walk.step(entry):
            outcome.fault = Fault(chain, entry.number, why)
            break
    outcome.chains += walk.number > 0 or outcome.fault is not None
    outcome.fault = outcome.fault or walk.end()
