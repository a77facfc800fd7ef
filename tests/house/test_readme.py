"""The README says what the code says: its diagram, roles and matrix are compared with it."""

from accounts.permission_table import permission_table
from accounts.roles import Role
from complaints.states import CaseStatus
from complaints.workflow import CASE
from tests.house.sources import ROOT
from workflow.diagram import mermaid

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_path_is_drawn_from_the_table_of_states() -> None:
    drawn = README.split("```mermaid\n")[1].split("\n```")[0]
    assert drawn == mermaid(CASE, CaseStatus.DRAFT), "bin/manage print_path"


def test_every_state_and_step_of_a_case_is_in_the_picture() -> None:
    drawn = mermaid(CASE, CaseStatus.DRAFT)
    assert all(state in drawn for state in CASE.states)
    assert all(row.name.replace("_", " ") in drawn for row in CASE)


def test_every_file_that_it_names_exists() -> None:
    named = [
        part.split(")")[0] for part in README.split("](")[1:] if not part.startswith(("http", "#"))
    ]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_table_of_roles_names_each_role_once() -> None:
    rows = README.split("| role | does |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    named = [name for row in rows for name in row.split("|")[1].strip().split(", ")]
    assert sorted(named) == sorted(role.label.lower() for role in Role)


def test_the_printed_matrix_is_that_of_the_code() -> None:
    before, after = "<!-- print_permissions -->\n", "<!-- end of print_permissions -->"
    assert README.split(before)[1].split(after)[0] == permission_table()
