"""The sections of a report, in reading order: a table. Law: SI 2018/748 reg. 8(1)(a)-(d).

A new section is a row here, a dataclass and its builder in `publication.built`, and a template
that serves page and PDF alike.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from audit.chain import canonical
from complaints.law import Provision, cited
from documents.printed import frozen
from publication import built
from publication.built import Built
from publication.models import Report, ReportSection


@dataclass(frozen=True)
class Section:
    """One section: its key and title, the law that asks for it, its template and its builder."""

    key: str
    title: str
    law: str
    template: str
    build: Callable[[Report, str], Built]


SECTIONS = (
    Section(
        "steps-taken",
        gettext_noop("What we did"),
        Provision.STEPS_TAKEN,
        "reports/sections/steps-taken.html",
        built.steps_taken,
    ),
    Section(
        "conclusions",
        gettext_noop("What we found, and why"),
        Provision.CONCLUSIONS,
        "reports/sections/conclusions.html",
        built.conclusions,
    ),
    Section(
        "further-action",
        gettext_noop("What we will do ourselves"),
        Provision.FURTHER_ACTION,
        "reports/sections/further-action.html",
        built.further_action,
    ),
    Section(
        "recommendations",
        gettext_noop("What we recommend to others"),
        Provision.RECOMMENDATIONS,
        "reports/sections/recommendations.html",
        built.recommendations,
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}


@dataclass(frozen=True)
class BuiltSection:
    """A section as it reads now: its row of the table, what it holds, and the hash of that."""

    key: str
    title: str
    law: str
    template: str
    content: Built

    @property
    def text_sha256(self) -> str:
        """The hash that a sign-off is bound to: of the title and all that the section says."""
        return hashlib.sha256(canonical([self.title, frozen(self.content)])).hexdigest()


def build(section: ReportSection) -> BuiltSection:
    """A section of a report, built from the records as they are now."""
    row = BY_KEY[section.key]
    content = row.build(section.report, section.text)
    law = str(cited(row.law, section.report.complaint.regime))
    return BuiltSection(row.key, row.title, law, row.template, content)


def built_sections(report: Report) -> list[BuiltSection]:
    """The whole report, built from the records as they are now."""
    return [
        build(section) for section in report.sections.select_related("report__complaint__regime")
    ]
