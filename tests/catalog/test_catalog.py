"""The catalogue: what is shipped, found without a store; own lists; entries made into courses."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LIST_KEYS = [
    "id", "institution", "title", "language", "funding", "year",
    "sector", "osap_approved", "method", "minutes", "category",
]  # fmt: skip


@pytest.fixture
def nowhere(carepass: Any, tmp_path: Path) -> Any:
    """The program where no store is."""
    carepass.db = str(tmp_path / "none" / "carepass.db")
    return carepass


def own(tmp_path: Path, *rows: str, header: str = "institution,title,language,minutes,price") -> str:
    path = tmp_path / "own.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_it_holds_88_projects_of_36_institutions_none_split(nowhere: Any) -> None:
    rows = nowhere.rows("catalog", "list")
    assert list(rows[0]) == LIST_KEYS
    assert len(rows) == len({(r["institution"], r["title"]) for r in rows}) == 88
    assert len({r["institution"] for r in rows}) == 36
    assert len({r["id"] for r in rows}) == 88
    assert max(len(r["title"]) for r in rows) == 150
    assert "Oshki-Pimache-O-Win: The Wenjack Education Institute" in {r["institution"] for r in rows}


def test_french_titles_are_whole(nowhere: Any) -> None:
    titles = {r["title"] for r in nowhere.rows("catalog", "list") if r["language"] == "fr"}
    assert titles == {
        "Sensibilisation aux besoins particuliers dans le domaine de l’éducation de la petite enfance",
        "Approche intégrée et culturellement adaptée en santé mentale / "
        "Intervention en santé mentale en milieu scolaire",
        "Initiation à la gestion de petites entreprises pour les personnes professionnelles de la santé",
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("boreal", 2),
        ("BORÉAL", 2),
        ("boréal petite enfance", 1),
        ("l'education", 1),
        ("universite de hearst", 1),
        ("sante mentale", 1),
        ("broadband - beyond", 1),
        ("wound care", 1),
        ("no such thing", 0),
        ("%", 0),
    ],
)
def test_search_folds_accents_case_and_printers_marks(nowhere: Any, search: str, found: int) -> None:
    assert len(nowhere.rows("catalog", "list", "--search", search)) == found


def test_filters_narrow_together(nowhere: Any) -> None:
    assert len(nowhere.rows("catalog", "list", "--institution", "lakehead", "--search", "health")) == 2
    assert len(nowhere.rows("catalog", "list", "--funding", "round 2")) == 88
    assert nowhere.rows("catalog", "list", "--funding", "round 1") == []
    assert nowhere.rows("catalog", "list", "--category", "badge") == []
    assert "Nothing like that" in nowhere("catalog", "list", "--search", "zzz").err


@pytest.mark.on_file
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--osap",), {"Wounds"}),
        (("--sector", "HEALTH"), {"Wounds", "Falls"}),
        (("--method", "online"), {"Falls"}),
        (("--language", "fr"), {"Wounds"}),
        (("--category", "badge"), {"Wounds", "Welding"}),
        (("--sector", "health", "--method", "blended", "--language", "fr", "--osap"), {"Wounds"}),
        (("--osap", "--method", "online"), set()),
    ],
)
def test_filters_take_only_what_an_entry_says(
    carepass: Any, tmp_path: Path, asked: tuple[str, ...], found: set[str]
) -> None:
    path = own(
        tmp_path,
        "X,Wounds,fr,600,blended,yes,Health care",
        "X,Falls,en,6000,online,no,mental health",
        "X,Welding,en,60,,,",
        header="institution,title,language,minutes,method,osap_approved,sector",
    )
    carepass("catalog", "import", path)
    rows = carepass.rows("catalog", "list", "--institution", "x", *asked)
    assert {row["title"] for row in rows if row["institution"] == "X"} == found
    (row,) = carepass.rows("catalog", "list", "--search", "wounds")
    assert (row["osap_approved"], row["method"], row["minutes"]) == (True, "blended", 600)


def test_about_tells_what_the_sources_say(nowhere: Any) -> None:
    rows = nowhere.rows("catalog", "about")
    assert all(list(row) == ["topic", "statement", "source"] and all(row.values()) for row in rows)
    told = "\n".join(f"{row['topic']}: {row['statement']}" for row in rows)
    for fact in (
        "$15 million", "over 65 projects", "Indigenous Institutes and career colleges", "6,000 learners",
        "$5 million", "36 postsecondary", "88 projects", "health care", "advanced manufacturing",
        "electric vehicles", "critical minerals", "mental health", "housing", "Over $60 million",
        "virtual passport", "36 pilots", "2019", "psepolicy@ontario.ca", "OSAP", "on-the-job",
        "up to 15 hours", "up to 100 hours", "credit or non-credit", "lifelong learning",
        "Professional Practice in Caregiving", "$15,000",
    ):  # fmt: skip
        assert fact in told
    assert {"ontario.ca", "canadorecollege.ca"} == {
        row["source"].split(",")[1].split(":")[0].strip() for row in rows
    }
    assert not Path(nowhere.db).parent.exists()


def test_reading_the_catalogue_makes_no_store(nowhere: Any) -> None:
    nowhere("catalog", "list")
    nowhere("catalog", "institutions")
    assert not Path(nowhere.db).parent.exists()


@pytest.mark.on_file
def test_reading_the_catalogue_imports_little(nowhere: Any) -> None:
    script = (
        "import sys\nfrom carepass_cli.main import app\n"
        f"line = ['--db', {nowhere.db!r}, 'catalog', 'list', '--search', 'embedded']\n"
        "try:\n    app(line, prog_name='carepass')\n"
        "except SystemExit as left:\n    assert not left.code\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'rich', 'openbadgeslib'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.on_file
def test_a_file_that_is_no_store_is_not_passed_over(carepass: Any, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"x" * 4096)
    carepass.db = str(tmp_path / "other.db")
    carepass("catalog", "list", code=6)


def test_institutions_stand_in_folded_order_with_their_counts(nowhere: Any) -> None:
    rows = nowhere.rows("catalog", "institutions")
    names = [r["institution"] for r in rows]
    assert len(names) == 36
    assert sum(r["entries"] for r in rows) == 88
    assert names.index("Université de Hearst") < names.index("University of Guelph")
    assert {"institution": "Sault College", "entries": 5} in rows


def test_show_tells_source_year_and_how_to_enrol(nowhere: Any) -> None:
    (found,) = nowhere.rows("catalog", "list", "--search", "infectious disease")
    shown = nowhere("catalog", "show", found["id"].upper(), "-o", "json").json
    assert {key: shown[key] for key in found} == found
    assert shown["enrol"].startswith("Sign up with George Brown College itself")
    assert "OSAP for Micro-credentials" in shown["enrol"]
    assert (shown["minutes"], shown["price"], shown["osap_approved"]) == (None, None, None)
    assert "ontario.ca" in shown["source"]


def test_an_unknown_id_names_the_nearest(nowhere: Any) -> None:
    error = nowhere("catalog", "show", "cf2-15", "-o", "json", code=3).error
    assert "cf2-015" in error["hint"]


def test_funding_is_what_the_source_gives(nowhere: Any) -> None:
    one, two, strategy = nowhere.rows("catalog", "funding")
    assert (one["round"], one["dollars"], one["projects"]) == ("Round 1", 15_000_000, 65)
    assert (one["micro_credentials"], one["learners"], one["institutions"]) == (300, 6000, None)
    assert "over 65 projects" in one["as_given"]
    assert "April 2021" in one["as_given"]
    assert (two["round"], two["dollars"], two["institutions"], two["projects"]) == (
        "Round 2",
        5_000_000,
        36,
        88,
    )
    assert (strategy["amount"], strategy["year"]) == ("over $60 million", "since 2020")
    assert all("ontario.ca" in each["source"] for each in (one, two, strategy))


def test_adopting_makes_a_course_and_again_changes_nothing(carepass: Any) -> None:
    adopt = ("catalog", "adopt", "cf2-016", "--code", "BEV-1", "--minutes", "600", "-o", "json")
    made = carepass(*adopt).json
    assert made["result"] == "created"
    shown = carepass("course", "show", "BEV-1", "-o", "json").json
    assert shown["provider"] == "Collège Boréal"
    assert shown["title"] == "Battery Electric Vehicle Automotive"
    assert (shown["minutes"], shown["language"], shown["category"]) == (600, "en", "badge")
    assert carepass(*adopt).json["result"] == "unchanged"
    clash = carepass("catalog", "adopt", "cf2-017", "--code", "BEV-1", "--minutes", "600", code=4, today=None)
    assert "BEV-1" in clash.err


def test_adopting_needs_a_length(carepass: Any) -> None:
    ran = carepass("catalog", "adopt", "cf2-016", "--code", "BEV-1", code=2)
    assert "--minutes" in ran.err
    carepass("catalog", "adopt", "cf2-999", "--code", "BEV-1", "--minutes", "5", code=3)


def test_an_own_list_is_imported_found_and_adopted(carepass: Any, tmp_path: Path) -> None:
    header = "institution,title,language,minutes,method,price,osap_approved,sector,link"
    path = own(
        tmp_path,
        "Collège Étoile,Soins de la peau,fr,6000,instructor-led,450.00,yes,health care,https://example.org/a",
        "Sample College,Hand hygiene,en,30,self-paced,0,no,,",
        header=header,
    )
    summary = carepass("catalog", "import", path, "-o", "json").json
    assert {k: summary[k] for k in ("created", "updated", "unchanged", "failed")} == {
        "created": 2, "updated": 0, "unchanged": 0, "failed": 0,
    }  # fmt: skip
    assert summary["change"] is not None
    (row,) = carepass.rows("catalog", "list", "--search", "etoile")
    assert (row["id"], row["category"]) == ("own-1", "certificate-of-training")
    assert len(carepass.rows("catalog", "list", "--category", "badge")) == 1
    assert len(carepass.rows("catalog", "list")) == 90
    assert len(carepass.rows("catalog", "institutions")) == 38
    shown = carepass("catalog", "show", "own-1", "-o", "json").json
    assert (shown["price"], shown["osap_approved"], shown["link"]) == (
        "450.00", True, "https://example.org/a",
    )  # fmt: skip
    assert "It is OSAP-approved" in shown["enrol"]
    assert "not OSAP-approved" in carepass("catalog", "show", "own-2", "-o", "json").json["enrol"]
    course = carepass("catalog", "adopt", "own-1", "--code", "PEAU-1", "-o", "json").json
    assert (course["minutes"], course["price"], course["category"]) == (
        6000, "450.00", "certificate-of-training",
    )  # fmt: skip


def test_importing_again_changes_nothing_and_a_new_price_is_an_update(carepass: Any, tmp_path: Path) -> None:
    path = own(tmp_path, "Sample College,Hand hygiene,en,30,10.00")
    carepass("catalog", "import", path)
    again = carepass("catalog", "import", path, "-o", "json").json
    assert (again["unchanged"], again["change"]) == (1, None)
    own(tmp_path, "SAMPLE COLLEGE,Hand hygiene,en,30,12.50")
    assert carepass("catalog", "import", path, "-o", "json", today="2026-11-25").json["updated"] == 1
    log = carepass.rows("audit", "list", "--subject", "catalog", today="2026-11-25")
    assert [(row["action"], row["key"]) for row in log] == [("create", "own-1"), ("edit", "own-1")]
    assert carepass("catalog", "show", "own-1", "-o", "json", today="2026-11-24").json["price"] == "10.00"
    assert carepass("catalog", "show", "own-1", "-o", "json", today="2026-11-25").json["price"] == "12.50"


def test_a_list_is_not_seen_before_its_day(carepass: Any, tmp_path: Path) -> None:
    carepass("catalog", "import", own(tmp_path, "Sample College,Hand hygiene,en,30,"))
    assert len(carepass.rows("catalog", "list", today="2026-11-20")) == 88
    refused = carepass(
        "catalog", "import", str(tmp_path / "own.csv"), "-o", "json", code=4, today="2026-11-20"
    )
    assert refused.error["code"] == "exists-later"


def test_one_bad_row_writes_nothing_and_names_its_line(carepass: Any, tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "Sample College,Hand hygiene,en,30,10.00",
        "Sample College,Fire,de,30,",
        "Sample College,,en,30,",
        "Sample College,hand hygiène,en,45,",
        "Sample College,Falls,en,no,",
    )
    rejects = tmp_path / "rejects.csv"
    ran = carepass("catalog", "import", path, "--rejects", str(rejects), "-o", "json", code=5)
    assert [e["line"] for e in ran.json["errors"]] == [3, 4, 5, 6]
    assert ran.json["errors"][2]["error"] == "duplicate-row"
    assert (ran.json["created"], ran.json["failed"], ran.json["change"]) == (1, 4, None)
    assert "own-1" not in {r["id"] for r in carepass.rows("catalog", "list")}
    with rejects.open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == ["Fire", "", "hand hygiène", "Falls"]


def test_keep_going_writes_the_good_rows(carepass: Any, tmp_path: Path) -> None:
    path = own(tmp_path, "Sample College,Hand hygiene,en,30,", "Sample College,Fire,de,30,")
    ran = carepass("catalog", "import", path, "--keep-going", "-o", "json", code=5)
    assert (ran.json["created"], ran.json["failed"]) == (1, 1)
    assert json.loads(ran.err.splitlines()[-1])["error"]["code"] == "bad-rows"
    assert len(carepass.rows("catalog", "list")) == 89


def test_a_dry_run_counts_and_writes_nothing(carepass: Any, tmp_path: Path) -> None:
    path = own(tmp_path, "Sample College,Hand hygiene,en,30,")
    summary = carepass("catalog", "import", path, "--dry-run", "-o", "json").json
    assert (summary["created"], summary["dry_run"], summary["change"]) == (1, True, None)
    assert len(carepass.rows("catalog", "list")) == 88


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example.org", "https://", "https://a b.example"])
def test_a_link_is_a_web_address(carepass: Any, tmp_path: Path, link: str) -> None:
    path = own(tmp_path, f"Sample College,Hand hygiene,{link}", header="institution,title,link")
    ran = carepass("catalog", "import", path, "-o", "json", code=5)
    assert ran.json["errors"][0]["error"] == "invalid-value"


def test_an_unknown_column_names_the_nearest(carepass: Any, tmp_path: Path) -> None:
    path = own(tmp_path, "Sample College,Hand hygiene,yes", header="institution,title,osap_aproved")
    assert "osap_approved" in carepass("catalog", "import", path, code=2).err


def test_an_import_can_be_undone(carepass: Any, tmp_path: Path) -> None:
    path = own(tmp_path, "Sample College,Hand hygiene,en,30,")
    change = carepass("catalog", "import", path, "-o", "json").json["change"]
    carepass("audit", "undo", str(change), "--yes")
    assert len(carepass.rows("catalog", "list")) == 88
    assert carepass("catalog", "import", path, "-o", "json").json["created"] == 1
