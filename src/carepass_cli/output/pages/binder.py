"""The first page of an inspector's binder: the figures, what is inside, and how to check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Part:
    """A file of the binder: its path beside the index, its name and how many rows it has (None: no table)."""

    path: str
    name: str
    rows: int | None


@dataclass(frozen=True)
class CourseCount:
    """How many had to complete a course in the year, how many did, and the law that asks for it."""

    code: str
    title: str
    citation: str
    required: int
    completed: int
    percent: float | None


@dataclass(frozen=True)
class Binder:
    """What the index says."""

    home_name: str
    as_of: date
    year: int
    staff: int
    audit_head: str
    signed: bool
    courses: Sequence[CourseCount]
    parts: Sequence[Part]


def binder_page(binder: Binder, language: str, prepared_by: str) -> Page:
    """The index page; each part is a link to the file beside it."""
    say = Words(language)
    required = sum(each.required for each in binder.courses)
    completed = sum(each.completed for each in binder.courses)
    share = round(100 * completed / required, 1) if required else None
    checks = [
        "Every file is listed in manifest.json with its size and SHA-256.",
        "carepass binder verify FILE checks them without a store, and names the first that was changed.",
        "The list is signed with the home's key (manifest.jws)."
        if binder.signed
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
                            Figure(say.count(each.rows), say(each.name))
                            for each in binder.parts
                            if each.rows is not None and each.name in FIGURES
                        ),
                    ]
                )
            ],
        ),
        Section(say("Compliance by citation"), [_courses(say, binder)]),
        Section(say("What is inside"), [_parts(say, binder.parts)]),
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
        prepared_by,
        sections,
        say.of_page(),
    )


FIGURES = ("Gaps", "Waivers")


def _courses(say: Words, binder: Binder) -> Block:
    courses = sorted(binder.courses, key=lambda each: (each.citation == "", each.citation, each.code))
    if not courses:
        return Notes([say("Nothing is required yet.")])
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
            for each in courses
        ],
    )


def _parts(say: Words, parts: Sequence[Part]) -> Sheet:
    return Sheet(
        say("Each table is a CSV file with the columns of its report."),
        [Head(say("Part"), wide=True), Head(say("File")), Head(say("Rows"), number=True)],
        [
            [
                Cell(say(part.name)),
                Cell(part.path, link=part.path),
                Cell("" if part.rows is None else say.count(part.rows)),
            ]
            for part in parts
        ],
    )
