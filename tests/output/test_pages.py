"""Pages to hand over, in a real browser: read by axe, measured on a telephone and on paper."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request, sync_playwright

from carepass_cli.output.clean import shown
from carepass_cli.output.pages.draw import page_html, page_pdf
from carepass_cli.output.pages.matrix import matrix_page
from carepass_cli.output.pages.page import MARKS
from tests.output.conftest import HOSTILE, PAGES, make_matrix, make_page, program

Open = Callable[..., Tab]
# Letter paper less the margins of 14 mm, in CSS pixels, rounded down.
PORTRAIT, LANDSCAPE = 710, 950
CUT = """() => [...document.querySelectorAll("th, td, li, p, h1, h2, caption, .value, .label, .status")]
    .filter(each => each.offsetParent && !each.closest(".frame, thead, .hidden"))
    .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display != "inline")
    .map(each => each.outerHTML.slice(0, 120))"""
PAST = """wide => [...document.body.querySelectorAll("*")]
    .filter(each => each.offsetParent && !each.closest(".frame") && getComputedStyle(each).clipPath == "none")
    .filter(each => each.getBoundingClientRect().right > wide + 0.5)
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def window(chromium: str) -> Iterator[Tab]:
    """One tab of one browser, which goes from page to page."""
    flags = (
        "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
        "disable-component-update disable-sync"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=[f"--{flag}" for flag in flags.split()])
        yield browser.new_page()
        browser.close()


