"""Entries of the catalogue: what is known of a micro-credential, how it is found, how one enrols."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from carepass_cli.errors import InvalidValue
from carepass_cli.rules import fields
from carepass_cli.rules.category import METHODS, category

LIST_KEYS = ("id", "institution", "title", "language", "funding", "year", "category")
KEYS = (*LIST_KEYS, "minutes", "method", "price", "osap_approved", "sector", "link", "source")
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
    category: str
    minutes: int | None
    method: str | None
    price: str | None
    osap_approved: bool | None
    sector: str | None
    link: str | None
    source: str

    def shown(self) -> dict[str, object]:
        """The entry under its public keys."""
        return dict(zip(KEYS, self, strict=True))


def entry_category(minutes: int | None, method: str | None) -> str:
    """The category of an entry; an unknown length fits none."""
    return "unclassified" if minutes is None else category(minutes, method)


def matching(
    entry: Entry,
    search: str | None = None,
    institution: str | None = None,
    funding: str | None = None,
    wanted: str | None = None,
) -> bool:
    """The filters of `catalog list`: every word of `search` stands in the institution or the title;
    `institution` and `funding` are parts of theirs; `wanted` is a category. None filters nothing.
    """
    where = searched(f"{entry.institution} {entry.title}")
    return (
        all(word in where for word in searched(search or "").split())
        and searched(institution or "") in searched(entry.institution)
        and searched(funding or "") in searched(entry.funding or "")
        and wanted in (None, entry.category)
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
