"""The way of a reader through the pages, in a real browser."""

import re

import pytest
from serving import EXAMPLES, served

from verbale.record.store import Record
from verbale.record.verify import verify

expect = pytest.importorskip("playwright.sync_api", reason="there is no Playwright").expect
ARTICLE = (EXAMPLES / "lahore-1999.txt").read_text(encoding="utf-8")


def test_paste_read_open_judge_undo_find_and_compare(browser, chain, watch, tmp_path):
    path = tmp_path / "new.db"
    with served(path, chain) as site:
        seen = watch(site)
        page = seen.go("/")
        expect(page.get_by_text("Nothing is in the record yet")).to_be_visible()
        page.get_by_label(re.compile("Paste a page")).fill(ARTICLE)
        page.get_by_role("button", name="Read it").click()

        expect(page.locator("h1")).to_contain_text("Lahore")
        assert page.locator("mark[data-of]").count() > 10
        note = page.locator(".note.contact").first
        id_ = note.get_attribute("id")
        note.hover()
        assert page.locator(f"mark.lit[data-of~='{id_}']").count() >= 1
        note.get_by_role("link", name=re.compile("^why")).click()

        expect(page.locator("h1")).to_have_text("Why this stands here")
        page.get_by_label("Your name").fill("A Reader")
        page.locator("h1").click()
        page.keyboard.press("a")
        expect(page.locator(".label").first).to_contain_text("accepted by A Reader")
        page.keyboard.press("u")
        expect(page.locator(".label").first).to_contain_text("the machine’s reading")

        page.get_by_role("searchbox").fill("Wagah")
        page.get_by_role("searchbox").press("Enter")
        expect(page.locator("ol.hits mark").first).to_have_text("Wagah")
        page.locator("ol.hits a").first.click()
        expect(page.locator("h1")).to_contain_text("Lahore")

        page = seen.go("/dyad/IND/PAK")
        expect(page.locator("h1")).to_have_text("India and Pakistan")
        expect(page.locator("figure svg").first).to_be_visible()
        assert page.locator("figure rect").count() >= 1
        page.get_by_text("The numbers", exact=True).click()
        expect(page.locator("table caption").first).to_contain_text("India towards Pakistan")
    with Record(path, make=False) as record:
        assert verify(record).holds and len(record.rows("SELECT * FROM judgement")) == 2


def test_a_queue_is_worked_off_with_single_keys(watch):
    seen = watch()
    page = seen.go("/review?kind=event")
    page.get_by_label("Your name").fill("A Reader")
    page.locator("h1").click()
    first = page.locator("form.judge input[name=finding]").get_attribute("value")
    page.keyboard.press("r")
    expect(page.locator("form.last")).to_contain_text("reject by A Reader")
    assert page.locator("form.judge input[name=finding]").get_attribute("value") != first
    page.keyboard.press("u")
    expect(page.locator("form.judge input[name=finding]")).to_have_value(first)
    page.keyboard.press("s")
    expect(page.locator("form.judge input[name=finding]")).not_to_have_value(first)
    page.keyboard.press("c")
    page.get_by_label("Status").select_option("planned")
    page.get_by_role("button", name="Correct it").click()
    expect(page.locator("form.last")).to_contain_text("correct by A Reader")
    page.locator("form.last a").click()
    expect(page.locator(".claim")).to_contain_text("planned")
    page.keyboard.press("u")
    expect(page.locator(".label").first).to_contain_text("the machine’s reading")


def test_all_goes_without_scripts(browser, chain, watch, tmp_path):
    with served(tmp_path / "new.db", chain) as site:
        page = watch(site, java_script_enabled=False).go("/")
        page.get_by_label(re.compile("or a file")).set_input_files(EXAMPLES / "santa-marta-2010.txt")
        page.get_by_role("button", name="Read it").click()
        page.locator(".note.contact").first.get_by_role("link", name=re.compile("^why")).click()
        page.get_by_label("Your name").fill("A Reader")
        page.get_by_role("button", name="Reject").click()
        expect(page.locator(".label").first).to_contain_text("set aside by A Reader")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".label").first).to_contain_text("the machine’s reading")


def test_findings_are_joined_and_parted(watch, site):
    page = watch().go("/happenings")
    page.locator("a[href^='/happening/']").first.click()
    if not page.get_by_role("button", name=re.compile("^Merge")).count():
        links = (
            watch().go("/happenings").locator("a[href^='/happening/']").evaluate_all("all => all.map(a => a.pathname)")
        )
        for link in links:
            page.goto(site + link)
            if page.get_by_role("button", name=re.compile("^Merge")).count():
                break
    page.locator("form.pairing input[name=by]").first.fill("A Reader")
    page.get_by_role("button", name=re.compile("^Merge")).first.click()
    expect(page.get_by_text(re.compile("^merge of"))).to_be_visible()
    members = page.locator("form.pairing button[value=split]")
    assert members.count() >= 2
    page.locator("h1").click()
    page.keyboard.press("u")
    expect(page.get_by_text(re.compile("^undo of"))).to_be_visible()


def test_a_file_dropped_on_the_first_page_is_read(browser, chain, watch, tmp_path):
    with served(tmp_path / "new.db", chain) as site:
        page = watch(site).go("/")
        page.evaluate(
            """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
            const how = { dataTransfer: carried, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", how));
        }""",
            ARTICLE,
        )
        expect(page.locator("h1")).to_contain_text("Lahore")
        page.locator("details.about summary").first.click()
        expect(page.locator("dl.about")).to_contain_text("dropped.txt")


def test_the_reader_by_keyboard_alone(watch, record_path):
    with Record(record_path, make=False) as record:
        one = record.rows("SELECT report FROM finding WHERE kind = 'contact' ORDER BY report")[0][0]
    page = watch().go(f"/a/{one}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("n")
    expect(page.locator(".note.lit")).to_have_count(1)
    first = page.locator(".note.lit").get_attribute("id")
    page.keyboard.press("n")
    assert page.locator(".note.lit").get_attribute("id") != first
    page.keyboard.press("p")
    assert page.locator(".note.lit").get_attribute("id") == first
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Why this stands here")


def test_a_deep_link_lights_the_words(watch, record_path):
    with Record(record_path, make=False) as record:
        row = record.rows("SELECT id, report FROM finding WHERE kind = 'contact' ORDER BY id")[0]
    page = watch().go(f"/a/{row['report']}#{row['id']}")
    expect(page.locator(f"mark.lit[data-of~='{row['id']}']").first).to_be_visible()
    expect(page.locator(f"[id='{row['id']}']")).to_be_in_viewport()
