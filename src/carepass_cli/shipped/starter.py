"""The packs of topics that come with the program, and ready roles with what they ask.

A place to start from, not legal advice: the packs say themselves which citations were held against which
source. Which job needs which topic, and how long a topic takes, are assumptions for the home to edit.
"""

import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from carepass_cli.errors import NotFound, UsageError
from carepass_cli.files import open_regular
from carepass_cli.rules.fields import expiry_text
from carepass_cli.rules.pack import EVERYBODY, TO_CHECK, Pack, Topic, parse_pack
from carepass_cli.rules.span import BEFORE_START

PROVIDER = "In-house"
# No source gives a length; Ontario's public modules take between 15 and 60 minutes.
ASSUMED_MINUTES = 30
FOLDER = Path(__file__).parent
# A pack is some pages; more is another file.
BYTES_MOST = 1 << 20
LAW = "ontario-ltc"
FILES = {
    LAW: "ontario_ltc.toml",
    "ontario-awareness": "awareness.toml",
    "ontario-supervisor": "awareness_supervisor.toml",
}
TOPIC_KEYS = (
    "code",
    "title",
    "citation",
    "before_starting_work",
    "expiry",
    "minutes",
    "who",
    "due",
    "checked",
    "in_force_from",
    "in_force_until",
)
KEYS = ("name", "role", "group", "courses", "minutes", "citations", "pack", "version")
# Ready roles: the name, and the staff group that decides which topics of the law they are asked.
ROLES = {
    "all-staff": ("All staff", None),
    "direct-care": ("Direct care", "direct-care"),
    "registered": ("Registered staff", "registered"),
    "dietary": ("Dietary", "dietary"),
    "environmental": ("Environmental", "environmental"),
    "administration": ("Administration", "administration"),
    "volunteer": ("Volunteer", "volunteer"),
    "student": ("Student on placement", "student"),
    # Agency workers are staff in the law's sense, and mostly nurses and personal support workers.
    "agency": ("Agency staff", "agency"),
}


class Starter(NamedTuple):
    """Something to apply: a pack, and where it makes a role of its own, the role's name and staff group."""

    name: str
    pack: Pack
    role: str | None = None
    group: str | None = None

    @property
    def topics(self) -> tuple[Topic, ...]:
        """A whole pack's topics; a role's own ones."""
        if self.role is None:
            return self.pack.topics
        return tuple(topic for topic in self.pack.topics if topic.is_for(self.group))

    def row(self) -> tuple[object, ...]:
        """The starter under KEYS."""
        topics = self.topics
        minutes = sum(topic.minutes or ASSUMED_MINUTES for topic in topics)
        head = (self.name, self.role, self.group, len(topics), minutes, _citations(topics))
        return (*head, self.pack.name, self.pack.version)


def topic_row(topic: Topic) -> tuple[object, ...]:
    """A topic under TOPIC_KEYS."""
    return (
        topic.code,
        topic.title,
        topic.marked,
        topic.due == BEFORE_START,
        expiry_text(topic.validity_years),
        topic.minutes or ASSUMED_MINUTES,
        ", ".join(topic.groups) or EVERYBODY,
        topic.due,
        str(topic.checked) if topic.checked else None,
        topic.in_force_from,
        topic.in_force_until,
    )


def starters() -> tuple[Starter, ...]:
    """The ready roles, the general one first, then the packs."""
    roles = (Starter(code, shipped_pack(LAW), role, group) for code, (role, group) in ROLES.items())
    return (*roles, *(Starter(name, shipped_pack(name)) for name in FILES))


def get_starter(named: str) -> Starter:
    """The starter with this name, or the pack in the file `named`; raises NotFound, naming the nearest."""
    known = {starter.name: starter for starter in starters()}
    if named in known:
        return known[named]
    path = Path(named)
    if path.suffix != ".toml" and not os.path.isfile(named):
        raise NotFound("starter template", named, tuple(known))
    pack = parse_pack(_text_of(path), named)
    return Starter(pack.name, pack)


@cache
def shipped_pack(name: str) -> Pack:
    """A pack that comes with the program."""
    return parse_pack((FOLDER / FILES[name]).read_text(encoding="utf-8"), FILES[name])


def _text_of(path: Path) -> str:
    """The text of a pack's file; raises UsageError for one that cannot be read or is no text."""
    try:
        with open_regular(path) as file:
            content = file.read(BYTES_MOST + 1)
        if len(content) > BYTES_MOST:
            raise UsageError(f"{path} is longer than 1 MB.", "Give a pack of topics.", code="unusable-file")
        return content.decode()
    except OSError as error:
        fact = f"{path} cannot be read: {error.strerror}."
        raise UsageError(fact, "Check the path.", code="unusable-file") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.", "Save it as UTF-8.", code="unusable-file") from None


def _citations(topics: tuple[Topic, ...]) -> str:
    """What may be believed of their citations, in words."""
    unchecked = sum(1 for topic in topics if topic.checked is None)
    if unchecked == len(topics):
        return TO_CHECK
    return f"{unchecked} of {len(topics)} {TO_CHECK}" if unchecked else "checked against the sources named"
