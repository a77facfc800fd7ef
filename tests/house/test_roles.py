"""Three roles of one database, each refused for real what it should not have."""

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


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET event = 'other'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry CASCADE",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
        "DROP TABLE audit_auditentry",
        "SET session_replication_role = replica",
        "CREATE TABLE own (number int)",
        "CREATE TEMP TABLE own (number int)",
        "SET ROLE owner",
    ],
)
def test_the_application_is_refused_what_would_change_the_record(
    entry: int, statement: str
) -> None:
    with pytest.raises(ProgrammingError, match=r"denied|must be owner"):
        run("default", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET event = 'other'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry CASCADE",
    ],
)
def test_the_triggers_refuse_even_the_owner_of_the_tables(entry: int, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed or removed"):
        run("owner", statement)


def test_the_triggers_fire_under_replication_too() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_auditentry'::regclass "
            "AND NOT tgisinternal AND tgenabled <> 'A'"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("act", ["SELECT * FROM", "DELETE FROM", "TRUNCATE"])
def test_the_public_pages_reach_no_table(act: str, entry: int) -> None:
    for table in tables():
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("public", f'{act} "{table}"')


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (number int)",
        "CREATE TEMP TABLE own (number int)",
        "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA own",
        "SELECT lo_create(0)",
        "SELECT pg_advisory_lock(hashtextextended('house', 0))",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_authid",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SET ROLE app",
        "SET session_replication_role = replica",
    ],
)
def test_the_public_pages_are_refused_everything_else(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"denied|must be superuser"):
        run("public", statement)


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
    assert callable_ <= set(grants.PUBLIC_FUNCTIONS)


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
