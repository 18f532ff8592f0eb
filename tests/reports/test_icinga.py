"""`examples/icinga.conf`: read as Icinga reads it, and the command line that it describes is run."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Carepass

EXAMPLE = Path(__file__).parents[2] / "examples" / "icinga.conf"
TOKEN = re.compile(
    r'\s*(?:/\*.*?\*/|//[^\n]*|("(?:[^"\\]|\\.)*")|([A-Za-z_][\w.]*|\d+[hms]?)|([{}\[\],=\n]))', re.S
)
Values = dict[str, object]


def tokens(text: str) -> list[str]:
    """The words of a configuration; fails where a text is none."""
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match, text[at : at + 40]
        found += [word for word in match.groups() if word]
        at = match.end()
    return found


def parse(text: str) -> dict[tuple[str, str], Values]:
    """The objects of a configuration by type and name."""
    words, objects = tokens(text), {}
    while words:
        assert words.pop(0) == "object"
        kind, name = words.pop(0), words.pop(0).strip('"')
        objects[kind, name] = dictionary(words)
    return objects


def dictionary(words: list[str]) -> Values:
    assert words.pop(0) == "{"
    found: Values = {}
    while words[0] != "}":
        name = words.pop(0).strip('"')
        if name == "import":
            words.pop(0)
            continue
        assert words.pop(0) == "=", name
        found[name] = value(words)
    words.pop(0)
    return found


def value(words: list[str]) -> object:
    if words[0] == "{":
        return dictionary(words)
    if words[0] != "[":
        return words.pop(0).strip('"')
    words.pop(0)
    listed = []
    while words[0] != "]":
        listed.append(words.pop(0).strip('"'))
        if words[0] == ",":
            words.pop(0)
    words.pop(0)
    return listed


def command_line(variables: dict[str, str]) -> list[str]:
    """What Icinga runs: the command, then each argument whose variable is set."""
    command = parse(EXAMPLE.read_text())["CheckCommand", "carepass"]
    known = {name.removeprefix("vars."): text for name, text in command.items() if name.startswith("vars.")}
    known |= variables
    words, arguments = command["command"], command["arguments"]
    assert isinstance(words, list)
    assert isinstance(arguments, dict)
    line = list(words)
    for name, argument in arguments.items():
        if argument["value"].strip("$") in known:
            line += [name, argument["value"]]
    return [re.sub(r"\$(\w+)\$", lambda match: str(known[match[1]]), word) for word in line]


def service() -> dict[str, str]:
    """The variables of the service."""
    found = parse(EXAMPLE.read_text())["Service", "training-maple-grove"]
    assert found["check_command"] == "carepass"
    return {name.removeprefix("vars."): str(text) for name, text in found.items() if name.startswith("vars.")}


@pytest.mark.on_file
def test_the_line_that_it_describes(home: Carepass) -> None:
    line = command_line(service() | {"carepass_db": home.db})
    assert Path(line[0]).name == "carepass"
    assert line[1:] == ["--db", home.db, "check", "--home", "maple-grove", "--warn", "30d", "--crit", "0d"]
    assert home(*line[3:]).out.startswith("CAREPASS OK - ")


@pytest.mark.on_file
def test_without_a_home_it_looks_at_all(home: Carepass) -> None:
    line = command_line({"carepass_db": home.db})
    assert "--home" not in line
    assert home(*line[3:]).out.startswith("CAREPASS OK - ")


@pytest.mark.on_file
def test_a_store_that_is_not_there_is_unknown(tmp_path: Path, carepass: Carepass) -> None:
    carepass.db = str(tmp_path / "none.db")
    line = command_line(service())
    assert carepass(*line[3:], code=3).out.startswith("CAREPASS UNKNOWN - There is no store at ")


def test_icinga_takes_it(tmp_path: Path) -> None:
    icinga = shutil.which("icinga2")
    if icinga is None:
        pytest.skip("not tried, because this machine has no icinga2")
    import subprocess

    around = tmp_path / "icinga2.conf"
    around.write_text(
        'include <itl>\nconst NodeName = "here"\n'
        'template Service "generic-service" {}\n'
        'object Host NodeName { check_command = "dummy" }\n'
        f'include "{EXAMPLE}"\n'
    )
    ran = subprocess.run(
        [icinga, "daemon", "-C", "-c", str(around)], capture_output=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stdout
