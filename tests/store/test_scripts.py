"""What a script that was written for version 0.1 relies on: exit codes, error codes, and the keys of JSON."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.conftest import TODAY, Carepass, Ran, run_program
from tests.store.released import HERE

# What version 0.1 answered to these lines, one after the other, on the sample homes: its exit code, the
# code of its error, the keys of what it printed, and whether that was a list.
SCRIPT = HERE / "released_0001.script.ndjson"
FILES = {
    "acc.csv": "first_name,last_name,birthdate,email\nAnn,Aube,1990-01-01,ann@example.org\n",
    "bad.csv": """first_name,last_name,birthdate,email
Bad,Aube,1990-13-01,bad@example.org
Good,Aube,1991-01-01,good@example.org
""",
    "roles.csv": "email,home,role,last_name\nann@example.org,sample-north,psw,Aube\n",
    "roles2.csv": """email,home,role,last_name,first_name,birthdate
new@example.org,sample-north,psw,New,Nina,1990-02-02
""",
    "recs.csv": "portal_id,code,completed_on\n1000,WHMIS-101,2026-11-20\n1001,IPAC-101,2026-10-01\n",
    "courses.csv": "code,title,provider,minutes,expiry\nNEW-1,New,Prov,30,1 year\n",
    "homes.csv": "code,name\nnew-home,New Home\n",
    "reqs.csv": "home,role,code\nsample-north,psw,NEW-1\n",
    "cat.csv": "id,institution,title,language\nx-1,Inst,Title,en\n",
}
# What the changelog names.
LOST = {"submission list": {"access_by"}}
OTHER_CODE = {"home edit oak --approval wrong": "invalid-value"}


def answer(ran: Ran) -> dict[str, Any]:
    """An answer as SCRIPT has it."""
    said: dict[str, Any] = {"exit": ran.code}
    if ran.code and ran.err.strip().startswith("{"):
        said["code"] = ran.error["code"]
    if ran.out:
        found = ran.json
        first = (found or [{}])[0] if isinstance(found, list) else found
        said |= {"many": isinstance(found, list), "keys": " ".join(first)}
    return said


def test_a_script_of_before_still_works(demo: tuple[Carepass, Ran], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        Path(name).write_text(content)
    shutil.copy(demo[0].db, "demo.db")
    different = []
    for text in SCRIPT.read_text(encoding="utf-8").splitlines():
        before = json.loads(text)
        line = before.pop("line")
        words = ["--db", "demo.db", "--today", TODAY, "--actor", "tester", *line.split(), "-o", "json"]
        now = answer(run_program(words))
        lost = LOST.get(" ".join(line.split()[:2]), set())
        before["code"] = OTHER_CODE.get(line, before.get("code"))
        was, keys = set(before.pop("keys", "").split()), set(now.pop("keys", "").split())
        if not was - lost <= keys or before != {"code": None, **now}:
            different.append((line, before, now, was - keys))
    assert not different
