"""Every command that prints columns, with words that it can be run with on the sample homes."""

from collections.abc import Iterator
from pathlib import Path

from carepass_cli.clock import read_clock
from carepass_cli.sample.demo import build_demo
from tests.conftest import TODAY, Carepass, assign
from tests.docs.walk import Told, every_command

# What stands for an argument, by its name in the help; of ID by the noun.
NAMED = {
    "ACCOUNT": "1000",
    "HOME": "sample-north",
    "home CODE": "sample-north",
    "course CODE": "FIRE-101",
    "RECORD": "1",
    "NUMBER": "1",
    "NAME|FILE": "direct-care",
    "catalog ID": "cf2-015",
    "notify ID": "1",
}
OPTIONS = {"--home": "sample-north", "--role": "psw"}
# Options of one value under which there are other columns.
TELLING = {"--account": "1000", "--by": "home,course"}


def build_sample(path: Path) -> None:
    """The sample homes, with something in every list."""
    build_demo(path, read_clock(TODAY))
    fill_lists(path)


def fill_lists(path: Path) -> None:
    """Bring something into every list of the sample homes."""
    carepass = Carepass(str(path))
    rn = ("--home", "sample-north", "--role", "rn")
    carepass("starter", "apply", "registered", *rn, today="2026-11-02")
    assign(carepass, "1010", "sample-north", "rn", "--start", "2026-11-09")
    carepass("role", "confirm", "--account", "1010", *rn)
    carepass("home", "edit", "sample-north", "--approval", "manual")
    carepass("home", "budget", "sample-north", "--year", "2026", "--amount", "5000.00")
    carepass("account", "leave", "1020", "--from", "2026-11-01", "--reason", "parental leave")
    for account in ("1000", "1010", "1070"):
        carepass("cart", "add", account, "--missing")
    carepass("cart", "submit", "1000", "1010", "1070")
    proof = path.with_name("certificate.txt")
    proof.write_text("seen")
    carepass("record", "attach", "1", str(proof))
    carepass("passport", "export", "1000", str(path.with_name("passport.json")))


def reading_commands() -> Iterator[tuple[Told, list[str]]]:
    """The commands that print a table, or one object by `show`, each with the words that it needs; not those
    that read a file or build something."""
    for told in every_command():
        names = {option for param in told.command.params for option in param.opts}
        shows = "--sort" in names or (
            "--fields" in names and told.words.endswith((" show", " head", " info"))
        )
        if not shows or told.words == "demo":
            continue
        needed = list(_needed(told))
        if None not in needed:
            yield told, [*told.words.split(), *(word for word in needed if word)]


def _needed(told: Told) -> Iterator[str | None]:
    noun = told.words.split()[0]
    for param in told.command.params:
        if param.param_type_name == "argument":
            if param.required:
                yield NAMED.get(param.metavar) or NAMED.get(f"{noun} {param.metavar}")
        elif param.required or "default_home" in (param.help or ""):
            yield from (param.opts[0], OPTIONS.get(param.opts[0]))


def variants(told: Told, line: list[str]) -> Iterator[list[str]]:
    """The line as it is, and with each of the flags (or options) that may add columns."""
    yield line
    for param in told.command.params:
        option = param.opts[0]
        if getattr(param, "is_flag", False) and option not in ("--help", "--no-header", "--quiet"):
            yield [*line, option]
        elif option in TELLING and param.param_type_name == "option":
            yield [*line, option, TELLING[option]]
