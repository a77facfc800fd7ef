"""Fills the database with many cases by COPY: every constraint and trigger holds, and the record.

The cases are made up and their letters are short. Each has its feature, letters, clocks, views and
decision as its stage asks, and one entry in its own chain, hashed by the record's own functions.
"""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from io import StringIO
from itertools import islice
from typing import Any

import psycopg2

from accounts.models import Membership, Organisation, Regime
from audit.chain import FIRST, as_recorded, entry_sha256
from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import (
    KEY_ALPHABET,
    KEY_LENGTH,
    Acknowledgement,
    Complaint,
    EligibilityDecision,
    EligibilityView,
    Feature,
    Letter,
)
from complaints.states import CaseStatus as S
from complaints.states import Ground, Origin, Precision
from deadlines.models import Deadline
from deadlines.rules import POLICE, RULES
from deadlines.services.computing import calendar_on_record
from deadlines.states import DeadlineState
from publication.models import Release, ReleaseApproval
from publication.models.releases import LONDON
from publication.states import PUBLIC_AUDIENCE, ReleaseKind

BATCH = 10_000
# Of a thousand cases, so many stand in each state: most of a long history is over.
MIX = {
    S.CLOSED: 600,
    S.NOT_ELIGIBLE: 170,
    S.INVESTIGATING: 60,
    S.WITHDRAWN: 50,
    S.SEALED: 45,
    S.DRAFT: 30,
    S.SUBMITTED: 20,
    S.REPORTING: 15,
    S.ELIGIBLE: 10,
}
LIVE = {S.SUBMITTED, S.ELIGIBLE, S.INVESTIGATING, S.REPORTING}
TOPICS = (
    "Night stops",
    "Calls from custody",
    "Seized phones",
    "Missing adults",
    "Interpreters",
    "Body cameras",
    "Bail conditions",
    "Strip searches",
    "Stalking reports",
    "Burglary visits",
)
PLACES = 20
RULE = {rule.code: rule for rule in RULES if rule.regime == POLICE}
PUBLISHED_OF_CLOSED = 10
EPOCH = date(2018, 11, 1)
TEXT = "Fictional. Made for a measurement, with a length that is usual for such a letter. " * 4
PARENTS_FIRST: tuple[type[Any], ...] = (
    Complaint,
    Feature,
    Letter,
    Acknowledgement,
    EligibilityView,
    EligibilityDecision,
    Deadline,
    AuditEntry,
    Release,
    ReleaseApproval,
)


@dataclass
class Cases:
    """Rows of one batch, by table, with the numbers that they are given."""

    number: dict[type[Any], int]
    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, model: type[Any], **values: Any) -> int:
        """One row, by its columns; answers its primary key."""
        self.number[model] += 1
        self.rows.setdefault(model, []).append({"id": self.number[model], **values})
        return self.number[model]


def load(first: int, last: int) -> None:
    """Load the cases from one number up to another, then let the planner look at the tables."""
    owner = psycopg2.connect(os.environ["MIGRATE_DATABASE_URL"])
    wanted = iter(range(first, last))
    maker = Maker(owner)
    while batch := list(islice(wanted, BATCH)):
        cases = Cases(maker.number)
        for number in batch:
            maker.make(cases, number)
        with owner, owner.cursor() as cursor:
            for model in PARENTS_FIRST:
                copy(cursor, model, cases.rows.get(model, []))
    with owner, owner.cursor() as cursor:
        for model in PARENTS_FIRST:
            table = model._meta.db_table
            numbers = f"pg_get_serial_sequence('{table}', 'id')"
            cursor.execute(f"SELECT setval({numbers}, max(id)) FROM {table}")  # noqa: S608
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    owner.close()


