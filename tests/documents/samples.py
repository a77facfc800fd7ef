"""A letter, a receipt and a long report, with everything that a printed document may hold."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.template import engines

from documents.pdf import pdf_of_html, printed_html
from documents.printed import (
    Anchor,
    AttachedFile,
    CountedDay,
    Deadline,
    GivenLink,
    Letter,
    LetterSection,
    Receipt,
)

RECEIVED_AT = datetime(2018, 12, 18, 10, 0, tzinfo=UTC)
ANCHOR = Anchor("case-1", 4, "c0ffee" * 10 + "beef")
HOSTILE = (
    '<script>alert(1)</script><img src="file:///etc/passwd"> & {{ printed }} '
    "<link rel=attachment href='file:///etc/passwd'> ŵ ŷ â ﬁ"
)
DEADLINE = Deadline(
    "Acknowledge by",
    "SI 2018/748 reg. 5",
    date(2018, 12, 24),
    (
        *(CountedDay(date(2018, 12, 18) + timedelta(days), days + 1) for days in range(4)),
        CountedDay(date(2018, 12, 22), None, "Saturday"),
        CountedDay(date(2018, 12, 23), None, "Sunday"),
        CountedDay(date(2018, 12, 24), 5),
    ),
)

REPORT = """{% extends "pdf/base.html" %}
{% block body_class %}chapters{% endblock %}
{% block body %}
<main>
<h1>{{ title }}</h1>
<p>Paragraph one names a <a href="https://example.invalid/a">published page</a> and
  <strong>weighs</strong> a thing of <em>weight</em>.</p>
<nav class="contents"><h2>Contents</h2><ol>
{% for chapter in chapters %}<li data-target="#c{{ chapter }}"><a href="#c{{ chapter }}">
  Chapter {{ chapter }}</a></li>{% endfor %}</ol></nav>
{% for chapter in chapters %}
<section id="c{{ chapter }}"><h2>Chapter {{ chapter }}: what we found</h2>
<h3>How we looked</h3>
{% for one in paragraphs %}<p>{{ chapter }}.{{ one }} {{ prose }}
  <sup><a href="#n{{ chapter }}">{{ chapter }}</a></sup></p>{% endfor %}
<ul><li>First level<ul><li>Second level</li><li>Another</li></ul></li><li>Last one</li></ul>
<figure><svg role="img" viewBox="0 0 100 20" width="100mm" xmlns="http://www.w3.org/2000/svg">
<title>Two of three forces answered</title><rect width="66" height="20" fill="#1d70b8"/>
<text x="2" y="14">2 of 3</text></svg><figcaption>Answers so far</figcaption></figure>
<table><caption>Answers by force, chapter {{ chapter }}</caption><thead><tr>
<th scope="col">Force</th><th scope="col">Answer</th><th scope="col" class="number">Days</th></tr>
</thead><tbody>
{% for row in rows %}<tr><th scope="row">Force {{ row }}</th><td>Accepted, with a plan that takes
some words to tell and so runs over the end of a line</td><td class="number">{{ row }}</td></tr>
{% endfor %}</tbody></table>
<div class="box"><p><strong>Recommendation {{ chapter }}</strong></p><p>Applies to all.</p></div>
<h3>Notes</h3><ol class="notes"><li id="n{{ chapter }}">Police Reform Act 2002, s.29A.</li></ol>
</section>
{% endfor %}
</main>
{% endblock %}"""


def a_receipt(files: int = 40) -> Receipt:
    """A receipt whose list of files runs over a page break."""
    listed = (
        AttachedFile(f"Tystiolaeth ŵyl {number}.pdf", 1000 + number, f"{number:064x}")
        for number in range(files)
    )
    return Receipt(
        reference="SC-2018-417",
        title=HOSTILE,
        body_name="A designated body",
        joint_bodies=("Another designated body", "A third (co-submitter, not designated)"),
        submitted_by_office="Policy office",
        received_at=RECEIVED_AT,
        received_by="the receiving authority",
        acknowledge_by=DEADLINE,
        files=tuple(listed),
        anchor=ANCHOR,
        made_at=RECEIVED_AT,
        links=(
            GivenLink(HOSTILE, "https://www.example.org/"),
            GivenLink("Report", f"https://www.example.org/{'long-address-' * 40}"),
        ),
    )


def a_letter() -> Letter:
    """A decision letter with every part that a letter may have."""
    long = " ".join(f"Reason {number} has been weighed." for number in range(400))
    return Letter(
        reference="SC-2018-417",
        subject="Your super-complaint is eligible for consideration",
        sender="The receiving authority",
        sender_lines=("1 Any Street", "London"),
        recipient="A designated body",
        recipient_lines=("The contact named in the complaint",),
        dated_on=date(2018, 12, 19),
        salutation="To the contact named in your super-complaint",
        sections=(
            LetterSection((long, "A second paragraph."), "Why", ("One ground", "Another ground")),
            LetterSection(("It will be investigated.",)),
        ),
        signed_by_office="For the deciding authorities",
        anchor=ANCHOR,
        deadlines=(
            DEADLINE,
            Deadline("Next report", "reg. 7", None, (), "No holidays are known for 2031."),
        ),
        enclosures=(AttachedFile("notice.pdf", 12, "0" * 64),),
    )


def a_report_page(chapters: int = 3) -> str:
    """The HTML of a long report: contents, chapters, tables, figures, boxes and notes."""
    template = engines["django"].from_string(REPORT)
    prose = "The team read every file that the forces sent, asked each what it meant, and " * 4
    return template.render(
        {
            "title": "Report on a made-up super-complaint",
            "language": "en-GB",
            "service_name": "Super-complaints Service",
            "printed": {"reference": "SC-2018-417"},
            "chapters": range(1, chapters + 1),
            "paragraphs": range(1, 9),
            "rows": range(1, 44),
            "prose": prose,
        }
    )


@lru_cache(maxsize=1)
def pages() -> dict[str, str]:
    """The HTML of each sample."""
    return {
        "receipt": printed_html("pdf/receipt.html", a_receipt(), title="Receipt"),
        "letter": printed_html("pdf/letter.html", a_letter(), title="Decision on eligibility"),
        "report": a_report_page(),
    }


@lru_cache(maxsize=8)
def pdf_of(sample: str) -> bytes:
    """The PDF of a sample, made once for all tests of a run."""
    return pdf_of_html(pages()[sample])
