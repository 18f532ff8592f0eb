"""The passport's card: a transcript on one page, with the passport's fingerprint as a QR code."""

from collections.abc import Sequence
from typing import NamedTuple

from carepass_cli.errors import MissingExtra
from carepass_cli.output.badge import qr_code
from carepass_cli.output.clean import shown
from carepass_cli.output.page import page_template

NO_END = "does not expire"


class Line(NamedTuple):
    """One course on the card; `valid_through` is an ISO date, or NO_END."""

    code: str
    title: str
    provider: str
    completed_on: str
    valid_through: str


class Card(NamedTuple):
    """What a card says, as text. `as_of` is an ISO date."""

    holder: str
    home_name: str
    as_of: str
    fingerprint: str
    lines: Sequence[Line]


def card_html(card: Card) -> str:
    """The card as one HTML page that needs no other file, no network and no script."""
    code = qr_code(card.fingerprint).svg_inline(scale=4, border=2)
    return page_template("card.html.jinja").render(card=card, code=code)


def card_pdf(card: Card) -> bytes:
    """The card as a tagged PDF. Raises MissingExtra without typst."""
    try:
        import typst
    except ImportError:
        raise MissingExtra("pdf", "A PDF card") from None
    import json
    from importlib.resources import files

    # People's text is data for the template, and never a part of its source.
    said = {
        "holder": shown(card.holder),
        "home": shown(card.home_name),
        "as_of": card.as_of,
        "fingerprint": card.fingerprint,
        "code": qr_code(card.fingerprint).svg_inline(scale=4, border=2),
        "lines": [[shown(text) for text in line] for line in card.lines],
    }
    source = files("carepass_cli.output").joinpath("card.typ").read_bytes()
    return bytes(typst.compile(source, sys_inputs={"card": json.dumps(said)}))
