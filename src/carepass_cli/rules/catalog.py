"""Entries of the catalogue: what is known of a micro-credential, how it is found, how one enrols."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from carepass_cli.errors import InvalidValue
from carepass_cli.rules import fields
from carepass_cli.rules.category import METHODS, category

LIST_KEYS = (
    "id",
    "institution",
    "title",
    "language",
    "funding",
    "year",
    "sector",
    "osap_approved",
    "method",
    "minutes",
    "category",
)
KEYS = (*LIST_KEYS, "price", "link", "source")
# What people type for the marks that titles are printed with.
TYPED = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})
LINK_MOST = 500


class Entry(NamedTuple):
    """One micro-credential as a list gives it, in the order of KEYS. None is what the list does not say.

    `category` is `unclassified` where the length is not known; `price` is text, `45.00`.
    """

    id: str
    institution: str
    title: str
    language: str | None
    funding: str | None
    year: str | None
    sector: str | None
    osap_approved: bool | None
    method: str | None
    minutes: int | None
    category: str
    price: str | None
    link: str | None
    source: str

    def shown(self) -> dict[str, object]:
        """The entry under its public keys."""
        return {key: getattr(self, key) for key in KEYS}


def entry_category(minutes: int | None, method: str | None) -> str:
    """The category of an entry; an unknown length fits none."""
    return "unclassified" if minutes is None else category(minutes, method)


@dataclass(frozen=True)
class Filter:
    """The filters of `catalog list`: every word of `search` stands in the institution or the title;
    `institution`, `funding` and `sector` are parts of theirs; `osap` takes only what is said to be approved.
    None filters nothing, and what an entry does not say fits no filter."""

    search: str | None = None
    institution: str | None = None
    funding: str | None = None
    sector: str | None = None
    osap: bool = False
    method: str | None = None
    language: str | None = None
    category: str | None = None

    def fits(self, entry: Entry) -> bool:
        """Whether `entry` passes every filter."""
        where = searched(f"{entry.institution} {entry.title}")
        return (
            all(word in where for word in searched(self.search or "").split())
            and searched(self.institution or "") in searched(entry.institution)
            and searched(self.funding or "") in searched(entry.funding or "")
            and searched(self.sector or "") in searched(entry.sector or "")
            and (not self.osap or entry.osap_approved is True)
            and self.method in (None, entry.method)
            and self.language in (None, entry.language)
            and self.category in (None, entry.category)
        )


def searched(text: str) -> str:
    """`text` without accents, case and printers' marks."""
    return fields.folded(text.translate(TYPED))


def enrolment(entry: Entry) -> str:
    """How a person gets into it, in plain words.

    Source: Government of Ontario, "Micro-credentials from Ontario's postsecondary schools", *How to enrol*.
    """
    first = f"Sign up with {entry.institution} itself; carepass does not enrol anybody."
    aid = "then ask for help with the cost: log in to OSAP and apply for OSAP for Micro-credentials."
    if entry.osap_approved:
        return f"{first} It is OSAP-approved: once signed up, {aid}"
    if entry.osap_approved is None:
        return f"{first} Ask there whether it is OSAP-approved; if it is, {aid}"
    return f"{first} It is not OSAP-approved."


def parse_entry(values: Mapping[str, str]) -> dict[str, Any]:
    """The columns of one row of a list, as they are kept; "" is None. `price_cents` is the price in cents.

    Raises InvalidValue for the first value that cannot be.
    """

    def of(name: str, parse: Any, *more: Any, **limits: Any) -> Any:
        text = values.get(name, "")
        return parse(text, name, *more, **limits) if text else None

    return {
        "institution": fields.clean_text(values["institution"], "institution", most=fields.TITLE_MOST),
        "title": fields.clean_text(values["title"], "title", most=fields.TITLE_MOST),
        "language": of("language", fields.parse_choice, fields.LANGUAGES),
        "funding": of("funding", fields.clean_text, most=fields.TITLE_MOST),
        "year": of("year", fields.clean_text),
        "minutes": of("minutes", fields.parse_minutes),
        "method": of("method", fields.parse_choice, METHODS),
        "price_cents": of("price", fields.parse_price),
        "osap_approved": of("osap_approved", fields.parse_bool),
        "sector": of("sector", fields.clean_text),
        "link": of("link", parse_link),
    }


def parse_link(text: str, name: str) -> str:
    """A web address, `https://...`, kept as written."""
    value = fields.clean_text(text, name, most=LINK_MOST)
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in value:
        raise InvalidValue(f"{name} '{value[:40]}' is not a web address.", "Write it as https://example.org.")
    return value
