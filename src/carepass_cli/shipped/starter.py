"""Ready role templates: the topics that Ontario's law names for long-term care, by the kind of job.

A place to start from, not legal advice. The citations were written down from memory and secondary
sources and are to be checked against the law; which job needs which topic, and how long a topic takes,
are assumptions for the home to edit. The codes are carepass's own.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import expiry_text

TO_CHECK = "to be checked against the law"
PROVIDER = "In-house"
# No source gives a length; Ontario's public modules take between 15 and 60 minutes.
ASSUMED_MINUTES = 30
FILE = Path(__file__).with_name("ltc_topics.csv")
TOPIC_KEYS = ("code", "title", "citation", "before_starting_work", "expiry", "minutes", "who")
KEYS = ("name", "role", "group", "courses", "minutes", "citations")

EVERYBODY = ("all staff", "staff, volunteers and students")
ON_THE_FLOOR = (*EVERYBODY, "relevant to the job")
HANDS_ON = (*ON_THE_FLOOR, "direct care", "those who apply or monitor them")
# The shorter list for volunteers.
VOLUNTEER_CODES = (
    "TOP-RIGHTS",
    "TOP-MISSION",
    "TOP-ABUSE",
    "TOP-REPORT",
    "TOP-WHISTLE",
    "TOP-FIRE",
    "TOP-IPAC",
    "TOP-EPLAN",
)


class Topic(NamedTuple):
    """A topic as a course: its citation, whether it comes before the first day of work, and whether it
    is renewed every year (else it is taken once, and again when it changes)."""

    code: str
    title: str
    citation: str
    before_starting_work: bool
    annual: bool
    who: str

    @property
    def validity_years(self) -> int | None:
        return 1 if self.annual else None

    @property
    def marked(self) -> str:
        """The citation, never without the word that it is to be checked."""
        return f"{self.citation} ({TO_CHECK})"

    def row(self) -> tuple[object, ...]:
        """The topic under TOPIC_KEYS."""
        expiry = expiry_text(self.validity_years)
        return (
            self.code,
            self.title,
            self.marked,
            self.before_starting_work,
            expiry,
            ASSUMED_MINUTES,
            self.who,
        )


class Template(NamedTuple):
    """A role to begin with: its code, name and staff group, and its topics."""

    name: str
    role: str
    group: str | None
    topics: tuple[Topic, ...]

    def row(self) -> tuple[object, ...]:
        """The template under KEYS."""
        minutes = ASSUMED_MINUTES * len(self.topics)
        return (self.name, self.role, self.group, len(self.topics), minutes, TO_CHECK)


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the law."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Topic(
                row["code"],
                row["title"],
                row["citation_to_check"],
                row["before_starting_work"] == "yes",
                row["renewal"] == "annual",
                row["who"],
            )
            for row in csv.DictReader(file)
        )


def templates() -> tuple[Template, ...]:
    """All templates, the general one first."""
    volunteer = tuple(topic for topic in topics() if topic.code in VOLUNTEER_CODES)
    return (
        Template("all-staff", "All staff", None, _for(EVERYBODY)),
        Template("direct-care", "Direct care", "direct-care", _for(HANDS_ON)),
        Template("registered", "Registered staff", "registered", _for(HANDS_ON)),
        Template("dietary", "Dietary", "dietary", _for(ON_THE_FLOOR)),
        Template("environmental", "Environmental", "environmental", _for(ON_THE_FLOOR)),
        Template("administration", "Administration", "administration", _for(EVERYBODY)),
        Template("volunteer", "Volunteer", "volunteer", volunteer),
        Template("student", "Student on placement", "student", _for(ON_THE_FLOOR)),
        # Agency workers are staff in the law's sense, and mostly nurses and personal support workers.
        Template("agency", "Agency staff", "agency", _for(HANDS_ON)),
    )


def get_template(name: str) -> Template:
    """The template with this name; raises NotFound, naming the nearest."""
    known = {template.name: template for template in templates()}
    if name not in known:
        raise NotFound("starter template", name, tuple(known))
    return known[name]


def _for(who: tuple[str, ...]) -> tuple[Topic, ...]:
    return tuple(topic for topic in topics() if topic.who in who)