@pytest.fixture
def open_page(window: Tab, tmp_path: Path) -> Iterator[Open]:
    """Open a page as a file, as a person would. Every request for anything else fails the test."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def open_it(which: str, language: str = "en", width: int = 1280, **media: str) -> Tab:
        file = tmp_path / "page.html"
        file.write_bytes(page_html(make_page(which, language)))
        window.set_viewport_size({"width": width, "height": 844})
        # "null": nothing is left of what the test before asked for.
        window.emulate_media(**{"media": "null", "color_scheme": "null", **media})
        window.goto(file.as_uri())
        return window

    window.on("request", note)
    yield open_it
    window.goto("about:blank")  # what the page still asks for is asked by now
    window.remove_listener("request", note)
    assert [url for url in asked if not url.endswith("/page.html")] == []


@pytest.mark.parametrize("which", PAGES)
def test_axe_finds_nothing_in_light_in_dark_and_on_a_telephone(open_page: Open, which: str) -> None:
    tab = open_page(which)
    for width, media in ((1280, {"color_scheme": "light"}), (390, {"color_scheme": "dark"})):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.emulate_media(**media)
        # Of what passes, the rules are enough: their thousands of cells need not be told.
        found = Axe().run(tab, options={"resultTypes": ["violations", "incomplete"]})
        assert found.violations_count == 0, found.generate_report()
        # Neither is anything left to a person's judgement, and the checks that matter did run.
        left = [
            node["html"]
            for each in found.response["incomplete"]
            for node in each["nodes"]
            # In the frame of the matrix some cells are under its edges.
            if "elmPartiallyObscured" not in str(node)
        ]
        assert left == []
        passes = {each["id"] for each in found.response["passes"]}
        assert {"color-contrast", "html-has-lang", "document-title"} <= passes
    assert tab.locator("th:not([scope])").count() == 0


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("which", PAGES)
def test_a_telephone_scrolls_down_only(open_page: Open, which: str, language: str) -> None:
    tab = open_page(which, language, width=390)
    assert tab.locator("html").get_attribute("lang") == language
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate(PAST, 390) == []
    assert tab.evaluate(CUT) == []


@pytest.mark.parametrize("which", PAGES)
def test_paper_cuts_nothing(open_page: Open, which: str) -> None:
    page = make_page(which)
    wide = LANDSCAPE if page.landscape else PORTRAIT
    tab = open_page(which, width=wide, media="print", color_scheme="dark")
    assert tab.evaluate(PAST, wide) == []
    assert tab.evaluate(CUT) == []
    heads = tab.locator("thead:visible").evaluate_all(
        "all => all.filter(each => !each.closest('.columns')).map(each => getComputedStyle(each).display)"
    )
    assert set(heads) <= {"table-header-group"}  # which browsers repeat on each sheet
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )


@pytest.mark.parametrize("which", ["chain", "wide", "hostile"])
def test_each_sheet_bears_whose_it_is_the_day_and_its_number(
    open_page: Open, which: str, tmp_path: Path
) -> None:
    program("pdftotext")
    page = make_page(which)
    printed, drawn = tmp_path / "printed.pdf", tmp_path / "drawn.pdf"
    open_page(which).pdf(path=printed, prefer_css_page_size=True)
    drawn.write_bytes(page_pdf(page))
    for file in (printed, drawn):
        ran = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
        sheets = ran.stdout.split("\f")[:-1]
        assert len(sheets) > 1 or which == "hostile"
        for number, sheet in enumerate(sheets, start=1):
            (foot,) = [
                line for line in sheet.splitlines() if re.search(rf"{number} ?/ ?{len(sheets)}\s*$", line)
            ]
            assert " ".join(f"{page.title} · {page.subject} · 2026-11-21".split()) in " ".join(foot.split())
        assert page.prepared_by in " ".join(ran.stdout.split())
        assert "Signature" in ran.stdout


def test_a_page_begins_with_its_figures(open_page: Open) -> None:
    tab = open_page("summary")
    assert tab.locator("main > section").first.locator("> *").first.get_attribute("class") == "figures"
    figures = tab.locator(".figures li").evaluate_all(
        "all => all.map(each => each.innerText.split('\\n').slice(0, 2))"
    )
    assert figures == [
        ["91.3%", "of what is required is valid"],
        ["23", "Overdue"],
        ["31", "Expired"],
        ["38", "Expiring in 30 days"],
        ["118", "Staff"],
        ["$8,910", "next 12 months, employer"],
    ]
    assert "+1.2 points since 2026-10-21" in tab.locator(".figures").inner_text()


def test_bars_are_as_long_as_their_figures_say(open_page: Open) -> None:
    tab = open_page("summary")
    measured = tab.locator("table.bars tbody tr").evaluate_all(
        "all => all.map(row => { const [track, fill] = row.querySelectorAll('rect');"
        " return [row.cells[2].innerText, fill.getBBox().width / track.getBBox().width] })"
    )
    shares = [(float(text[:-1]), share) for text, share in measured if text.endswith("%")]
    assert len(shares) == 5
    assert all(share == pytest.approx(percent / 100, abs=0.005) for percent, share in shares)
    heights = (
        tab.locator("table.columns")
        .first.locator("td")
        .evaluate_all(
            "all => all.map(cell => [Number(cell.innerText), cell.querySelector('rect').getBBox().height])"
        )
    )
    tallest = max(height for _, height in heights)
    assert all(height / tallest == pytest.approx(number / 33, abs=0.01) for number, height in heights)


def test_the_line_falls_by_what_ends(open_page: Open) -> None:
    cells = open_page("summary").locator("table.columns").nth(1).locator("tr").last.locator("td")
    # 273 of 304 are valid; 3 end in December, 6 more in January ...
    assert cells.all_inner_texts()[:4] == ["90", "90", "89", "87"]


def test_the_problems_of_a_person_come_first(open_page: Open) -> None:
    tab = open_page("person")
    first = tab.locator("table.sheet").first.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert [text.split(" ", 1)[1] for text in first] == [
        "overdue", "expired", "expiring", "not started", "valid", "waived",
    ]  # fmt: skip


def test_the_matrix_says_what_it_was_given(open_page: Open) -> None:
    tab = open_page("matrix")
    matrix = make_matrix(8, 12)
    rows = tab.locator("table.grid:visible tbody tr:not(.group):not(.shares)").evaluate_all(
        "all => all.map(row => [...row.cells].map(cell => cell.innerText.replace(/\\s+/g, ' ').trim()))"
    )
    found = {re.search(r"(\d{4}) · ", row[0])[1]: row[2:] for row in rows}
    said = {row[0]: [_marked(cell) for cell in row[4:]] for row in matrix.rows}
    assert found == said
    groups = tab.locator("table.grid:visible tr.group th").all_inner_texts()
    assert groups == [
        "Personal Support Worker (3)",
        "Personal Support Worker, Registered Nurse (2)",
        "Registered Nurse (3)",
    ]


def _marked(cell: str) -> str:
    return f"{MARKS[cell.split(' ')[0]]} {cell.replace('not-started', 'not started')}" if cell else ""


def test_names_and_codes_stay_in_sight_in_the_frame(open_page: Open) -> None:
    tab = open_page("wide", width=390)
    before = tab.locator("table.grid:visible tbody tr:nth-child(2) th.name").first.bounding_box()
    tab.locator(".frame").evaluate("frame => frame.scrollTo(400, 200)")
    after = tab.locator("table.grid:visible tbody tr:nth-child(2) th.name").first.bounding_box()
    assert before is not None
    assert after is not None
    assert before["x"] == after["x"]
    frame = tab.locator(".frame").bounding_box()
    head = tab.locator("table.grid:visible thead th").first.bounding_box()
    assert frame is not None
    assert head is not None
    assert head["y"] == frame["y"] + 1
    # Beside the name there is room for a status.
    assert after["width"] < 390 / 2


def test_a_script_in_a_name_is_only_text(open_page: Open) -> None:
    tab = open_page("hostile")
    assert tab.evaluate("document.scripts.length + document.images.length + document.links.length") == 0
    assert tab.locator("h1").is_visible()
    text = " ".join(tab.locator("main").inner_text().split())
    assert all(" ".join(shown(each).split()) in text for each in HOSTILE)


@pytest.mark.parametrize("which", PAGES)
def test_french_says_it_in_french(which: str) -> None:
    english, french = page_html(make_page(which)).decode(), page_html(make_page(which, "fr")).decode()
    words = r"Prepared by|as of|Percent|overdue|Last valid day|people with"
    assert re.search(words, english)
    body = re.sub(r"<style>.*?</style>|<[^>]*>", " ", french, flags=re.DOTALL)
    assert re.findall(words, body) == []
    assert "Préparé par" in french


def test_the_same_page_is_the_same_file() -> None:
    for which in PAGES:
        assert page_html(make_page(which)) == page_html(make_page(which))
    assert matrix_page(make_matrix(1, 1), "en", "A") == matrix_page(make_matrix(1, 1), "en", "A")
