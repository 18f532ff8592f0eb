"""`carepass course`: courses, their length, validity, provider and price."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import agreed, command_group, import_rows, imports, reads, writes, wrote
from carepass_cli.commands.options import (
    Expiry,
    MaxMinutes,
    OfProvider,
    ReasonOption,
    Search,
    Yes,
    several,
    span_option,
    text_option,
    typed,
    typed_argument,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules import category as rule
from carepass_cli.rules import fields
from carepass_cli.rules.renewal import COMPLETION

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

Code = Annotated[
    str, typer.Argument(metavar="CODE", help="The course's code.", autocompletion=complete.courses)
]
Title = text_option("--title", help="The course's title.", most=fields.TITLE_MOST)
Provider = text_option("--provider", help="Who offers the course.", most=fields.TITLE_MOST)
Minutes = typed(fields.parse_minutes, "--minutes", metavar="N", help="The course's length in minutes.")
Validity = Annotated[
    int | None,
    typed(
        fields.parse_years,
        "--validity-years",
        metavar="N",
        help="Years until it must be renewed. [default for new courses: once only]",
    ),
]
Language = Annotated[fields.Language | None, typer.Option("--language", help="The course's language.")]
Method = Annotated[rule.Method | None, typer.Option("--method", help="How it is taught.")]
Category = Annotated[
    rule.Category | None,
    typer.Option(
        "--category", help="Only where two categories fit (exactly 100 hours). [default: worked out]"
    ),
]
Renewal = Annotated[
    str | None,
    typed(
        fields.parse_renewal,
        "--renewal",
        metavar="BASIS",
        help="What the validity counts from: completion, expiry, or a day as 03-31."
        " [default for new courses: completion]",
    ),
]
Minimum = Annotated[
    str | None,
    span_option("--minimum", help="With a day: the least from the completion to the first such day."),
]
Price = Annotated[
    int | None, typed(fields.parse_price, "--price", metavar="DOLLARS", help="What it costs, as 45.00.")
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
    title: Annotated[str, Title],
    provider: Annotated[str, Provider],
    minutes: Annotated[int, Minutes],
    validity_years: Validity = None,
    language: Language = None,
    method: Method = None,
    category: Category = None,
    price: Price = None,
    renewal: Renewal = None,
    minimum: Minimum = None,
) -> Written:
    """Create a course."""
    from carepass_cli.services.course import create_course

    outcome = run.write(
        create_course,
        code,
        title=title,
        provider=provider,
        minutes=minutes,
        validity_years=validity_years,
        language=language,
        method=method,
        category_said=category,
        price_cents=price,
        renewal=renewal or COMPLETION,
        minimum=minimum,
    )
    return wrote(outcome)


@reads(app, "list", example="course list --expiry annual")
def list_(
    run: Run,
    search: Search = None,
    provider: OfProvider = None,
    expiry: Expiry = "any",
    max_minutes: MaxMinutes = None,
    method: Annotated[
        list[str] | None,
        several("--method", metavar="M,...", help="Only these methods.", known=get_args(rule.Method)),
    ] = None,
    category: Annotated[
        list[str] | None,
        several("--category", metavar="C,...", help="Only these categories.", known=get_args(rule.Category)),
    ] = None,
    language: Annotated[
        list[str] | None,
        several("--language", metavar="L,...", help="Only these languages.", known=get_args(fields.Language)),
    ] = None,
) -> Table:
    """List courses, by code."""
    from carepass_cli.store.queries.courses import KEYS, list_courses

    found = list_courses(
        run.store, run.today, search=search, provider=provider, expiry=expiry, max_minutes=max_minutes
    )
    chosen = {"method": method, "category": category, "language": language}
    rows = (
        tuple(course.shown().values())
        for course in found
        if all(not words or getattr(course, key) in words for key, words in chosen.items())
    )
    shown = ("code", "title", "provider", "minutes", "expiry", "price", "status")
    return Table(KEYS, rows, shown=shown, talk=Talk(empty="No courses."))


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
    # What only few courses have.
    more = {"citations": citations or None, "minimum": course.minimum}
    shown = {key: value for key, value in more.items() if value}
    told = {"required_by": roles, "equal_to": equal, "aliases": aliases}
    return Item({**course.shown(), **told, **shown})


@writes(app, "edit", example="course edit IPAC-101 --minutes 45")
def edit(
    run: Run,
    code: Code,
    title: Annotated[str | None, Title] = None,
    provider: Annotated[str | None, Provider] = None,
    minutes: Annotated[int | None, Minutes] = None,
    validity_years: Validity = None,
    reactivate: Annotated[bool, typer.Option("--reactivate", help="Offer a retired course again.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Taken once only; it no longer expires.")] = False,
    language: Language = None,
    method: Method = None,
    category: Category = None,
    price: Price = None,
    renewal: Renewal = None,
    minimum: Minimum = None,
    restate: Annotated[
        bool, typer.Option("--restate", help="Work the last days of its records out anew, from today on.")
    ] = False,
    reason: ReasonOption = None,
) -> Written:
    """Change a course from today on. What is left out stays; completions keep their expiry."""
    if reactivate:
        from carepass_cli.services.retirement import reactivate_course

        if once or any(value is not None for value in (title, provider, minutes, validity_years, price)):
            raise UsageError("--reactivate goes alone.", "Reactivate the course first, then edit it.")
        return wrote(run.write(reactivate_course, code))
    from carepass_cli.services.course import edit_course

    if once and validity_years is not None:
        raise UsageError("--once and --validity-years contradict each other.", "Give one of them.")

    outcome = run.write(
        edit_course,
        code,
        once=once,
        category_said=category,
        title=title,
        provider=provider,
        minutes=minutes,
        validity_years=validity_years,
        language=language,
        method=method,
        price_cents=price,
        renewal=renewal,
        minimum=minimum,
        restate=restate,
        reason=reason,
    )
    return wrote(outcome)


@writes(app, "retire", many=True, example="course retire IPAC-100 --successor IPAC-101 --yes")
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
    if roles and not run.dry_run:
        what = f"goes over to {successor}" if successor else "ends"
        say = f"{code} is required by {', '.join(roles)}; {people} people hold these roles. That {what}."
        agreed(f"Retire {code}?", yes, lambda: run.say(say))
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


@imports(app, "import", example="course import courses.csv --keep-going --rejects bad.csv")
def import_(run: Run, asked: "Asked") -> Written:
    """Create and change courses from a file.

    Columns: code, for a new course title, provider and minutes, and any of validity_years or expiry (1 year,
    annual), language, method, category, price, status, renewal, minimum.
    """
    from carepass_cli.services.imports.course import COLUMNS, import_courses

    return import_rows(run, asked, COLUMNS, import_courses)
