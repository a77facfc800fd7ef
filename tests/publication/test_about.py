"""The pages about the service are there for everybody, set no cookie and are accessible."""

import pytest
from django.test import Client

from audit.heads import list_heads
from publication.about import PAGES
from tests.accessibility.pictures import pictured
from tests.builders.audit import happens
from tests.fixtures.browser import BrowseAs, assert_accessible


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_the_service_is_the_same_for_everybody(client: Client, name: str) -> None:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.committed
def test_the_pages_about_the_service_are_accessible(browse_as: BrowseAs) -> None:
    happens()
    list_heads()
    page = browse_as()
    for name in (*PAGES, "proof"):
        page.goto(f"/{name}")
        pictured(page, name)
        assert_accessible(page)
