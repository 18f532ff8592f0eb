"""The help of every command: a sentence, an example that parses, and no command named that is not there."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import carepass_cli
from carepass_cli.parsing import suggestions
from carepass_cli.topics import TOPICS
from tests.conftest import Carepass
from tests.docs.reference import README
from tests.docs.walk import Told, commands_of, every_command, nouns, root

COMMANDS = {told.words: told for told in every_command()}
GROUPS = {words.split()[0] for words in COMMANDS if " " in words}
SOURCE = Path(carepass_cli.__file__).parent
# `carepass`, options before the command, then one or two words and what follows them.
NAMED = re.compile(r"(?<!a )carepass (?:--(?:db|today|actor) \S+ )?([a-z]+)(?: ([a-z-]+))?([^\n;'\"`|#]*)")


@pytest.mark.parametrize("told", COMMANDS.values(), ids=COMMANDS)
def test_a_sentence_and_an_example(told: Told) -> None:
    first = told.command.help.splitlines()[0]
    assert first[0].isupper()
    assert first.endswith(".")
    assert len(first) <= 110
    usage = told.command.get_help(told.context).split("\n\n")[0]
    assert not re.search(r"[{}<>]", usage)
    assert "<int" not in told.command.get_help(told.context)
    example = told.command.epilog.removeprefix("Example: carepass ").split(" > ")[0]
    words = shlex.split(example)
    del words[: words.index(told.words.split()[-1]) + 1]
    assert told.words in example
    told.command.make_context(told.words, words, parent=told.context.parent)


@pytest.mark.parametrize("told", COMMANDS.values(), ids=COMMANDS)
def test_every_option_is_told(told: Told) -> None:
    for param in told.command.get_params(told.context):
        record = param.get_help_record(told.context)
        assert param.hidden or param.param_type_name == "argument" or record[1], param.name
        if param.default not in (None, False) and not callable(param.default):
            assert f"[default: {param.default}" in record[1]


def test_the_lists_of_commands_fit_a_terminal_of_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    groups = [(noun.command, noun.context) for noun in nouns() if hasattr(noun.command, "list_commands")]
    for command, context in (root(), *groups):
        listed = command.get_help(context).split("Commands:")[1]
        assert "..." not in listed


def test_the_first_line_of_a_topic_is_a_sentence() -> None:
    for name, text in TOPICS.items():
        assert text.splitlines()[0].endswith("."), name


def test_the_topics_fit_too() -> None:
    for text in TOPICS.values():
        assert max(map(len, text.splitlines())) <= 80


def test_every_command_that_is_named_is_there() -> None:
    seen = 0
    for place, text in _texts():
        for match in NAMED.finditer(text):
            noun, verb, rest = match.groups(default="")
            told = COMMANDS.get(f"{noun} {verb}") or COMMANDS.get(noun)
            if told is None:
                assert noun not in GROUPS or not verb, (place, match[0])
                continue
            seen += 1
            known = {opt for param in told.command.get_params(told.context) for opt in _spellings(param)}
            for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", f"{verb} {rest}"):
                assert option in known, (place, match[0])
    assert seen > 100


def _spellings(param: Any) -> list[str]:
    return [*param.opts, *param.secondary_opts]


def _texts() -> Iterator[tuple[str, str]]:
    """What the program says, and what is said of it."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.name, node.value
            elif isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else "X" for v in node.values]
                yield path.name, "".join(map(str, parts))
    top = README.parent
    for path in (README, *(SOURCE / "mail").rglob("*.txt"), *(top / "examples").glob("*.*")):
        if path.suffix in (".md", ".txt", ".sh", ".conf", ".service", ""):
            yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("role delete", "carepass role end"),
        ("account remove", "carepass account deactivate"),
        ("course new", "carepass course create"),
        ("requirement create", "carepass requirement add"),
        ("submission ls", "carepass submission list"),
        ("account status", "carepass account show or carepass account list"),
        ("record expired", "carepass report expiring"),
        ("report expired", "carepass report expiring"),
        ("staff", "carepass account"),
        ("acount", "carepass account"),
        ("submission aprove", "carepass submission approve"),
    ],
)
def test_another_word_finds_the_command(carepass: Carepass, typed: str, meant: str) -> None:
    assert carepass(*typed.split(), "-o", "json", code=2).error["hint"] == f"Did you mean: {meant}"


def test_no_suggestion_does_what_was_not_meant() -> None:
    """What erases, refuses or settles something is named for no other word than its own, misspelt."""
    words = {"remove", "rename", "approve", "purge", "expired", "archive", "clear", "revoke", "delete", "new"}
    kept_back = {"erase", "merge", "decline", "reject", "approve", "revoke", "waive", "undo", "clear"}
    for noun in nouns():
        known = [told.words.split()[-1] for told in commands_of(noun)]
        for word in words - set(known):
            near = {each.split()[-1] for each in suggestions(word, f"carepass {noun.words}", known)}
            assert not near & kept_back, (noun.words, word, near)
