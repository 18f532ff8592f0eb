"""The transcript: what a person has completed, on a page of their own, with the passport's fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from carepass_cli.files import Kind
from carepass_cli.output.badge import qr_code
from carepass_cli.output.pages.page import Cell, Code, Figure, Figures, Head, Page, Section, Sheet
from carepass_cli.output.pages.words import Words

COPY = (
    "This page is a copy to read; what counts is the signed passport file. Scan the code, and compare it with"
    " what the command carepass passport verify FILE prints for that file: the same fingerprint (SHA-256)"
    " means the same passport, unchanged."
)


# Words of the pages of carepass, and of the cards of version 0.1.
MARKS = (b'name="generator" content="carepass"', b"/Keywords(carepass)", b"Training passport of")


def _is_page(path: Path) -> bool:
    content = path.read_bytes()
    return any(mark in content for mark in MARKS)


TRANSCRIPT = Kind("page of carepass", _is_page)


class Award(Protocol):
    """One valid completion. `last_day` None never ends."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def completed_on(self) -> date: ...
    @property
    def last_day(self) -> date | None: ...


@dataclass(frozen=True)
class Transcript:
    """What a transcript says. `fingerprint` is that of the passport with the same credentials."""

    holder: str
    home_name: str
    as_of: date
    fingerprint: str
    awards: Sequence[Award]


def transcript_page(transcript: Transcript, language: str, prepared_by: str) -> Page:
    """The page. Raises MissingExtra without segno."""
    say = Words(language)
    awards = transcript.awards
    heads = ("Course", "Code", "Provider", "Completed", "Last valid day")
    ends = sorted(each.last_day for each in awards if each.last_day)
    sections = [
        Section(
            "",
            [
                Figures(
                    [
                        Figure(say.count(len(awards)), say("valid completions")),
                        Figure(say.count(len(awards) - len(ends)), say("never end")),
                        Figure(
                            str(ends[0]) if ends else say("n/a"),
                            say("Next last day"),
                            say("of what is valid now"),
                        ),
                    ]
                ),
                Code(
                    qr_code(transcript.fingerprint).svg_inline(scale=4, border=2),
                    say("QR code of the passport's fingerprint"),
                    say(COPY),
                    transcript.fingerprint,
                ),
            ],
        ),
        Section(
            say("Completed and valid"),
            [
                Sheet(
                    say("Valid through the last day, that day included."),
                    [Head(say(text), wide=text == "Course") for text in heads],
                    [
                        [
                            Cell(each.title),
                            Cell(each.code),
                            Cell(each.provider),
                            Cell(str(each.completed_on)),
                            Cell(str(each.last_day) if each.last_day else say("never ends")),
                        ]
                        for each in awards
                    ],
                    say("No valid completion on this day."),
                )
            ],
        ),
    ]
    return Page(
        language,
        say("Training passport"),
        transcript.holder,
        transcript.home_name,
        transcript.as_of,
        prepared_by,
        sections,
        say.of_page(),
    )
