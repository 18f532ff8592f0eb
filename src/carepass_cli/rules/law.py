"""A pack of topics held against what a role requires: what applying it would add, edit, end or leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from carepass_cli.rules.fields import expiry_text
from carepass_cli.rules.pack import Pack, Topic
from carepass_cli.rules.span import DUE_WITHIN

ADD, EDIT, REMOVE, SAME = "add", "edit", "remove", "same"


@dataclass(frozen=True)
class Asked:
    """A requirement of the role as it stands last: the version that holds after all that is known by now.

    It holds from `from_on` on; `until_on` is the first day on which it is no more required (None: no end is
    known); `pack` is the name of the pack that it came from; `validity_years` are the course's.
    """

    code: str
    title: str
    due: str
    citation: str | None
    validity_years: int | None
    from_on: date
    until_on: date | None = None
    pack: str | None = None


@dataclass(frozen=True)
class Step:
    """One line of the comparison. `effective_on` is the day from which the new wording holds; `before` and
    `after` say what differs (all of it, where something is added or ends); `moves_due` where that is the due
    time."""

    code: str
    title: str
    change: str
    before: str | None
    after: str | None
    topic: Topic | None
    effective_on: date
    moves_due: bool = False


def compare(pack: Pack, group: str | None, asked: Iterable[Asked], today: date) -> list[Step]:
    """What applying `pack` on `today` to a role of this staff group would do, topic by topic, then what ends.

    Payer, title and length are the home's own; so is the due time where the topic names none. What came
    from no pack, or from another one, never ends. What is added or edited holds from the topic's first day
    in force, or from today where the pack does not say; never before what it takes the place of.
    """
    known = {each.code: each for each in asked}
    topics = {topic.code: topic for topic in pack.topics if topic.is_for(group) and not topic.over(today)}
    steps = [_step(topic, known.get(topic.code), today) for topic in topics.values()]
    for each in known.values():
        ended = each.until_on is not None and each.until_on <= today
        if each.pack == pack.name and each.code not in topics and not ended:
            steps.append(Step(each.code, each.title, REMOVE, _words(_facts_of(each)), None, None, today))
    return steps


def _step(topic: Topic, now: Asked | None, today: date) -> Step:
    begins = topic.in_force_from or today
    if now is None or (now.until_on is not None and now.until_on <= begins):
        after = {**_facts(topic, None), "from": str(begins)}
        return Step(topic.code, topic.title, ADD, None, _words(after), topic, begins)
    before, after = _facts_of(now), _facts(topic, now)
    if before == after:
        words = _words(after)
        return Step(topic.code, topic.title, SAME, words, words, topic, begins)
    differ = [name for name in after if before[name] != after[name]]
    begins = max(begins, now.from_on)
    words = _words({**{name: after[name] for name in differ}, "from": str(begins)})
    was = _words({name: before[name] for name in differ})
    return Step(topic.code, topic.title, EDIT, was, words, topic, begins, "due" in differ)


def _facts(topic: Topic, now: Asked | None) -> dict[str, str]:
    """The topic's wording by name; the due time that it leaves open is as it is now."""
    return {
        "due": topic.due or (now.due if now else DUE_WITHIN),
        "expiry": expiry_text(topic.validity_years) or "once",
        "citation": topic.marked or "none",
        "until": str(topic.in_force_until) if topic.in_force_until else "further notice",
    }


def _facts_of(now: Asked) -> dict[str, str]:
    return {
        "due": now.due,
        "expiry": expiry_text(now.validity_years) or "once",
        "citation": now.citation or "none",
        "until": str(now.until_on - timedelta(days=1)) if now.until_on else "further notice",
    }


def _words(facts: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in facts.items())
