# ruff: noqa: E501 - inputs have long lines
"""Every kind of input that users have gives reports, and says what it was taken for."""

import gzip
import io
import json
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import page_copies as pages
import pytest

from verbale.ingest.read import read
from verbale.model.report import Problem, Report

TITLE, PLAIN_TITLE = "Ferry talks end with a deal", "Norway and Oman agree on ferry rules"
TEXT = ("The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic.\n\n"
        "They agreed to meet again in Muscat within two months, a spokesman said.")
ROWS = [{"title": TITLE, "text": TEXT, "url": "https://x.example/1", "date": "2024-03-05", "source": "Fjord Gazette"},
        {"title": "Second round planned", "text": TEXT.replace("Bergen", "Oslo"), "date": "2024-04-06"}]


def both(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(path))


def titled(found):
    assert not [one for one in found if isinstance(one, Problem)], found
    return [(report.title, report.window.published) for report in found]


WANTED = [(TITLE, date(2024, 3, 5)), ("Second round planned", date(2024, 4, 6))]


def test_json_lines_give_a_report_a_line(tmp_path):
    found = both(tmp_path, "a.jsonl", "\n".join(map(json.dumps, ROWS)))
    assert titled(found) == WANTED
    assert [segment.kind for segment in found[0].segments] == ["title", "body"]
    assert found[0].source == "Fjord Gazette" and found[0].place.endswith("a.jsonl:1")


def test_a_bad_line_is_a_problem_and_the_rest_is_read(tmp_path):
    found = both(tmp_path, "a.jsonl", json.dumps(ROWS[0]) + '\n{"text": \n[1]\n{"title": "x"}\n{"text": ""}\n'
                 + json.dumps(ROWS[1]))
    assert [type(one).__name__ for one in found] == ["Report", "Problem", "Problem", "Problem", "Problem", "Report"]
    assert found[4].outcome == "skipped"


def test_json_lists_and_wrapped_lists_are_read(tmp_path):
    assert titled(both(tmp_path, "a.json", json.dumps(ROWS))) == WANTED
    assert titled(both(tmp_path, "b.json", json.dumps({"status": "ok", "articles": ROWS}))) == WANTED
    assert titled(both(tmp_path, "c.json", json.dumps(ROWS[0]))) == WANTED[:1]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_with_any_mark_is_read(tmp_path, mark):
    rows = "\n".join(mark.join('"' + row.get(name, "") + '"' for name in ("title", "text", "date"))
                     for row in ROWS)
    assert titled(both(tmp_path, "a.csv", f"title{mark}text{mark}date\n{rows}\n")) == WANTED


def test_a_column_can_be_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('kopf,wortlaut,tag\n"' + TITLE + '","' + TEXT + '",2024-03-05\n')
    found = list(read(path, columns={"text": "wortlaut", "title": "kopf", "published": "tag"}))
    assert titled(found) == WANTED[:1]
    refused = list(read(path))
    assert "wortlaut" in refused[0].reason
    assert "no column" in next(iter(read(path, columns={"text": "body"}))).reason


