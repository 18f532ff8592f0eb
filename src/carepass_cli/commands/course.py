"""`carepass course`: courses, their length, validity, provider and price."""

from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import agreed, command_group, import_rows, imports, reads, writes, wrote
from carepass_cli.commands.options import (
    Expiry,
    MaxMinutes,
    OfProvider,
    OptionsOf,
    ReasonOption,
    Search,
    Yes,
    several,
    typed_argument,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules import fields
from carepass_cli.rules.nouns import COURSE, CourseValues

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

Code = Annotated[
    str, typer.Argument(metavar="CODE", help="The course's code.", autocompletion=complete.courses)
]


@writes(
    app,
    "create",
    example="course create IPAC-101 --title 'Infection control' --provider 'Sample College' --minutes 30",
)
def create(
    run: Run,
    code: Annotated[
        str,
        typed_argument(fields.parse_course_code, metavar="CODE", help="The new course's code, as IPAC-101."),
    ],
    values: Annotated[CourseValues, OptionsOf(COURSE, new=True)],
) -> Written:
    """Create a course."""
    from carepass_cli.services.course import create_course

    return wrote(run.write(create_course, code, **values))


@reads(app, "list", example="course list --expiry annual")
def list_(
    run: Run,
    search: Search = None,
    provider: OfProvider = None,
    expiry: Expiry = "any",
    max_minutes: MaxMinutes = None,
    method: Annotated[
        list[str] | None,
        several("--method", metavar="M,...", help="Only these methods.", known=COURSE.words("method")),
    ] = None,
    category: Annotated[
        list[str] | None,
        several("--category", metavar="C,...", help="Only these categories.", known=COURSE.words("category")),
    ] = None,
    language: Annotated[
        list[str] | None,
        several("--language", metavar="L,...", help="Only these languages.", known=COURSE.words("language")),
    ] = None,
) -> Table:
    """List courses, by code."""
    from carepass_cli.store.queries.courses import list_courses

    found = list_courses(
        run.store,
        run.today,
        search=search,
        provider=provider,
        expiry=expiry,
        max_minutes=max_minutes,
        method=method,
        category=category,
        language=language,
    )
    shown = ("code", "title", "provider", "minutes", "expiry", "price", "status")
    return Table(COURSE.keys, map(COURSE.row, found), shown=shown, talk=Talk(empty="No courses."))


@reads(app, "show", example="course show IPAC-101")
def show(run: Run, code: Code) -> Item:
    """Show a course, which roles must take it, and what it is equal to."""
    from carepass_cli.store.queries.courses import equivalents, get_course
    from carepass_cli.store.queries.naming import aliases_of
    from carepass_cli.store.queries.requirements import list_requirements

    course = get_course(run.store, run.today, code)
    asked = list(list_requirements(run.store, run.today, course_id=course.id))
    roles = [f"{q.home}/{q.role}" for q in asked]
    citations = tuple(dict.fromkeys(q.citation for q in asked if q.citation))
    equal = equivalents(run.store, run.today, course.id)
    aliases = aliases_of(run.store, run.today, course.id)
    told = {"required_by": roles, "equal_to": equal, "aliases": aliases}
    cited = {"citations": citations} if citations else {}
    return Item({**course.shown(), **told, **cited, **COURSE.rare(course)})


@writes(app, "edit", example="course edit IPAC-101 --minutes 45")
def edit(
    run: Run,
    code: Code,
    values: Annotated[CourseValues, OptionsOf(COURSE)],
    reactivate: Annotated[bool, typer.Option("--reactivate", help="Offer a retired course again.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Taken once only; it no longer expires.")] = False,
    restate: Annotated[
        bool, typer.Option("--restate", help="Work the last days of its records out anew, from today on.")
    ] = False,
    reason: ReasonOption = None,
) -> Written:
    """Change a course from today on. What is left out stays; completions keep their expiry."""
    from carepass_cli.services.course import edit_course
    from carepass_cli.services.retirement import reactivate_course

    if once and values.setdefault("validity_years", None) is not None:
        raise UsageError("--once and --validity-years contradict each other.", "Give one of them.")
    if reactivate:
        return wrote(run.write(reactivate_course, code, restate=restate, reason=reason, **values))
    return wrote(run.write(edit_course, code, restate=restate, reason=reason, **values))


@writes(app, "retire", reason=True, example="course retire IPAC-100 --successor IPAC-101 --yes")
def retire(
    run: Run,
    code: Code,
    successor: Annotated[
        str | None,
        typer.Option(
            "--successor",
            metavar="CODE",
            help="Who must take it takes this one instead.",
            autocompletion=complete.courses,
        ),
    ] = None,
    yes: Yes = False,
) -> Written:
    """Retire a course from today on; requirements of it end. What was completed stays."""
    from carepass_cli.services.retirement import retire_and_replace, who_must_take

    roles, people = who_must_take(run.store, run.today, code)
    if roles:
        what = f"goes over to {successor}" if successor else "ends"
        run.say(f"{code} is required by {', '.join(roles)}; {people} people hold these roles. That {what}.")
        if not run.dry_run:
            agreed(f"Retire {code}?", yes)
    return wrote(run.write(retire_and_replace, code, successor))


@writes(app, "equate", example="course equate IPAC-101 PCI-101")
def equate(
    run: Run,
    code: Code,
    other: Annotated[
        str, typer.Argument(metavar="CODE", help="The other course.", autocompletion=complete.courses)
    ],
) -> Written:
    """Let either course satisfy the other: language twins, successors."""
    from carepass_cli.services.course import equate_courses

    return wrote(run.write(equate_courses, code, other))


@writes(app, "alias", example="course alias WHMIS-101 'Hazardous products' 'SIMDUT'")
def alias(
    run: Run,
    code: Code,
    names: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Other names that files use.")],
) -> Written:
    """Give a course other names, under which files know it."""
    from carepass_cli.services.alias import alias_course

    return wrote(run.write(alias_course, code, names))


@imports(app, "import", noun=COURSE, example="course import courses.csv --keep-going --rejects bad.csv")
def import_(run: Run, asked: "Asked") -> Written:
    """Create and change courses from a file.

    Columns: code, for a new course title, provider and minutes, and any of {others}, status. The expiry is
    the validity in words: 1 year, annual.
    """
    from carepass_cli.services.imports.course import COLUMNS, import_courses

    return import_rows(run, asked, COLUMNS, import_courses)
