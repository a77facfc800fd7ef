"""Where the law says what: one table for each scheme, with how far it is confirmed.

A provision is named by its place in SI 2018/748, from which the police scheme was read. Another
scheme says where it has the same; what of it was not read is cited as not confirmed, never guessed.
"""

from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Regime
from complaints.states import Ground

POLICE, SERVICE_POLICE = "police", "service_police"
NOT_CONFIRMED = "not confirmed"


class Provision(StrEnum):
    """What the law provides, by its place in SI 2018/748."""

    CONTENT = "reg. 4"
    FEATURES = "reg. 4(2)(a)"
    HARM = "reg. 4(2)(b)"
    EVIDENCE = "reg. 4(2)(c)"
    CONTACT = "reg. 4(3)"
    ACKNOWLEDGEMENT = "reg. 5"
    REPEATS_LIVE = "reg. 6(3)"
    REPEATS_CONCLUDED = "reg. 6(4)"
    TOLD_ELIGIBLE = "reg. 6(5)"
    TOLD_NOT_ELIGIBLE = "reg. 6(6)"
    PROGRESS_REPORTS = "reg. 7"
    REPORT = "reg. 8(1)"
    STEPS_TAKEN = "reg. 8(1)(a)"
    CONCLUSIONS = "reg. 8(1)(b)"
    FURTHER_ACTION = "reg. 8(1)(c)"
    RECOMMENDATIONS = "reg. 8(1)(d)"
    PUBLICATION = "reg. 8(2)"
    EXCLUSION = "reg. 8(3)"


@dataclass(frozen=True)
class Scheme:
    """The instrument of a scheme, and the place of each provision in it that was read."""

    instrument: str
    places: dict[Provision, str]


# Of SI 2023/624 Part 4, regulations 87 and 88 were read, 89 and 90 in part, and of regulation 96
# that a report has the same four parts and the same two grounds of exclusion.
REPORT_OF_SERVICE_POLICE = (
    Provision.REPORT,
    Provision.STEPS_TAKEN,
    Provision.CONCLUSIONS,
    Provision.FURTHER_ACTION,
    Provision.RECOMMENDATIONS,
    Provision.EXCLUSION,
)
SCHEMES = {
    POLICE: Scheme("SI 2018/748", {one: one.value for one in Provision}),
    SERVICE_POLICE: Scheme("SI 2023/624", dict.fromkeys(REPORT_OF_SERVICE_POLICE, "reg. 96")),
}
GROUNDS = {
    Ground.CONTENT: Provision.CONTENT,
    Ground.REPEATS_LIVE: Provision.REPEATS_LIVE,
    Ground.REPEATS_CONCLUDED: Provision.REPEATS_CONCLUDED,
}


@dataclass(frozen=True)
class Citation:
    """A provision as a page cites it: beside other law of the scheme, in full, in a sentence."""

    short: str
    full: str
    words: str
    confirmed: bool = True

    def __str__(self) -> str:
        return self.short


def cited(law: str, regime: Regime) -> Citation:
    """How a scheme cites what the police scheme has at a place.

    What is no provision of the table (our own rule, or nothing) stands as it is.
    """
    if law not in list(Provision):
        return Citation(law, law, law)
    scheme = SCHEMES.get(regime.key)
    place = scheme.places.get(Provision(law)) if scheme else None
    if scheme and place:
        full = f"{scheme.instrument} {place}"
        words = place.replace("reg.", "regulation")
        return Citation(place if regime.key == POLICE else full, full, words)
    unread = f"{regime.law} ({NOT_CONFIRMED})"
    return Citation(unread, unread, "the law", confirmed=False)
