"""A day only where something says so; else a window or the reason why there is none."""

from datetime import date

import page_copies as pages
import pytest

from verbale.errors import BadInput
from verbale.ingest.dating import day_of, url_clues
from verbale.ingest.read import read_text
from verbale.model.when import Period

BODY = ("The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic between the two countries.\n\n"
        "They agreed to meet again in Muscat within two months, a spokesman for the ministry said.\n")
TITLE = "Ferry talks in Bergen end with a deal"


def test_a_day_given_is_the_day():
    window = read_text(BODY, published="2024-03-05").window
    assert window.published == date(2024, 3, 5) and window.clues[0].kind == "given"


def test_words_that_are_no_day_are_refused():
    with pytest.raises(BadInput, match="is no day"):
        read_text(BODY, published="last Tuesday")


@pytest.mark.parametrize("url, day", [
    ("https://x.example/2024/03/05/ferry", date(2024, 3, 5)),
    ("https://x.example/news/2024-03-05-ferry", date(2024, 3, 5)),
    ("https://x.example/20240305/ferry.html", date(2024, 3, 5)),
])
def test_an_address_holds_the_day(url, day):
    assert read_text(BODY, url=url).window.published == day


@pytest.mark.parametrize("title, day", [
    ("Press Briefing by the Foreign Ministry of Oman, 5/26/2019", date(2019, 5, 26)),
    ("Remarks of the Minister in Bergen - June 3, 2019", date(2019, 6, 3)),
    ("Ferries that sank since the storm of 3 June 2019", None),
    ("Ministers of both states praise the statement on the ferry treaty of 3 June 2019", None),
])
def test_a_title_of_what_was_said_may_end_with_the_day(title, day):
    assert read_text(f"{title}\n\n{BODY}").window.published == day


def test_an_address_with_a_month_only_bounds():
    window = read_text(BODY, url="https://x.example/2024/03/ferry").window
    assert window.published is None and window.period == Period.month(2024, 3) and window.why_not


@pytest.mark.parametrize("url", ["https://x.example/ferry-20249999", "https://x.example/item/202403051234567", None])
def test_numbers_that_are_no_day_are_no_clue(url):
    assert url_clues(url) == []


@pytest.mark.parametrize(
    "line", ["5 March 2024", "Tuesday, March 5, 2024", "Published: 2024-03-05 10:14", "05.03.2024"]
)
def test_a_date_beside_the_title_is_the_day(line):
    window = read_text(f"{TITLE}\n\n{line}\n\n{BODY}").window
    assert window.published == date(2024, 3, 5)
    assert window.clues[0].kind == "visible date"


def test_a_date_that_can_be_read_both_ways_is_no_day():
    window = read_text(f"{TITLE}\n\n03/05/2024\n\n{BODY}").window
    assert window.published is None
    assert window.period == Period(date(2024, 3, 5), date(2024, 5, 4))


def test_a_day_of_change_bounds_from_above():
    window = read_text(f"{TITLE}\n\nUpdated: 5 March 2024\n\n{BODY}").window
    assert window.published is None and window.period == Period(None, date(2024, 3, 6))


def test_a_dateline_with_its_year_is_the_day_and_without_is_none():
    assert read_text(f"{TITLE}\n\nBERGEN, March 5, 2024 (Reuters) - {BODY}").window.published == date(2024, 3, 5)
    window = read_text(f"{TITLE}\n\nBERGEN, March 5 (Reuters) - {BODY}").window
    assert window.published is None and "no year" in (window.why_not or "")


def test_an_empty_label_is_the_reason_why_no_day_is_known():
    window = read_text(pages.COPIED).window
    assert window.published is None and window.why_not == "the label 'Date:' is empty"


def test_dates_in_teasers_and_in_the_article_never_date_it():
    text = pages.COPIED.replace("Museum in Lima Buys Rare Map", "Museum in Lima Buys Rare Map on 4 May 2021")
    text = text.replace("met in Bergen", "met on 6 June 2022 in Bergen")
    assert read_text(text).window.published is None


def test_words_at_a_clues_place_are_its_words():
    for text in (pages.COPIED, pages.TURKISH, f"{TITLE}\n\nBERGEN, March 5, 2024 - {BODY}"):
        report = read_text(text)
        assert report.window.clues
        for clue in report.window.clues:
            assert clue.span is None or clue.span.of(report.text) == clue.words


@pytest.mark.parametrize(
    "words, day",
    [
        ("2024-03-05T09:00:00Z", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00 GMT", date(2024, 3, 5)),
        ("5 марта 2024", date(2024, 3, 5)),
        ("5 Mart 2024", date(2024, 3, 5)),
        ("2024-13-05", None),
        ("soon", None),
        ("03/05/2024", None),
    ],
)
def test_days_of_machines(words, day):
    assert day_of(words) == day
