"""E-mail addresses: which text is one, and which are the same person's. `fields.parse_email` is the door."""

import re
import unicodedata

_PART = r"[^@\s<>,;:\"\\()\[\].]+"
_SHAPE = rf"({_PART}(?:\.{_PART})*)@({_PART}(?:\.{_PART})+)"
# What a mail program does not show, beside the category Cf: joiners, fillers and variation selectors.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})+"


def is_address(text: str) -> bool:
    """Whether a letter can be sent to it: one `@`, no empty parts, and a domain that DNS takes."""
    parts = _parts(text)
    return parts is not None and re.fullmatch(_SHAPE, text) is not None and is_domain(parts[1])


def is_domain(text: str) -> bool:
    """Whether DNS takes it for a host: two labels or more, of 1 to 63 letters, digits and inner hyphens."""
    return re.fullmatch(_DOMAIN, text, re.IGNORECASE | re.ASCII) is not None


def unseen_character(text: str) -> str | None:
    """The first character that shows nowhere (category Cf and a few more), or None."""
    if text.isascii():
        return None
    return next((c for c in text if unicodedata.category(c) == "Cf" or c in _UNSEEN), None)


def email_key(address: str) -> str:
    """What the addresses of one person have in common: NFKC, the domain as DNS knows it, and case folded.

    It never fails: a text that is no address is folded and stays.
    """
    text = address.strip()
    if text.isascii():
        return text.casefold()
    parts = _parts(text)
    return _folded(text) if parts is None else f"{_folded(parts[0])}@{parts[1].casefold()}"


def ascii_domain(domain: str) -> str:
    """A domain as DNS knows it: `bücher.ca` is `xn--bcher-kva.ca`. Empty where it has no such form."""
    if domain.isascii():
        return domain
    if any(label.startswith("-") or label.endswith("-") for label in domain.split(".")):
        return ""  # punycode would hide it
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def _parts(address: str) -> tuple[str, str] | None:
    """What stands before the `@`, in NFKC, and the domain in ASCII; None where it has no such parts."""
    shape = re.fullmatch(_SHAPE, address if address.isascii() else unicodedata.normalize("NFKC", address))
    domain = ascii_domain(shape[2]) if shape else ""
    return (shape[1], domain) if shape and domain else None


def _folded(text: str) -> str:
    # Folding can leave what NFKC composes: once more makes it stable.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