def test_parquet_is_read(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    duckdb.connect().execute(f"COPY (SELECT title, text, date FROM read_json('{tmp_path}/a.jsonl')) TO "
                             f"'{tmp_path}/a.parquet' (FORMAT parquet)")
    assert titled(list(read(tmp_path / "a.parquet"))) == WANTED


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Fjord Gazette</title>
<item><title>{TITLE}</title><link>https://x.example/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;The foreign ministers met in Bergen.&lt;/p&gt;&lt;p&gt;They will meet again.&lt;/p&gt;
</description></item>
<item><title>Second round planned</title><pubDate>Sat, 06 Apr 2024 10:00:00 GMT</pubDate></item></channel></rss>"""


def test_a_feed_gives_a_report_an_entry(tmp_path):
    pytest.importorskip("feedparser")
    found = both(tmp_path, "feed.xml", RSS)
    assert titled(found) == WANTED
    assert found[0].text == f"{TITLE}\n\nThe foreign ministers met in Bergen.\n\nThey will meet again."
    assert found[0].source == "Fjord Gazette" and found[0].taken_for == "feed"


def warc(*records):
    made = b""
    for number, (head, body) in enumerate(records):
        made += (f"WARC/1.0\r\nWARC-Type: {head}\r\nWARC-Target-URI: https://x.example/{number}\r\n"
                 f"WARC-Date: 2024-03-07T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
                 f"Content-Type: {'application/http; msgtype=response' if head == 'response' else 'text/plain'}\r\n"
                 f"Content-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"
    return made


def http(body, kind="text/html; charset=utf-8", status="200 OK", extra=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body


PARAGRAPHS = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
PAGE = f"<html><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>".encode()


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_gives_a_report_a_page(tmp_path, packed):
    pytest.importorskip("fastwarc")
    raw = warc(("response", http(PAGE)), ("response", http(b"x", "image/png")),
               ("response", http(PAGE, status="404 No")),
               ("response", http(gzip.compress(PAGE), extra="Content-Encoding: gzip\r\n")),
               ("conversion", pages.COPIED.encode()))
    found = both(tmp_path, "a.warc.gz" if packed else "a.warc", gzip.compress(raw) if packed else raw)
    assert [type(one).__name__ for one in found] == ["Report", "Problem", "Problem", "Report", "Report"]
    assert [one.outcome for one in found[1:3]] == ["skipped", "skipped"]
    assert found[0].url == "https://x.example/0" and found[0].window.period.until == date(2024, 3, 8)
    assert found[0].window.published is None
    assert found[4].title == "“A good start for both sides” – Dahl meets Omani minister"


def test_a_docx_is_read(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for part in TEXT.split("\n\n"):
        document.add_paragraph(part)
    document.save(tmp_path / "a.docx")
    report = next(iter(read(tmp_path / "a.docx")))
    assert report.title == TITLE and report.taken_for == "docx" and report.text.endswith("spokesman said.")


def test_an_rtf_is_read(tmp_path):
    pytest.importorskip("striprtf")
    raw = r"{\rtf1\ansi " + TITLE + r"\par\par " + TEXT.replace("\n\n", r"\par\par ") + r" K\'e1ri\par}"
    report = both(tmp_path, "a.rtf", raw)[0]
    assert report.title == TITLE and report.taken_for == "rtf" and "Kári" in report.text


def pdf(words):
    """A PDF of one page, written by hand: objects, a table of their places, a trailer."""
    lines = "".join(f"({line}) Tj 0 -14 Td " for line in words)
    content = f"BT /F1 12 Tf 50 700 Td {lines}ET".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
               b"/Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (made + b"xref\n0 6\n0000000000 65535 f \n" + table
            + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(made))


def test_a_pdf_is_read(tmp_path):
    pytest.importorskip("pypdf")
    report = both(tmp_path, "a.pdf", pdf(["The foreign ministers of Norway and Oman met in Bergen",
                                          "to discuss ferry traffic. They agreed to meet again."]))[0]
    assert report.taken_for == "pdf" and "ferry traffic" in report.text


def mail(subject=TITLE, **parts):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Press Office <press@mfa.example>", "a@b.example", subject
    made["Date"] = "Tue, 05 Mar 2024 10:00:00 +0100"
    made.set_content(parts.get("plain", TEXT))
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html")
    return made


def test_an_email_is_read_with_its_day_and_sender(tmp_path):
    report = both(tmp_path, "a.eml", mail().as_bytes())[0]
    assert (report.title, report.window.published, report.source) == (TITLE, date(2024, 3, 5), "Press Office")


def test_a_forwarded_email_is_not_dated_by_its_forwarding(tmp_path):
    report = both(tmp_path, "a.eml", mail("Fwd: " + TITLE).as_bytes())[0]
    assert report.title == TITLE and report.window.published is None
    assert report.window.period.until == date(2024, 3, 6)


def test_an_html_email_and_its_attachment_are_read(tmp_path):
    made = mail(plain="See the web version.", html=PAGE.decode())
    made.add_attachment(pages.PLAIN.encode(), maintype="text", subtype="plain", filename="release.txt")
    found = both(tmp_path, "a.eml", made.as_bytes())
    assert [one.title for one in found] == [TITLE, "Norway and Oman agree on ferry rules"]


def test_a_zip_gives_all_its_files(tmp_path):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("b/page.html", PAGE)
        archive.writestr("a.txt", pages.PLAIN)
        archive.writestr("rows.jsonl", "\n".join(map(json.dumps, ROWS)))
    found = both(tmp_path, "a.zip", box.getvalue())
    assert [one.title for one in found] == [PLAIN_TITLE, TITLE, TITLE, "Second round planned"]
    assert found[0].place.endswith("a.zip!a.txt")


def test_a_gzip_gives_its_file(tmp_path):
    found = both(tmp_path, "a.txt.gz", gzip.compress(pages.PLAIN.encode()))
    assert found[0].title == "Norway and Oman agree on ferry rules"


def test_a_folder_is_read_in_order_and_a_bad_file_stops_nothing(tmp_path):
    (tmp_path / "a.txt").write_text(pages.PLAIN)
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.html").write_bytes(PAGE)
    (tmp_path / ".hidden").write_text("x")
    found = list(read(tmp_path))
    assert [type(one).__name__ for one in found] == ["Report", "Problem", "Report"]


def test_a_kind_can_be_forced(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(PAGE)
    assert next(iter(read(path))).taken_for != "html"
    assert next(iter(read(path, kind="html"))).taken_for == "html"


def test_what_lies_beside_articles_is_skipped_in_a_folder_and_read_when_named(tmp_path):
    (tmp_path / "report.txt").write_text(pages.PLAIN)
    (tmp_path / "notes.toml").write_text("name = 'x'\n\n" + pages.PLAIN)
    outcomes = {Path(one.place).name: getattr(one, "outcome", "read") for one in read(tmp_path)}
    assert outcomes == {"report.txt": "read", "notes.toml": "skipped"}
    assert any(isinstance(one, Report) for one in read(tmp_path / "notes.toml"))


SAVED = (f"<!DOCTYPE html>\n<!-- saved from url=(0033)https://x.example/2024/03/05/ferry -->\n<html><head><title>{TITLE} | X"
         f"</title></head><body><h1>{TITLE}</h1>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
         + "<p>“It was a fair deal for both coasts,” she told reporters.</p></body></html>")


def test_a_page_saved_by_a_browser_keeps_its_address(tmp_path):
    (report,) = both(tmp_path, "Ferry talks _ X.html", SAVED)
    assert report.url == "https://x.example/2024/03/05/ferry" and report.source == "x.example"
    assert report.window.published == date(2024, 3, 5) and report.title == TITLE


def test_a_page_saved_as_one_file_is_no_letter(tmp_path):
    head = ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/2024/03/05/ferry\r\nSubject: a page\r\n"
            "Date: Sat, 9 Mar 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n")
    (report,) = both(tmp_path, "page.mhtml", head + SAVED)
    assert report.url == "https://x.example/2024/03/05/ferry" and report.title == TITLE
    assert report.window.published == date(2024, 3, 5) and report.taken_for == "html"


def test_the_head_of_a_forwarded_letter_is_no_article(tmp_path):
    words = ("---------- Forwarded message ---------\nFrom: Ministry <press@x.example>\nDate: Tue, 5 Mar 2024\nSubject: Ferry\n"
             f"To: <all@x.example>\n\nFor immediate release\n\nBERGEN, 5 March (Reuters) - {TEXT}\n")
    (report,) = both(tmp_path, "a.eml", mail(f"Fwd: {TITLE}", plain=words).as_bytes())
    assert report.origin == "Reuters" and report.window.published == date(2024, 3, 5)
    body = "\n".join(part.span.of(report.text) for part in report.segments_of("body"))
    assert body.startswith("The foreign ministers") and "@" not in body


def test_columns_are_known_whatever_their_spelling(tmp_path):
    rows = f'Date;Headline;Full Text;Outlet\n05.03.2024;"{TITLE}";"{TEXT}";Fjord Gazette\n'
    assert titled(both(tmp_path, "a.csv", rows)) == WANTED[:1]


def test_a_feed_entry_keeps_its_dateline_and_agency(tmp_path):
    feed = (f'<rss version="2.0"><channel><title>X</title><item><title>{TITLE}</title><description>OSLO, March 5 (Reuters) - '
            f"{TEXT}</description></item></channel></rss>")
    (report,) = both(tmp_path, "a.xml", feed)
    assert report.origin == "Reuters" and report.segments[1].kind == "dateline"


def test_a_site_map_is_skipped_with_what_to_do(tmp_path):
    (found,) = both(tmp_path, "sitemap.xml", "<urlset><url><loc>https://x.example/1</loc></url></urlset>")
    assert found.outcome == "skipped" and "verbale fetch --list" in found.reason


def test_a_heading_of_markdown_is_a_title_without_its_mark(tmp_path):
    (report,) = both(tmp_path, "a.md", f"# {TITLE}\n\n{TEXT}\n")
    assert report.title == TITLE and report.segments[0].span.of(report.text) == TITLE
