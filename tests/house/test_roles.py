"""Three roles of one database, each refused for real what it should not have."""

import re
from collections.abc import Iterable

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError, ProgrammingError

from audit.events import HouseEvent, record
from supercomplaints import grants

pytestmark = pytest.mark.committed


@pytest.fixture
def entry() -> int:
    """An entry of the record."""
    return record(HouseEvent.HEADS_LISTED, subject=None, by=None).pk


@pytest.fixture
def owner() -> BaseDatabaseWrapper:
    """The database as the owner of its tables."""
    return connections["owner"]


def run(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)


def tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        found = connections["owner"].introspection.get_table_list(cursor)
    return [table.name for table in found if table.type == "t"]


def public_views() -> list[tuple[str, str]]:
    """The views of the public pages, each with its first column."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class AS c "
            "ON c.oid = attrelid WHERE relkind = 'v' AND relname LIKE 'public\\_%' AND attnum = 1"
        )
        return [(str(name), str(column)) for name, column in cursor.fetchall()]


def granted(alias: str, statements: Iterable[str]) -> list[str]:
    """Those statements that a role is not refused for want of a right."""
    return [statement for statement in statements if not is_refused(alias, statement)]


def is_refused(alias: str, statement: str) -> bool:
    """Whether a statement fails for want of a right; what a view joins nobody may write."""
    try:
        run(alias, statement)
    except DatabaseError as error:
        return bool(re.search(r"denied|must be (owner|superuser)|cannot \w+ .*view", str(error)))
    return False


RECORD = (
    "UPDATE audit_auditentry SET event = 'other'",
    "DELETE FROM audit_auditentry",
    "TRUNCATE audit_auditentry CASCADE",
)
BEYOND_ANY_PAGE = (
    "CREATE TABLE own (number int)",
    "CREATE TEMP TABLE own (number int)",
    "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA own",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SET session_replication_role = replica",
    "SET ROLE owner",
)


def test_the_application_is_refused_what_would_change_the_record(entry: int) -> None:
    of_the_record = (
        "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
        "DROP TABLE audit_auditentry",
    )
    assert granted("default", (*RECORD, *of_the_record, *BEYOND_ANY_PAGE)) == []


def test_the_application_never_changes_what_is_written_once() -> None:
    acts = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")
    tried = [act.format(table) for table in grants.APPEND_ONLY_TABLES for act in acts]
    assert granted("default", tried) == []


def test_the_owner_of_the_tables_is_no_superuser() -> None:
    tried = ("CREATE ROLE own", "CREATE DATABASE own", "ALTER ROLE owner SUPERUSER")
    assert granted("owner", (*tried, "SET ROLE postgres", "SET ROLE app")) == []


def test_the_triggers_refuse_even_the_owner_of_the_tables(entry: int) -> None:
    for statement in RECORD:
        with pytest.raises(DatabaseError, match="never changed or removed"):
            run("owner", statement)


def test_the_triggers_fire_under_replication_too() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_auditentry'::regclass "
            "AND NOT tgisinternal AND tgenabled <> 'A'"
        )
        assert cursor.fetchall() == []


def test_the_public_pages_reach_no_table(entry: int) -> None:
    acts = ("SELECT * FROM", "DELETE FROM", "TRUNCATE")
    assert granted("public", [f'{act} "{table}"' for table in tables() for act in acts]) == []


def test_the_public_pages_are_refused_everything_else() -> None:
    tried = (
        "SELECT lo_create(0)",
        "SELECT pg_advisory_lock(hashtextextended('house', 0))",
        "SET ROLE app",
    )
    assert granted("public", (*BEYOND_ANY_PAGE, *tried)) == []


def test_the_public_pages_may_do_exactly_what_the_table_says() -> None:
    with connections["public"].cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text, array_agg(right_ ORDER BY right_) FROM pg_class, "
            "unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER'])"
            " AS right_ WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r','v','m','p') AND has_table_privilege(oid, right_) GROUP BY 1"
        )
        may = dict(cursor.fetchall())
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND "
            "proowner = 'owner'::regrole AND has_function_privilege(oid, 'EXECUTE')"
        )
        callable_ = {name for (name,) in cursor.fetchall()}
    assert all(view.startswith(grants.PUBLIC_VIEW_PREFIX) for view in may)
    assert all(rights == ["SELECT"] for rights in may.values())
    assert callable_ == set(grants.PUBLIC_FUNCTIONS)


def test_the_public_pages_write_through_no_view_and_to_no_table(entry: int) -> None:
    acts = ("INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET {column} = {column}", "DELETE FROM {}")
    places = (*public_views(), ("audit_auditentry", "id"))
    assert len(places) > 1
    tried = [act.format(name, column=column) for name, column in places for act in acts]
    assert granted("public", tried) == []


@pytest.fixture
def later_view(owner: BaseDatabaseWrapper) -> None:
    """A public view and a plain one, made after the grants."""
    with owner.cursor() as cursor:
        cursor.execute("CREATE VIEW public_trial AS SELECT count(*) AS n FROM audit_auditentry")
        cursor.execute("CREATE VIEW private_trial AS SELECT count(*) AS n FROM audit_auditentry")


def test_grants_may_be_applied_again_and_reach_new_views(
    later_view: None, owner: BaseDatabaseWrapper
) -> None:
    roles = grants.Roles(owner="owner", app="app", public="public_pages")
    grants.apply(owner, roles)
    grants.apply(owner, roles)
    run("public", "SELECT * FROM public_trial")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("public", "SELECT * FROM private_trial")
