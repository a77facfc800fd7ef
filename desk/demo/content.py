"""What the fictional cases say: made-up bodies, made-up forces, made-up events."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What comes of one fictional investigation, as far as its case is walked."""

    finding: str
    conclusion: str
    reasons: str
    did: str = ""
    asked_of_forces: str = ""
    applies_to: str = ""
    asked_of_policing_body: str = ""
    asked_after: str = ""
    own_action: str = ""
    headline: str = ""
    standfirst: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Story:
    """One fictional complaint: its title, features, harm, its evidence, and what comes of it."""

    title: str
    features: tuple[str, ...]
    harm: str
    evidence: str
    outcome: Outcome | None = None


CUSTODY_CALLS = Story(
    "Calls home from custody (fictional)",
    ("People in custody are not told that they may have somebody informed of their arrest.",),
    "Families search hospitals and stations for days. Children are left without care, and some "
    "people plead guilty only to be let out.",
    "Twelve accounts from families, gathered by an advice line between January and June.",
)
LIFTS = Story(
    "People with a wheelchair in custody (fictional)",
    (
        "Custody suites take in people with a wheelchair without a cell that they can use.",
        "Nobody records what help somebody asked for.",
    ),
    "People are lifted by officers without training, or kept in a corridor. Some have gone without "
    "a toilet for hours, and do not call the police again.",
    "Accounts of 14 people, and plans of the custody suites of two forces.",
)
LOST_PROPERTY = Story(
    "Seized phones that are not given back (fictional)",
    (
        "Phones of victims and witnesses are kept for longer than a year.",
        "Nobody is named whom an owner could ask.",
    ),
    "Victims stop helping an investigation when they lose the only phone they have.",
    "A survey of 214 people, and replies of two forces to questions about their stores.",
)
NIGHT_STOPS = Story(
    "Stops of night workers (fictional)",
    (
        "Night workers are stopped on their way home without a recorded reason.",
        "Officers do not say how to complain.",
    ),
    "People who clean, nurse and drive at night change their way to work and lose pay. They no "
    "longer call the police when they are the victims.",
    "Diaries of 31 night workers over eight weeks, and stop records of two forces.",
    Outcome(
        finding="The reason for a stop at night is often not recorded",
        conclusion="In both forces, one stop record in three from the night hours gives no reason.",
        reasons="Both returns count the same gap, and the diaries describe stops that no record "
        "shows.",
    ),
)
INTERPRETERS = Story(
    "Interviews without an interpreter (fictional)",
    (
        "Interviews begin before an interpreter has come.",
        "Relatives are used as interpreters, children among them.",
    ),
    "Accounts are wrong from the first page, and cases fall. Children hear what no child should.",
    "Nine closed cases, and an audit of bookings in two forces.",
    Outcome(
        finding="First accounts are taken before an interpreter has come",
        conclusion="In both forces a first account is taken without an interpreter in about one "
        "case in four.",
        reasons="The bookings show when an interpreter was asked for, and the case files when the "
        "account was taken.",
        did="We compared bookings of interpreters with the times of first accounts in both "
        "forces, read their policies and sampled closed cases.",
        asked_of_forces="Take no first account before an interpreter has come, by telephone if "
        "need be, and record who interpreted.",
        applies_to="Victims, witnesses and suspects who need an interpreter",
        asked_of_policing_body="Publish each quarter how long people waited for an interpreter.",
        asked_after="after the first quarter in which the forces have recorded it",
        own_action="Put the use of interpreters into the guidance on first response.",
        headline="Forces asked to take no first account without an interpreter",
        standfirst="An investigation into two made-up forces found that accounts were taken "
        "before an interpreter came, at times with a child in that place.",
        answer="Every shift has a telephone interpreter from 1 January, and the record names who "
        "interpreted.",
    ),
)
MISSING_ADULTS = Story(
    "Adults reported missing from hospital (fictional)",
    ("Reports of adults missing from hospital wait for the next shift.",),
    "Hours pass in which people who are ill are alone and cold.",
    "Coroners’ reports, and logs of calls in one force.",
    Outcome(
        finding="Reports from hospitals wait for the next shift",
        conclusion="In both forces a report from a hospital waited for more than three hours "
        "where it came shortly before the end of a shift.",
        reasons="The logs of calls and the rosters agree, and two officers described the habit.",
        did="We compared the logs of calls with the rosters of both forces, read their policies "
        "and spoke to officers and to hospital staff.",
        asked_of_forces="Give each report of an adult missing from hospital to a named officer "
        "within 15 minutes, and record the name and the time.",
        applies_to="Adults reported missing by a hospital or a clinic",
        asked_of_policing_body="Publish each quarter how long such reports waited for an officer.",
        asked_after="after the first quarter in which the forces have recorded it",
        own_action="Put reports from hospitals into the guidance on missing people.",
        headline="Forces asked to act within 15 minutes when a hospital reports an adult missing",
        standfirst="An investigation into two made-up forces found that reports from hospitals "
        "waited for the next shift.",
        answer="Reports from hospitals go to the duty sergeant within 15 minutes from 1 January.",
    ),
)
BODY_CAMERAS = Story(
    "Cameras switched off (fictional)",
    (
        "Body-worn cameras are switched off while force is used.",
        "Footage is deleted before a complaint can be made.",
    ),
    "What happened can’t be shown, by those who were hurt or by the officers.",
    "Requests for footage by 46 people, and the retention rules of two forces.",
    Outcome(
        finding="Cameras are switched off while force is used, and nothing says why",
        conclusion="In both forces a body-worn camera was off in one use of force in five, and "
        "no reason was recorded.",
        reasons="The forces’ own returns and the sampled files show the same share.",
        did="We compared records of the use of force with the footage that both forces hold, read "
        "their retention rules and sampled closed cases.",
        asked_of_forces="Keep body-worn cameras on while force is used, record the reason for "
        "each exception, and have a supervisor read the record within a week.",
        applies_to="Every officer who is issued with a camera",
        asked_of_policing_body="Publish each quarter how often a camera was off while force was "
        "used.",
        asked_after="after the first quarter in which the forces have recorded it",
        own_action="Put the use of cameras into the training on the use of force.",
        headline="Forces asked to explain each use of force without a camera",
        standfirst="An investigation into two made-up forces found that body-worn cameras were "
        "off in one use of force in five, and that nothing says why.",
        answer="From 1 January each exception is recorded, and a supervisor reads the record each "
        "week.",
    ),
)

