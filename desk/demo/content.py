"""What the fictional cases say: made-up bodies, made-up forces, made-up events."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One fictional complaint: its title, features, harm and the evidence it relies on."""

    title: str
    features: tuple[str, ...]
    harm: str
    evidence: str


CUSTODY_CALLS = Story(
    "Calls home from custody (fictional)",
    ("People in custody are not told that they may have somebody informed of their arrest.",),
    "Families search hospitals and stations for days. Children are left without care, and some "
    "people plead guilty only to be let out.",
    "Twelve accounts from families, gathered by an advice line between January and June.",
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
)
INTERPRETERS = Story(
    "Interviews without an interpreter (fictional)",
    (
        "Interviews begin before an interpreter has come.",
        "Relatives are used as interpreters, children among them.",
    ),
    "Accounts are wrong from the first page, and cases fall. Children hear what no child should.",
    "Nine closed cases, and an audit of bookings in two forces.",
)
MISSING_ADULTS = Story(
    "Adults reported missing from hospital (fictional)",
    ("Reports of adults missing from hospital wait for the next shift.",),
    "Hours pass in which people who are ill are alone and cold.",
    "Coroners’ reports, and logs of calls in one force.",
)
BODY_CAMERAS = Story(
    "Cameras switched off (fictional)",
    (
        "Body-worn cameras are switched off while force is used.",
        "Footage is deleted before a complaint can be made.",
    ),
    "What happened can’t be shown, by those who were hurt or by the officers.",
    "Requests for footage by 46 people, and the retention rules of two forces.",
)

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


def evidence_text(number: int, kind: str, source: str) -> bytes:
    """The bytes of one made-up evidence file; no two are alike."""
    return (
        f"Fictional evidence, item {number}\n\n{kind}, from {source}.\n\n"
        "In the sampled weeks the step was recorded in some cases and left out in others. "
        f"Sample {number} holds {3 + number % 7} cases, of which {1 + number % 3} show it.\n"
    ).encode()
