"""What each database role may do: one table, applied after every migration and idempotent.

The migrator owns everything. The application writes rows but can't change what is append-only. The
public pages read the public views and call two functions, and nothing else: a forgotten filter is
"permission denied", not a leak.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

EXTENSIONS = ("pg_trgm", "unaccent", "pgcrypto", "btree_gist")

# Rows of these tables are written once: the application has no UPDATE, DELETE or TRUNCATE on them.
APPEND_ONLY_TABLES = (
    "audit_auditentry",
    "deadlines_deadlinemove",
    "investigations_custodyevent",
    "investigations_evidencecorrection",
)

# The public pages may read each view with this prefix, and call these functions.
PUBLIC_VIEW_PREFIX = "public_"
PUBLIC_FUNCTIONS = ("latch", "request_subscription")


@dataclass(frozen=True)
class Roles:
    """The three roles by the names that the URLs give them."""

    owner: str
    app: str
    public: str


def apply(connection: BaseDatabaseWrapper, roles: Roles) -> None:
    """Give each role exactly what the table says, as the owner and in one transaction.

    Each role is first stripped of all, so that what is no longer listed is no longer granted.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements(connection, roles):
            cursor.execute(statement)


def statements(connection: BaseDatabaseWrapper, roles: Roles) -> list[str]:
    """The SQL of all grants, in order."""
    quote = connection.ops.quote_name
    owner, app, public = (quote(name) for name in (roles.owner, roles.app, roles.public))
    database = quote(str(connection.settings_dict["NAME"]))
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"REVOKE ALL ON DATABASE {database} FROM {app}, {public}",
        f"GRANT CONNECT ON DATABASE {database} TO {app}, {public}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {app}, {public}",
        f"GRANT USAGE ON SCHEMA public TO {app}, {public}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        *(
            f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {app}, {public}"
            for kind in ("TABLES", "SEQUENCES")
        ),
        *_functions(connection, app=app, public=public),
        *_tables(connection, app=app, public=public),
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
    ]


def _tables(connection: BaseDatabaseWrapper, *, app: str, public: str) -> list[str]:
    """Grants on tables and views, by what each is."""
    quote = connection.ops.quote_name
    granted = []
    with connection.cursor() as cursor:
        for table in connection.introspection.get_table_list(cursor):
            name = quote(table.name)
            if table.type == "v":
                granted.append(f"GRANT SELECT ON {name} TO {app}")
                if table.name.startswith(PUBLIC_VIEW_PREFIX):
                    granted.append(f"GRANT SELECT ON {name} TO {public}")
            elif table.name in APPEND_ONLY_TABLES:
                granted.append(f"GRANT SELECT, INSERT ON {name} TO {app}")
            else:
                granted.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {app}")
    return granted


def _functions(connection: BaseDatabaseWrapper, *, app: str, public: str) -> list[str]:
    """Grants on the functions that the migrator made; those of extensions belong to them."""
    granted = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, oid::regprocedure::text FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole "
            "ORDER BY 2"
        )
        for name, signature in cursor.fetchall():
            granted.append(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {app}, {public}")
            granted.append(f"GRANT EXECUTE ON FUNCTION {signature} TO {app}")
            if name in PUBLIC_FUNCTIONS:
                granted.append(f"GRANT EXECUTE ON FUNCTION {signature} TO {public}")
    return granted