QUARTERS = Story(
    "Complaints made in shared quarters (fictional)",
    ("Recruits are asked about an offence in front of those who share their quarters.",),
    "They take back what they reported, and leave the service.",
    "Accounts of 18 recruits, and the orders in force at two stations.",
)

PUBLISHED_IN_TIME = (BODY_CAMERAS, MISSING_ADULTS)
ANSWER = "We do what is recommended from 1 January."

SOURCES = (
    ("Return to the questionnaire", "Northmere Police (fictional)", "Questionnaire to forces"),
    ("Return to the questionnaire", "Eastholm Constabulary (fictional)", "Questionnaire to forces"),
    ("Policy in force", "Northmere Police (fictional)", "Document request"),
    ("Interview with a custody officer", "Fieldwork team 1", "Fieldwork"),
    ("Interview with a duty solicitor", "Fieldwork team 2", "Fieldwork"),
    ("Review of case files", "Fieldwork team 2", "Case file review"),
    ("Account of a person concerned", "Open Door Network (fictional)", "Written accounts"),
    ("Training material", "Eastholm Constabulary (fictional)", "Document request"),
)


def answer_to(title: str) -> str:
    """What a fictional force answers to the report of that title."""
    for story in PUBLISHED_IN_TIME:
        if story.outcome and title.startswith(story.title.removesuffix(" (fictional)")):
            return story.outcome.answer
    return ANSWER


def evidence_text(number: int, kind: str, source: str) -> bytes:
    """The bytes of one made-up evidence file; no two are alike."""
    return (
        f"Fictional evidence, item {number}\n\n{kind}, from {source}.\n\n"
        "In the sampled weeks the record was kept in some cases and left out in others. "
        f"Sample {number} holds {3 + number % 7} cases, of which {1 + number % 3} show it.\n"
    ).encode()
