"""The permission matrix as a table to read: the README holds it as it is printed here."""

from accounts.roles import MATRIX, Action, Role, Scope

PREAMBLE = """\
A cell says which rows a role reaches:

- *all*;
- *own*: those that its organisation, a body, makes;
- *decided*: those in whose regime its organisation, an authority, decides;
- *led*: those of a body that it leads, and not those that it has joined;
- *addressed* to its organisation;
- *assigned*: the cases on whose team the person is.

An empty cell is nothing at all. A wall between a person and a case beats every cell.
"""

WORDS = {
    Scope.ALL: "all",
    Scope.OWN_ORGANISATION: "own",
    Scope.DECIDED: "decided",
    Scope.LED: "led",
    Scope.ADDRESSED: "addressed",
    Scope.ASSIGNED: "assigned",
    Scope.PUBLISHED: "published",
    Scope.NONE: "",
}


def permission_table() -> str:
    """The matrix with a row for each action and a column for each role, and how to read it."""
    header = ["Action", *(role.label for role in Role)]
    rows = [_row(action) for action in Action]
    lines = [header, ["---"] * len(header), *rows]
    return PREAMBLE + "\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _row(action: Action) -> list[str]:
    """One action, and the scope that each role has for it."""
    return [f"`{action}`", *(WORDS[MATRIX[role].get(action, Scope.NONE)] for role in Role)]
