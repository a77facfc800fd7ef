"""Drawing the reference of a super-complaint, which tells nobody how many there are."""

import secrets

from audit import chain
from complaints.models import Complaint

PREFIX = "SC"
FIRST_DIGITS = 3


def draw_reference(year: int) -> str:
    """A reference of a year that no case has: `SC-2018-417`, drawn at random.

    Three digits while the year has any left, then four, and so on. The year's lock makes those
    who draw at the same moment wait, and the database refuses a second case of one reference.
    """
    chain.lock(f"references of {year}")
    start = f"{PREFIX}-{year}-"
    drawn = Complaint.objects.filter(reference__startswith=start)
    taken = set(drawn.values_list("reference", flat=True))
    digits = FIRST_DIGITS
    while not (free := free_numbers(start, digits, taken)):
        digits += 1
    return start + secrets.choice(free)


def free_numbers(start: str, digits: int, taken: set[str]) -> list[str]:
    """The numbers of so many digits, with leading zeros, that nobody has."""
    every = (f"{number:0{digits}}" for number in range(10**digits))
    return [number for number in every if start + number not in taken]
