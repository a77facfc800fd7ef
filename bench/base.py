"""The pages that people open most, with many cases: `./bin/bench base`."""

import time
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from bench import loader, measure, report
from bench.measure import Operation, Result
from bench.trivial import EMPTY, serving
from complaints.models import Complaint
from complaints.states import CaseStatus
from desk.demo import content, loading
from publication.models import Release
from publication.states import ReleaseKind
from tests.builders.accounts import signed_in_as

ROUNDS = (10_000, 100_000)
# One case in two hundred of the loaded ones has such a title.
WORDS = "Night stops in Area 07"


def run(rounds: Sequence[int] = ROUNDS) -> None:
    """Load the demonstration's cases, then more and more, and measure after each load."""
    settings.DEMO = True
    loading.load_demo(lambda line: print(line, flush=True))
    found: dict[int, dict[str, Result]] = {}
    loaded = 0
    for rows in rounds:
        begun = time.monotonic()
        loader.load(loaded, rows)
        print(f"{rows - loaded} cases loaded in {time.monotonic() - begun:.1f} s", flush=True)
        loaded = rows
        _wait_for_the_report()
        with serving() as address:
            found[rows] = {one.name: measure.page(one, address) for one in operations()}
    for rows, results in found.items():
        report.table("base", rows, results)
    report.last_line("base", loaded, found[loaded], growth=growth_of(found))


def operations() -> list[Operation]:
    """The pages, as whom they are asked for, and the empty one."""
    people = make_demo_accounts()
    decider = _session(people["decision-maker-hmicfrs"])
    case = Complaint.objects.get(title=content.NIGHT_STOPS.title)
    words = WORDS.replace(" ", "+")
    slug = _report().slug
    return [
        EMPTY,
        Operation("home", "/casework/", decider),
        Operation("case_list", "/casework/cases", decider),
        Operation("case_list_filtered", f"/casework/cases?q={words}", decider),
        Operation("case_list_status", f"/casework/cases?status={CaseStatus.SUBMITTED}", decider),
        Operation("case_overview", f"/casework/cases/{case.reference}", decider),
        Operation("public_register", "/super-complaints"),
        Operation("report_html", f"/reports/{slug}"),
        Operation("report_pdf", f"/reports/{slug}.pdf"),
    ]


def growth_of(found: Mapping[int, Mapping[str, Result]]) -> dict[str, float]:
    """By what each operation grows from the fewest cases to the most, as a quotient of medians."""
    if len(found) < 2:
        return {}
    fewest, most = found[min(found)], found[max(found)]
    return {name: round(most[name].p50_ms / one.p50_ms, 2) for name, one in fewest.items()}


def _session(membership: Membership) -> dict[str, str]:
    """The cookie of somebody who has signed in."""
    client = signed_in_as(Client(), membership)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _report() -> Release:
    """The release of the report that the demonstration publishes."""
    return Release.objects.get(
        complaint__title=content.BODY_CAMERAS.title, kind=ReleaseKind.EDITION
    )


def _wait_for_the_report() -> None:
    """Until its instant has come: it is two minutes ahead when the demonstration is loaded."""
    at = _report().release_at
    while at and at > timezone.now():
        time.sleep((at - timezone.now()).total_seconds() + 0.5)
