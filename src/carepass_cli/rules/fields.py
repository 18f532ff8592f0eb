"""What a value may look like, wherever it comes from: a flag, a file, a passport.

Each function takes the text and the name under which the person knows it, and returns the value or
raises InvalidValue, naming both.
"""

import re
import unicodedata
from datetime import date

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.address import ascii_domain, is_address, is_domain, unseen_character

# Dates further out are slips of the finger, and arithmetic on them can overflow.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
# What is left of a letter that was read in the wrong encoding, or written for a web page.
DAMAGED = r"\ufffd|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos|nbsp);"
NAME_MOST, TITLE_MOST, REASON_MOST = 100, 200, 500
MINUTES_OF_A_DAY = 60 * 24
MINUTES_MOST = MINUTES_OF_A_DAY * 365
YEARS_MOST = 50

LANGUAGES = ("en", "fr")

EXPIRY_WORDS = {"annual": 1, "once": None, "": None}


def clean_text(text: str, name: str, *, most: int = NAME_MOST, empty: bool = False) -> str:
    """One line of text, trimmed, in Unicode's composed form; control and bidi characters are refused."""
    if text.isascii() and text.isprintable():
        value = text.strip()  # most texts, in long files
    else:
        refuse_control(text, name)
        value = unicodedata.normalize("NFC", text).strip()
    if not value and not empty:
        raise InvalidValue(f"{name} is empty.", "Give it a value.")
    if len(value) > most:
        raise InvalidValue(f"{name} has {len(value)} characters; at most {most} are kept.", "Shorten it.")
    return value


def refuse_control(text: str, name: str) -> None:
    """Raise InvalidValue where `text` holds a control or bidi character, or bytes that are no text."""
    if found := CONTROL.search(text) or re.search("[\ud800-\udfff]", text):
        raise InvalidValue(
            f"{name} holds a control character (U+{ord(found[0]):04X}).",
            "Write it as one line of plain text.",
        )


def parse_date(text: str, name: str) -> date:
    """An ISO date, `2026-11-21`, from 1900 to 2199; nothing else is a date here."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        value = date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(f"{name} '{text[:40]}' is not a date.", "Write dates as 2026-11-21.") from None
    if not FIRST_DAY <= value <= LAST_DAY:
        raise InvalidValue(f"{name} {value} is out of range.", "Dates go from 1900 to 2199.")
    return value


def parse_days(text: str, name: str) -> str:
    """Days with spaces or commas between, as ISO text: each once, in order, with spaces between."""
    return " ".join(sorted({str(parse_date(day, name)) for day in text.replace(",", " ").split()}))


def days_of(text: str) -> set[date]:
    """The days in a text that `parse_days` gave."""
    return set(map(date.fromisoformat, text.split()))


def parse_birthdate(text: str, name: str) -> date:
    """As `parse_date`; the error never repeats what was typed, which may be a birthdate with a slip in it."""
    try:
        return parse_date(text, name)
    except InvalidValue:
        raise InvalidValue(
            f"{name} is not a date.", "Write dates as 2026-11-21; they go from 1900 to 2199."
        ) from None


def parse_code(text: str, name: str) -> str:
    """A home's or role's CODE: lower-case letters, digits, `-`; 1 to 60 characters."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", text):
        raise InvalidValue(
            f"{name} '{text[:60]}' is not a code.",
            "Use lower-case letters, digits and '-', as in maple-grove.",
        )
    return text


def parse_course_code(text: str, name: str) -> str:
    """A course CODE: letters, digits, `-`, `_`, `.`; 1 to 40 characters. Kept as written."""
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,39})", text):
        raise InvalidValue(
            f"{name} '{text[:60]}' is not a course code.",
            "Use letters, digits, '-', '_' and '.', as in IPAC-101.",
        )
    return text


def parse_portal_id(text: str, name: str) -> str:
    """A portal ID: text of four to ten digits."""
    if not re.fullmatch(r"[0-9]{4,10}", text):
        raise InvalidValue(
            f"{name} '{text[:40]}' is not a portal ID.", "A portal ID has four digits or more."
        )
    return text


def parse_email(text: str, name: str) -> str:
    """An e-mail address, kept as written; compare it by `address.email_key`."""
    value = clean_text(text, name, most=254)
    if (unseen := unseen_character(value)) is not None:
        raise InvalidValue(
            f"{name} holds a character that nobody sees (U+{ord(unseen):04X}).", "Type the address anew."
        )
    if not is_address(value):
        raise InvalidValue(f"{name} '{value}' is not an e-mail address.", "Write it as name@example.org.")
    return value


