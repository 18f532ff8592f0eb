"""What the sources say of Ontario's micro-credentials and Canadore's categories, in our own words."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("about.toml")


class Fact(NamedTuple):
    """One statement on a topic, and the source it is from."""

    topic: str
    statement: str
    source: str


def program_facts() -> Iterator[Fact]:
    """The facts, by source and topic, as `about.toml` has them."""
    for source in tomllib.loads(FILE.read_text(encoding="utf-8"))["source"]:
        for fact in source["fact"]:
            yield Fact(fact["topic"], fact["statement"], source["name"])