def copy(cursor: Any, model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Send the rows of one table in one COPY; what a row does not name is the field's default."""
    if not rows:
        return
    defaults = {one.column: one.get_default() for one in model._meta.concrete_fields}
    columns = list(defaults)
    sent = StringIO()
    for row in rows:
        whole = defaults | row
        sent.write("\t".join(written(whole[column]) for column in columns) + "\n")
    sent.seek(0)
    cursor.copy_expert(f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN", sent)


def written(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, dict | list):
        value = json.dumps(value) if isinstance(value, dict) else f"{{{','.join(value)}}}"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")


@cache
def working_day(first: date, length: int) -> date:
    """The last of so many working days, by the service's own calendar."""
    return calendar_on_record().working_days(first, length).due_on


class Maker:
    """Makes the rows of a case from its number alone, so that each run loads the same cases."""

    def __init__(self, owner: Any) -> None:
        self.number = {}
        with owner, owner.cursor() as cursor:
            for model in PARENTS_FIRST:
                cursor.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")  # noqa: S608
                self.number[model] = cursor.fetchone()[0]
        self.regime = Regime.objects.get(key=POLICE)
        kind = Organisation.Kind.DESIGNATED_BODY
        self.bodies = list(Organisation.objects.filter(kind=kind).order_by("pk"))
        slugs = ("hmicfrs", "iopc", "college")
        self.deciders = [_at(slug, "decision_maker") for slug in slugs]
        self.intake = _at("hmicfrs", "intake_officer")
        press = Membership.objects.filter(roles__contains=["press_officer"]).order_by("pk")
        self.press = list(press[:2])
        self.today = datetime.now(UTC).date()

    def make(self, cases: Cases, number: int) -> None:
        """All rows of one case."""
        chance = random.Random(number)  # noqa: S311  A measurement, not a secret.
        status = chance.choices(list(MIX), list(MIX.values()))[0]
        case = self._complaint(cases, number, status, chance)
        self._entry(cases, case)
        cases.add(Feature, complaint_id=case["id"], number=1, statement=case["title"], detail=TEXT)
        if status == S.DRAFT:
            return
        if status != S.SUBMITTED or number % 2:
            self._acknowledged(cases, case)
        self._clocks(cases, case, acknowledged=status != S.SUBMITTED or bool(number % 2))
        if status == S.SUBMITTED:
            self._views(cases, case, number % 4)
        elif status != S.WITHDRAWN:
            self._decided(cases, case)
        if status == S.SEALED or (status == S.CLOSED and number % PUBLISHED_OF_CLOSED == 0):
            self._published(cases, case)

    def _complaint(
        self, cases: Cases, number: int, status: S, chance: random.Random
    ) -> dict[str, Any]:
        draft = status == S.DRAFT
        span = 300 if status in LIVE else (self.today - EPOCH).days
        received = self.today - timedelta(days=chance.randrange(1, span))
        at = datetime.combine(received, time(9), UTC)
        topic, place = TOPICS[number % 10], number // 10 % PLACES
        cases.add(
            Complaint,
            key="".join(chance.choices(KEY_ALPHABET, k=KEY_LENGTH)),
            reference="" if draft else f"SC-{received.year}-{100_000 + number}",
            regime_id=self.regime.pk,
            lead_body_id=self.bodies[number % len(self.bodies)].pk,
            origin=Origin.LETTER if number % 5 == 0 else Origin.PORTAL,
            status=status,
            title=f"{topic} in Area {place:02} (fictional {number})",
            contact_name="Contact 1",
            contact_email="contact@example.invalid",
            contact_phone="",
            forces_concerned=Complaint.ForcesConcerned.NONE_NAMED,
            harm=TEXT,
            evidence_relied_on=TEXT,
            received_on=None if draft else received,
            received_precision=Precision.DAY,
            submitted_at=None if draft else at,
            created_at=at,
            version=1,
            fictional=True,
        )
        return cases.rows[Complaint][-1]

    def _entry(self, cases: Cases, case: dict[str, Any]) -> None:
        """The first entry of the case's chain, hashed as the record does it."""
        event = ComplaintEvent.RECEIVED if case["reference"] else ComplaintEvent.DRAFTED
        entry = AuditEntry(
            chain=case["key"],
            number=1,
            at=case["created_at"],
            event=str(event),
            subject=f"{Complaint._meta.label_lower}:{case['id']}",
            reference=case["reference"],
            by_label="service",
            detail={"received_on": str(case["received_on"])} if case["reference"] else {},
            previous_sha256=FIRST,
        )
        recorded = as_recorded(entry)
        values = {**recorded, "by_user_id": None, "by_label": "service"}
        del values["by_user"], values["by"]
        values["detail"] = json.dumps(entry.detail)
        cases.add(AuditEntry, **values, sha256=entry_sha256(recorded))

    def _letter(self, cases: Cases, case: dict[str, Any], kind: str, by: Membership) -> int:
        return cases.add(
            Letter,
            complaint_id=case["id"],
            kind=kind,
            subject=case["title"],
            text=TEXT,
            document_id=None,
            by_id=by.pk,
            sent_at=case["created_at"],
        )

    def _acknowledged(self, cases: Cases, case: dict[str, Any]) -> None:
        letter = self._letter(cases, case, Letter.Kind.ACKNOWLEDGEMENT, self.intake)
        cases.add(
            Acknowledgement,
            complaint_id=case["id"],
            letter_id=letter,
            acknowledged_at=case["created_at"],
            by_id=self.intake.pk,
        )

    def _views(self, cases: Cases, case: dict[str, Any], authorities: int) -> None:
        for by in self.deciders[:authorities]:
            cases.add(
                EligibilityView,
                complaint_id=case["id"],
                authority_id=by.organisation_id,
                eligible=True,
                ground="",
                repeats_id=None,
                reasons="",
                by_id=by.pk,
                recorded_at=case["created_at"],
            )

    def _decided(self, cases: Cases, case: dict[str, Any]) -> None:
        eligible = case["status"] != S.NOT_ELIGIBLE
        kind = Letter.Kind.ELIGIBLE if eligible else Letter.Kind.NOT_ELIGIBLE
        self._views(cases, case, 1)
        cases.add(
            EligibilityDecision,
            complaint_id=case["id"],
            eligible=eligible,
            ground="" if eligible else Ground.CONTENT,
            reasons=TEXT,
            decided_on=case["received_on"],
            known_by=None,
            letter_id=self._letter(cases, case, kind, self.deciders[0]),
            by_id=self.deciders[0].pk,
        )

    def _clocks(self, cases: Cases, case: dict[str, Any], *, acknowledged: bool) -> None:
        received = case["received_on"]
        due = working_day(received, RULE["acknowledge-receipt"].length)
        self._clock(cases, case, "acknowledge-receipt", due, met=acknowledged)
        if case["status"] in {S.ELIGIBLE, S.INVESTIGATING, S.REPORTING}:
            days = timedelta(days=RULE["progress-report"].length - 1)
            self._clock(cases, case, "progress-report", received + days, met=False)

    def _clock(
        self, cases: Cases, case: dict[str, Any], code: str, due_on: date, *, met: bool
    ) -> None:
        rule = RULE[code]
        cases.add(
            Deadline,
            case_key=case["key"],
            case_reference=case["reference"],
            rule_code=code,
            regime=POLICE,
            subject=f"{Complaint._meta.label_lower}:{case['id']}",
            name=rule.name,
            law=rule.law,
            basis="statutory",
            condition="",
            number=1,
            starts_on=case["received_on"],
            length=rule.length,
            due_on=due_on,
            state=DeadlineState.MET if met else DeadlineState.OPEN,
            not_computable_because="",
            met_on=case["received_on"] if met else None,
            opened_at=case["created_at"],
        )

    def _published(self, cases: Cases, case: dict[str, Any]) -> None:
        """A sealed report without files, approved by two for an instant that has passed."""
        root = sha256(case["key"].encode()).hexdigest()
        at = case["created_at"]
        payload = {"bodies": ["Open Door"], "received": str(case["received_on"]), "fictional": True}
        release = cases.add(
            Release,
            kind=ReleaseKind.EDITION,
            case_key=case["key"],
            report_id=None,
            reference=case["reference"],
            slug=f"measured-{case['key'].lower()}",
            edition_number=1,
            supersedes_id=None,
            title=case["title"],
            payload=json.dumps(payload),
            root_sha256=root,
            wrapped_key="",
            last_editor_id=self.deciders[0].user_id,
            approvals_needed=2,
            imported=False,
            sealed_at=at,
            unsealed_at=None,
            release_at=at,
            wall_time=f"{at:%Y-%m-%d %H:%M} GMT",
            zone=LONDON,
            latched_at=None,
        )
        for by in self.press:
            cases.add(
                ReleaseApproval,
                release_id=release,
                by_id=by.pk,
                person_id=by.user_id,
                root_sha256=root,
                release_at=at,
                audience=PUBLIC_AUDIENCE,
                approved_at=at,
                voided_at=None,
            )


def _at(slug: str, role: str) -> Membership:
    """A member of the demo in a role."""
    found: Iterator[Membership] = Membership.objects.filter(
        organisation__slug=slug, roles__contains=[role]
    ).iterator()
    return next(found)
