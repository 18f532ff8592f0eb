"""The same commands on SQLite and on PostgreSQL: the same answers, to the last row."""

from pathlib import Path
from typing import Any

from tests.conftest import Carepass, assign, course, person

# What differs from store to store and from run to run.
OWN = {"at", "hash", "store", "engine", "bytes", "token"}

PEOPLE = """portal_id,first_name,last_name,birthdate,email,language
2001,Åsa,Ångström,1980-02-29,asa@example.org,en
2002,Zoë,Émond,1975-01-01,zoe@example.org,fr
2003,Ana,de Souza,1999-12-31,ana.souza@example.org,en
"""
ROLES = """portal_id,home,role,last_name
2001,maple-grove,psw,Ångström
2002,maple-grove,psw,Émond
2003,birch-lane,psw,de Souza
"""
RECORDS = """email,code,completed_on,provider
asa@example.org,IPAC-101,2025-11-25,Elsewhere
zoe@example.org,IPAC-101,2024-05-01,
zoe@example.org,PCI-101,2026-10-31,
ana.souza@example.org,IPAC-101,2025-12-20,
"""

READS = """
account list
account list --search ang
account list --home maple-grove --status active
account show 2001
account show asa@example.org --with-birthdate
home list
home show birch-lane
role list
role list --account 1000
role assignments
role assignments --home maple-grove --status confirmed
role pending --older-than 1d
course list
course list --search ipac --expiry annual
course show IPAC-101
requirement list
requirement list --account 1000
requirement list --account 2002
requirement list --account 2001 --status overdue,expiring
explain 2002 IPAC-101
explain 1000 WHMIS-1
cart show 1000
cart history 1000
submission list
submission list --status submitted
submission show 1
registration list
registration list --late
registration list --account 1000 --status in-progress
record list 2002
report expiring
report expiring --within 90d --home maple-grove --role psw
report expiring --only-expired
report compliance --home maple-grove
report compliance --home maple-grove --year 2025 --basis calendar
report compliance --home maple-grove --names
report matrix --home maple-grove
report deadlines
report retakes
catalog list --search care
notify list
notify show 1
audit list
audit list --account 1000 --since 2026-11-01
store info
""".strip().splitlines()


def play(carepass: Carepass, files: Path) -> None:
    """One of each kind of write, at two homes over some weeks."""
    for name, text in {"people": PEOPLE, "roles": ROLES, "records": RECORDS}.items():
        (files / f"{name}.csv").write_text(text, encoding="utf-8")
    carepass("home", "create", "maple-grove", "--name", "Maple Grove", today="2025-01-02")
    course(carepass, "IPAC-101", "--validity-years", "1", "--price", "45.00")
    course(carepass, "PCI-101", "--validity-years", "1", "--language", "fr")
    course(carepass, "WHMIS-1")
    course(carepass, "LONG-1", minutes=800)
    carepass("course", "equate", "IPAC-101", "PCI-101")
    carepass("role", "create", "maple-grove", "psw", "--name", "PSW", "--group", "direct-care")
    carepass("requirement", "add", "IPAC-101", "WHMIS-1", "LONG-1", "--home", "maple-grove", "--role", "psw")
    carepass(
        "home", "create", "birch-lane", "--name", "Birch Lane", "--like", "maple-grove",
        "--approval", "manual", "--close", "2026-11-24",
    )  # fmt: skip
    person(carepass)
    assign(carepass, "1000")
    carepass("account", "import", str(files / "people.csv"))
    carepass("role", "import", str(files / "roles.csv"), "--confirm")
    carepass("record", "import", str(files / "records.csv"))
    carepass("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "psw")
    carepass("cart", "add", "1000", "IPAC-101", "WHMIS-1", "LONG-1")
    carepass("cart", "remove", "1000", "LONG-1")
    carepass("cart", "submit", "1000")
    carepass("cart", "add", "2003", "WHMIS-1")
    carepass("cart", "submit", "2003")
    carepass("submission", "reject", "2/WHMIS-1", "--reason", "not yet", today="2026-11-23")
    carepass("registration", "grant", "1/IPAC-101", today="2026-11-24")
    carepass("registration", "grant", "1/WHMIS-1", today="2026-11-24")
    carepass("registration", "complete", "1/IPAC-101", today="2026-11-26")
    later = ("--to", "2026-12-20", "--reason", "ill")
    carepass("registration", "extend", "1/WHMIS-1", *later, today="2026-11-26")
    carepass("requirement", "waive", "2001", "WHMIS-1", "--reason", "done abroad", today="2026-11-26")
    carepass("record", "void", "1", "--reason", "wrong day", today="2026-11-27")
    carepass("account", "edit", "2002", "--last-name", "Émond-Roy", today="2026-11-27")
    carepass("role", "end", "2003", "--home", "birch-lane", "--role", "psw", today="2026-11-27")
    carepass("account", "deactivate", "2003", "--reason", "moved", today="2026-11-27")
    carepass("notify", "run", "--eml", str(files), today="2026-11-27")


def own_left_out(answer: Any) -> Any:
    if isinstance(answer, list):
        return [own_left_out(each) for each in answer]
    if isinstance(answer, dict):
        return {key: own_left_out(value) for key, value in answer.items() if key not in OWN | {"body"}}
    return answer


def test_every_read_says_the_same(played: tuple[Carepass, Carepass]) -> None:
    on_file, on_server = played
    for line in READS:
        command = (*line.split(), "-o", "json")
        told = own_left_out(on_server(*command, today="2026-11-28").json)
        assert told == own_left_out(on_file(*command, today="2026-11-28").json), line


def test_the_chain_is_whole_on_both(played: tuple[Carepass, Carepass]) -> None:
    for carepass in played:
        carepass("audit", "verify")
        carepass("store", "check", "--full")