def parse_host(text: str, name: str) -> str:
    """A host's name as DNS knows it, or its number in brackets (`[192.0.2.1]`)."""
    value = clean_text(text, name, most=253)
    if re.fullmatch(r"\[[0-9A-Za-z.:]+\]", value):
        return value
    if not is_domain(host := ascii_domain(value)):
        raise InvalidValue(f"{name} '{value}' is not a host's name.", "Write it as mail.example.org.")
    return host


def parse_int(text: str, name: str, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both inclusive."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise InvalidValue(
            f"{name} '{text[:40]}' is not a whole number from {least} to {most}.", "Write it in digits."
        )
    return int(text)


def parse_minutes(text: str, name: str) -> int:
    """A course's length in whole minutes: 1 to a year of them."""
    return parse_int(text, name, least=1, most=MINUTES_MOST)


def parse_study_minutes(text: str, name: str) -> int:
    """The minutes for training in one day: 1 to 1440."""
    return parse_int(text, name, least=1, most=MINUTES_OF_A_DAY)


def parse_years(text: str, name: str) -> int:
    """A validity in whole years: 1 to 50."""
    return parse_int(text, name, least=1, most=YEARS_MOST)


def parse_renewal(text: str, name: str) -> str:
    """What a validity counts from: `completion`, `expiry`, or a day of the year as `MM-DD`."""
    if text in ("completion", "expiry"):
        return text
    try:
        if not re.fullmatch(r"\d\d-\d\d", text, re.ASCII):
            raise ValueError
        date.fromisoformat(f"2024-{text}")  # a leap year: 02-29 is a day of the year
    except ValueError:
        raise InvalidValue(
            f"{name} '{text[:40]}' is not what a validity counts from.",
            "Use completion, expiry, or a day of the year as 03-31.",
        ) from None
    return text


def parse_number(text: str, what: str, hint: str) -> int:
    """The number of a record, change or message (`what`), which the store gave it: digits, at most 15."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise InvalidValue(f"'{text[:40]}' is not a {what}.", hint)
    return int(text)


def parse_percent(text: str, name: str) -> int:
    """Whole percent from 0 to 100, as `10%` or `10`."""
    return parse_int(text.strip().removesuffix("%").rstrip(), name, least=0, most=100)


def parse_price(text: str, name: str) -> int:
    """A price in dollars, as `45` or `45.00`; returns cents."""
    shape = re.fullmatch(r"(\d{1,7})(?:\.(\d{1,2}))?", text, re.ASCII)
    if not shape:
        raise InvalidValue(f"{name} '{text[:40]}' is not a price.", "Write it as 45.00.")
    return int(shape[1]) * 100 + int((shape[2] or "").ljust(2, "0"))


def price_text(cents: int | None) -> str | None:
    """Cents as `45.00`; None stays None (no price known)."""
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}"


def parse_expiry(text: str, name: str) -> int | None:
    """The portal's Expiry column as years: blank is None; `1 years`, `1 year`, `1y`, `annual` are 1."""
    word = text.strip().casefold()
    if word in EXPIRY_WORDS:
        return EXPIRY_WORDS[word]
    shape = re.fullmatch(r"(\d{1,2})\s*(?:y|yr|yrs|year|years)?", word, re.ASCII)
    if not shape or not 1 <= int(shape[1]) <= YEARS_MOST:
        raise InvalidValue(
            f"{name} '{text[:40]}' is not an expiry.", "Leave it blank for once only, or write '1 years'."
        )
    return int(shape[1])


def expiry_text(validity_years: int | None) -> str:
    """Years of validity in the portal's wording: `` or `1 years`."""
    return "" if validity_years is None else f"{validity_years} years"


def parse_bool(text: str, name: str) -> bool:
    """`true`/`false`, `yes`/`no`, `1`/`0`, in any case."""
    word = text.strip().casefold()
    if word in ("true", "yes", "y", "1"):
        return True
    if word in ("false", "no", "n", "0"):
        return False
    raise InvalidValue(f"{name} '{text[:40]}' is neither true nor false.", "Write true or false.")


def parse_choice(text: str, name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`, written exactly."""
    if text not in choices:
        raise InvalidValue(f"{name} '{text[:40]}' is not known.", f"Use one of: {', '.join(choices)}.")
    return text


GROUPS = (
    "direct-care",
    "registered",
    "allied",
    "dietary",
    "environmental",
    "administration",
    "volunteer",
    "student",
    "agency",
)


def folded(text: str) -> str:
    """`text` for comparing, searching and sorting: without accents and case. `Hélène` is `helene`."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
