"""Runs a psql script through psycopg2: one script serves the private server and the container."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import connection, cursor

DATABASE_SCRIPT = Path(__file__).with_name("database.sql")

_VARIABLE = re.compile(r""":(?P<quote>["'])(?P<name>\w+)(?P=quote)""")


def run(
    connect: Callable[[str], connection], script: str, values: Mapping[str, str], *, start: str
) -> None:
    """Run a script, statement by statement, beginning in the database `start`.

    Knows of psql's commands those that the script uses: `\\connect` and `\\gexec`.
    """
    session = connect(start)
    try:
        for statement, command in statements(script):
            if command == "connect":
                session.close()
                session = connect(values[_names(statement)[0]])
                continue
            _execute(session, fill_in(statement, values, session), generated=command == "gexec")
    finally:
        session.close()


def statements(script: str) -> Iterator[tuple[str, str]]:
    """The statements of a script, each with the psql command that sends it, if it is not `;`."""
    gathered: list[str] = []
    for line in script.splitlines():
        if line.startswith("--"):
            continue
        if line.startswith("\\"):
            command, _, rest = line[1:].partition(" ")
            yield ("\n".join(gathered) or rest, command)
            gathered = []
            continue
        gathered.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(gathered), ""
            gathered = []


def fill_in(statement: str, values: Mapping[str, str], session: connection | cursor) -> str:
    """The statement with each :"name" and :'secret' quoted as psql quotes it."""

    def quoted(found: "re.Match[str]") -> str:
        value = values[found["name"]]
        part = sql.Identifier(value) if found["quote"] == '"' else sql.Literal(value)
        return str(part.as_string(session))

    return _VARIABLE.sub(quoted, statement)


def _names(statement: str) -> list[str]:
    return [found["name"] for found in _VARIABLE.finditer(statement)]


def _execute(session: connection, statement: str, *, generated: bool) -> None:
    """Run one statement, or each of the statements that it makes."""
    session.autocommit = True
    with session.cursor() as run_in:
        run_in.execute(statement)
        if generated:
            for made in [value for row in run_in.fetchall() for value in row]:
                run_in.execute(made)
