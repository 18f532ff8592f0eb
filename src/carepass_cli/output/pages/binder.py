"""The first page of an inspector's binder: the figures, what is inside, and how to check it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from carepass_cli.output.pages.draw import page_html
from carepass_cli.output.pages.page import (
    Bar,
    Bars,
    Block,
    Cell,
    Figure,
    Figures,
    Head,
    Notes,
    Page,
    Section,
    Sheet,
)
from carepass_cli.output.pages.words import Words
from carepass_cli.output.render import csv_bytes
from carepass_cli.rules.binder import Binder
from carepass_cli.rules.compliance import percent

NAMES = {
    "compliance": "Compliance",
    "matrix": "Training matrix",
    "gaps": "Gaps",
    "onboarding": "Onboarding",
    "waivers": "Waivers",
    "leaves": "Leaves",
    "voids": "Voids",
    "extensions": "Extensions",
    "assignments": "Assignments",
    "sample": "Sample of records",
}
# Tables whose number of rows is a figure at the head of the page.
FIGURES = ("gaps", "onboarding", "waivers")


def binder_parts(
    binder: Binder,
    *,
    signed: bool,
    content_of: Callable[[int], bytes],
    language: str,
) -> Iterator[tuple[str, bytes]]:
    """The files of the binder: the index, a CSV for each table, the audit head, the evidence, whose bytes
    `content_of` gives: one file is in memory at a time."""
    yield "index.html", page_html(binder_page(binder, signed, language))
    for table in binder.tables:
        yield f"{table.name}.csv", csv_bytes(table.columns, table.rows)
    yield "audit-head.txt", f"{binder.audit_head}\n".encode()
    for each in binder.evidence:
        yield each.path, content_of(each.content_id)


def binder_page(binder: Binder, signed: bool, language: str) -> Page:
    """The index page; each part is a link to the file beside it. Who made it is for them to write: the same
    store gives the same bytes to everybody."""
    say = Words(language)
    courses = [_Course._make(row) for row in binder.tables[0].rows]
    required, completed = sum(each.required for each in courses), sum(each.completed for each in courses)
    share = percent(completed, required)
    checks = [
        "Every file is listed in manifest.json with its size and SHA-256.",
        "carepass binder verify FILE checks them without a store, and names the first that was changed.",
        "The list is signed with the home's key (manifest.jws)."
        if signed
        else "The list is not signed: the home has no key, or the badges extra is not installed.",
        "The audit head pins the log: whoever notes it can tell later whether the log was changed.",
    ]
    sections = [
        Section(
            "",
            [
                Figures(
                    [
                        Figure(
                            say.percent(share),
                            say("completed in {year}", year=binder.year),
                            say.part(completed, required),
                        ),
                        Figure(say.count(binder.staff), say("Staff"), say("people with a confirmed role")),
                        *(
                            Figure(say.count(len(table.rows)), say(NAMES[table.name]))
                            for table in binder.tables
                            if table.name in FIGURES
                        ),
                    ]
                )
            ],
        ),
        Section(say("Compliance by citation"), [_courses(say, courses)]),
        Section(say("What is inside"), [_parts(say, binder)]),
        Section(
            say("How to check it"),
            [Notes([*(say(each) for each in checks), f"{say('Audit head')}: {binder.audit_head}"])],
        ),
    ]
    return Page(
        language,
        say("Inspection binder"),
        binder.home_name,
        say("calendar year {year}", year=binder.year),
        binder.as_of,
        "",
        sections,
        say.of_page(),
    )


class _Course(NamedTuple):
    """A row of `compliance`: how many had to complete a course, how many did, by which citations."""

    code: str
    title: str
    required: int
    completed: int
    percent: float | None
    citation: str | None


def _courses(say: Words, courses: Sequence[_Course]) -> Block:
    if not courses:
        return Notes([say("Nothing is required yet.")])
    by_citation = sorted(courses, key=lambda each: (each.citation is None, each.citation or "", each.code))
    return Bars(
        say("Completed of required, each person once"),
        (say("Course"), say("Percent")),
        [
            Bar(
                each.title,
                (each.percent or 0) / 100,
                say.percent(each.percent),
                f"{each.code}, {each.citation or say('no citation')};"
                f" {say.part(each.completed, each.required)}",
            )
            for each in by_citation
        ],
    )


def _parts(say: Words, binder: Binder) -> Sheet:
    tables = [(table.name, f"{table.name}.csv", say.count(len(table.rows))) for table in binder.tables]
    rows = [[Cell(say(NAMES[name])), Cell(path, link=path), Cell(count)] for name, path, count in tables]
    if binder.evidence:
        rows.append([Cell(say("Evidence")), Cell("evidence/"), Cell(say.count(len(binder.evidence)))])
    rows.append([Cell(say("Audit head")), Cell("audit-head.txt", link="audit-head.txt"), Cell("")])
    return Sheet(
        say("Each table is a CSV file with the columns of its report."),
        [Head(say("Part"), wide=True), Head(say("File")), Head(say("Rows"), number=True)],
        rows,
    )
