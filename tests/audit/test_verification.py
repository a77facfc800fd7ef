"""The record is verified whole, and every forgery is found at its first bad entry.

The forger is the database's superuser, who takes the triggers off and writes what they like.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from audit.chain import FIRST, as_recorded, entry_sha256, head
from audit.erasure import erase_private_detail
from audit.events import HouseEvent
from audit.heads import list_heads
from audit.models import AuditEntry, PrivateDetail
from audit.verification import Head, last_verification, verify, verify_and_record
from supercomplaints.private import postgres
from tests.builders.audit import CASE, OTHER, happens
from tests.cluster import Cluster
from tests.fixtures.process import DATABASE

Forge = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def recorded(committed: None) -> None:
    """Two chains on committed data with their heads listed, and one entry since."""
    happens(CASE, 6)
    happens(OTHER, 3)
    list_heads()
    happens(CASE)


@pytest.fixture
def forge(cluster: Cluster, recorded: None) -> Iterator[Forge]:
    """Write to the record as the superuser, with its triggers and constraints off."""
    secret = cluster.secret["SUPERUSER_PASSWORD"]
    session = postgres.connect(cluster.places, secret, database=DATABASE)
    with session.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        for constraint in ("one_entry_at_each_place", "a_chain_does_not_fork"):
            cursor.execute(f"ALTER TABLE audit_auditentry DROP CONSTRAINT {constraint}")
        cursor.execute("SET session_replication_role = replica")

        def write(statement: str, *values: object) -> list[tuple[Any, ...]]:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

        yield write
    session.close()


def hashed_anew(number: int, **changed: Any) -> dict[str, Any]:
    """An entry as a careful forger would write it: changed, and with a hash that fits."""
    entry = AuditEntry.objects.get(chain=CASE, number=number)
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.sha256 = entry_sha256(as_recorded(entry))
    return {"sha256": entry.sha256, **changed}


def told() -> str:
    """What the command says of a record that is not whole."""
    with pytest.raises(CommandError) as refused:
        call_command("verify_record")
    return str(refused.value)


@pytest.mark.committed
def test_a_whole_record_is_counted(recorded: None) -> None:
    said = StringIO()
    call_command("verify_record", stdout=said)
    assert said.getvalue() == "WHOLE: 11 entries in 3 chains.\n"
    assert verify(OTHER).entries == 3


@pytest.mark.committed
@pytest.mark.parametrize(
    "column", ["detail", "event", "subject", "reference", "by_label", "at", "by_user_id"]
)
def test_a_changed_entry_is_named(forge: Forge, column: str) -> None:
    forged = {
        "detail": "'{}'",
        "at": "at - interval '1 second'",
        "by_user_id": "7",
    }.get(column, "'other'")
    statement = f"UPDATE audit_auditentry SET {column} = {forged}"  # noqa: S608  (a forger's own)
    forge(f"{statement} WHERE chain = %s AND number = 4", CASE)
    assert told() == f"BAD: {CASE} entry 4: its content and hash differ"


@pytest.mark.committed
def test_a_changed_entry_with_a_hash_that_fits_betrays_itself_at_the_next(forge: Forge) -> None:
    fits = hashed_anew(4, detail={"place": "elsewhere"})
    forge(
        "UPDATE audit_auditentry SET detail = %s, sha256 = %s WHERE chain = %s AND number = 4",
        json.dumps(fits["detail"]),
        fits["sha256"],
        CASE,
    )
    assert told() == f"BAD: {CASE} entry 5: it does not carry the hash of the one before"


@pytest.mark.committed
def test_a_removed_entry_is_missed(forge: Forge) -> None:
    forge("DELETE FROM audit_auditentry WHERE chain = %s AND number = 3", CASE)
    assert told() == f"BAD: {CASE} entry 4: it follows entry 2"


@pytest.mark.committed
def test_a_removed_beginning_is_missed(forge: Forge) -> None:
    forge("DELETE FROM audit_auditentry WHERE chain = %s AND number < 3", CASE)
    assert told() == f"BAD: {CASE} entry 3: it follows entry 0"


LISTS = "chain = 'house' AND event = 'record:heads_listed'"


@pytest.mark.committed
def test_a_forged_list_of_heads_is_named_and_not_the_sound_entry_it_tells_of(forge: Forge) -> None:
    path = f"{{heads,{CASE},1}}"
    forge(
        "UPDATE audit_auditentry SET detail = jsonb_set(detail, %s, to_jsonb(repeat('0', 64)))"  # noqa: S608
        f" WHERE {LISTS}",
        path,
    )
    assert told() == "BAD: house entry 1: its content and hash differ"
    fault = verify(CASE).fault
    assert (fault and fault.chain, fault and fault.number) == ("house", 1)


@pytest.mark.committed
def test_the_chain_of_the_lists_is_held_to_its_own_lists(recorded: None, forge: Forge) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        happens("house")
        list_heads()
    lists = AuditEntry.objects.filter(chain="house", event=HouseEvent.HEADS_LISTED)
    listed = lists.order_by("number").last()
    assert listed is not None
    heads = {**listed.detail["heads"], "house": [1, "0" * 64]}
    listed.detail = {"heads": heads}
    forge(
        "UPDATE audit_auditentry SET detail = %s, sha256 = %s"
        " WHERE chain = 'house' AND number = %s",
        json.dumps(listed.detail),
        entry_sha256(as_recorded(listed)),
        listed.number,
    )
    assert told() == "BAD: house entry 1: another entry was given away in its place"


@pytest.mark.committed
@pytest.mark.parametrize("heads", [[], {CASE: 5}, {CASE: [1]}, "gone"])
def test_a_list_of_heads_in_another_shape_is_a_fault_of_its_entry(forge: Forge, heads: Any) -> None:
    entry = AuditEntry.objects.get(chain="house", event=HouseEvent.HEADS_LISTED)
    entry.detail = {"heads": heads}
    forge(
        f"UPDATE audit_auditentry SET detail = %s, sha256 = %s WHERE {LISTS}",  # noqa: S608
        json.dumps(entry.detail),
        entry_sha256(as_recorded(entry)),
    )
    assert told() == "BAD: house entry 1: its list of heads cannot be read"


@pytest.mark.committed
def test_an_erasure_in_another_shape_is_a_fault_of_its_entry(forge: Forge) -> None:
    erase_private_detail(AuditEntry.objects.get(chain=CASE, number=2), reason="Asked.", by=None)
    entry = head(CASE)
    assert entry is not None
    entry.detail = ["gone"]
    forge(
        "UPDATE audit_auditentry SET detail = %s, sha256 = %s WHERE chain = %s AND number = %s",
        json.dumps(entry.detail),
        entry_sha256(as_recorded(entry)),
        CASE,
        entry.number,
    )
    assert told() == f"BAD: {CASE} entry {entry.number}: it cannot be read"


@pytest.mark.committed
def test_a_tail_cut_after_it_was_listed_is_missed(forge: Forge) -> None:
    forge("DELETE FROM audit_auditentry WHERE chain = %s AND number > 5", CASE)
    assert told() == (
        f"BAD: {CASE} entry 6: it was given away as a head, but the chain ends at entry 5"
    )


@pytest.mark.committed
def test_a_tail_cut_before_it_was_listed_is_missed_by_whoever_holds_its_head(
    forge: Forge,
) -> None:
    held = head(CASE)
    assert held is not None
    forge("DELETE FROM audit_auditentry WHERE chain = %s AND number = 7", CASE)
    assert verify(CASE).whole
    fault = verify(CASE, given=[Head(CASE, 7, held.sha256)]).fault
    assert fault is not None
    assert fault.number == 7
    with pytest.raises(CommandError, match="entry 7: it was given away"):
        call_command("verify_record", "--chain", CASE, "--head", f"7:{held.sha256}")


@pytest.mark.committed
def test_a_chain_removed_whole_is_missed(forge: Forge) -> None:
    forge("DELETE FROM audit_auditentry WHERE chain = %s", OTHER)
    assert told() == (
        f"BAD: {OTHER} entry 3: it was given away as a head, but the chain ends at entry 0"
    )


@pytest.mark.committed
def test_a_chain_written_anew_differs_from_the_head_that_was_listed(forge: Forge) -> None:
    previous = FIRST
    for number in range(1, 8):
        fits = hashed_anew(number, previous_sha256=previous, detail={"place": "elsewhere"})
        forge(
            "UPDATE audit_auditentry SET detail = %s, previous_sha256 = %s, sha256 = %s "
            "WHERE chain = %s AND number = %s",
            json.dumps(fits["detail"]),
            previous,
            fits["sha256"],
            CASE,
            number,
        )
        previous = fits["sha256"]
    assert told() == f"BAD: {CASE} entry 6: another entry was given away in its place"


@pytest.mark.committed
def test_a_forked_chain_is_found_at_the_entry_that_stands_twice(forge: Forge) -> None:
    entry = AuditEntry.objects.get(chain=CASE, number=5)
    entry.detail = {"place": "elsewhere"}
    forge(
        "INSERT INTO audit_auditentry (chain, number, at, event, subject, reference, by_label,"
        " detail, private_sha256, previous_sha256, sha256)"
        " SELECT chain, number, at, event, subject, reference, by_label, %s, private_sha256,"
        " previous_sha256, %s FROM audit_auditentry WHERE chain = %s AND number = 5",
        json.dumps(entry.detail),
        entry_sha256(as_recorded(entry)),
        CASE,
    )
    assert told() == f"BAD: {CASE} entry 5: it follows entry 5"


@pytest.mark.committed
def test_an_entry_slipped_in_at_the_end_is_found(forge: Forge) -> None:
    forge(
        "INSERT INTO audit_auditentry (chain, number, at, event, subject, reference, by_label,"
        " detail, private_sha256, previous_sha256, sha256)"
        " SELECT chain, 8, at, event, subject, reference, by_label, detail, private_sha256,"
        " sha256, repeat('0', 64) FROM audit_auditentry WHERE chain = %s AND number = 7",
        CASE,
    )
    assert told() == f"BAD: {CASE} entry 8: its content and hash differ"


@pytest.mark.committed
def test_changed_personal_data_do_not_fit_their_hash(forge: Forge) -> None:
    forge(
        'UPDATE audit_privatedetail SET content = \'{"person": "Somebody else"}\' WHERE entry_id'
        " = (SELECT id FROM audit_auditentry WHERE chain = %s AND number = 2)",
        CASE,
    )
    assert told() == f"BAD: {CASE} entry 2: its personal data and their hash differ"


@pytest.mark.committed
def test_personal_data_that_went_without_an_erasure_are_missed(forge: Forge) -> None:
    forge("DELETE FROM audit_privatedetail")
    assert told() == f"BAD: {CASE} entry 1: its personal data are gone, and no erasure is recorded"


@pytest.mark.committed
def test_lawful_erasure_leaves_the_chain_whole(recorded: None) -> None:
    entry = AuditEntry.objects.get(chain=CASE, number=2)
    erase_private_detail(entry, reason="Request of 1 March.", by=None)
    assert not PrivateDetail.objects.filter(entry=entry).exists()
    assert verify().whole
    last = head(CASE)
    assert last is not None
    assert (last.event, last.detail["number"]) == (HouseEvent.PRIVATE_ERASED, 2)


@pytest.mark.committed
def test_twenty_parallel_writers_do_not_fork_a_chain(committed: None) -> None:
    def write(_: int) -> None:
        try:
            for _round in range(5):
                happens(CASE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as writers:
        list(writers.map(write, range(20)))
    assert verify().entries == AuditEntry.objects.filter(chain=CASE).count() == 100
    assert verify().whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "detail",
    [1e22, 1e16, -0.0, 0.1, 10**30, "é" * 300, '"\\\u2028', ["a", {"b": None}], {"": [True]}],
)
def test_whatever_a_detail_holds_comes_back_as_it_was_hashed(detail: Any) -> None:
    happens(CASE, value=detail)
    assert verify(CASE).whole


@pytest.mark.django_db
def test_heads_are_listed_once_an_hour_and_only_of_chains_that_grew() -> None:
    happens(CASE)
    happens(OTHER)
    assert list_heads() == 2
    assert list_heads() == 0
    listed = AuditEntry.objects.get(event=HouseEvent.HEADS_LISTED)
    assert set(listed.detail["heads"]) == {CASE, OTHER}


@pytest.mark.django_db
def test_many_heads_are_listed_in_several_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.heads.IN_ONE_ENTRY", 2)
    for number in range(5):
        happens(f"CASE{number}")
    assert list_heads() == 5
    assert AuditEntry.objects.filter(event=HouseEvent.HEADS_LISTED).count() == 3
    assert verify().whole


@pytest.mark.django_db
def test_a_verification_is_recorded_and_the_last_one_of_a_chain_is_found() -> None:
    happens(CASE)
    assert last_verification(CASE) is None
    verify_and_record(by=None)
    verify_and_record(OTHER, by=None)
    found = last_verification(CASE)
    assert found is not None
    assert (found.detail["of"], found.detail["entries"], found.detail["fault"]) == (
        "every chain",
        1,
        "",
    )
    assert timezone.now() - found.at < timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--chain", "NOSUCH"], ["--head", f"1:{FIRST}"]])
def test_the_command_says_what_it_can_not_verify(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"no chain NOSUCH|Say with --chain"):
        call_command("verify_record", *arguments)
