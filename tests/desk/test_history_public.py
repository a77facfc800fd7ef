"""What the public reads of imported cases."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

SAFE_TO_SHARE = "SC-2018-001"


@pytest.mark.committed
def test_the_public_register_and_page_tell_what_is_known(client: Client) -> None:
    call_command("import_history", stdout=StringIO())
    register = client.get("/super-complaints").content.decode()
    assert register.count("SC-20") >= 5
    said = "holds the five cases that the press notice of December 2020 named, and is not complete"
    assert said in register
    assert "Report published 17 December 2020" in " ".join(register.split())
    page = client.get(f"/super-complaints/{SAFE_TO_SHARE}").content.decode()
    assert "Southall Black Sisters" in page
    assert "18 December 2018: Complaint made (HMICFRS)" in page
    assert "Date not known: Two replies published (Home Office)" in page
    assert "Whether each addressee answered is not known to us." in page
    assert "To be done: immediately, until recommendation 2 is done" in page
    assert "To be done: within 6 months (date computed, not stated): 17 June 2021" in page
    assert page.count("Its wording is not known to us in full.") == 4
    assert "<strong>College of Policing</strong><br>Work with the Home Office and NPCC" in page
    assert "On the recommendations: Number not confirmed; " in page
    assert "overdue" not in page.lower()
