# ruff: noqa: E501 - inputs have long lines
"""Exports of press archives are split into their articles. The exports are ours, in the archives' shape."""

from datetime import date

from verbale.ingest.read import read

BODY = ("The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic.\n\n"
        "They agreed to meet again in Muscat within two months, a spokesman said.")

NEXIS = f"""Ferry talks end with a deal

Fjord Gazette

March 5, 2024 Tuesday

Copyright 2024 Fjord Gazette All Rights Reserved

Section: WORLD; Pg. 4

Length: 210 words

Byline: Lena Brandt

Body

{BODY}

Load-Date: March 6, 2024

End of Document

Second round planned

Harbour Times

April 6, 2024 Saturday

Copyright 2024 Harbour Times

Length: 190 words

Body

{BODY.replace("Bergen", "Oslo")}

Load-Date: April 7, 2024

End of Document
"""

LEXIS = f"""
                               1 of 2 DOCUMENTS

                                 Fjord Gazette

                             March 5, 2024 Tuesday

Ferry talks end with a deal

BYLINE: Lena Brandt

SECTION: WORLD; Pg. 4

LENGTH: 210 words

{BODY}

LOAD-DATE: March 6, 2024

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                                 Harbour Times

                             April 6, 2024 Saturday

Second round planned

LENGTH: 190 words

{BODY}

LOAD-DATE: April 7, 2024
"""

FACTIVA = f"""World
Ferry talks end with a deal

By Lena Brandt
210 words
5 March 2024
10:14
Fjord Gazette
FJGAZ
English
(c) 2024 Fjord Gazette

{BODY}

Document FJGAZ00020240305ek3500001

Second round planned

190 words
6 April 2024
Harbour Times
HRBTI
English
Copyright 2024 Harbour Times

{BODY}

Document HRBTI00020240406ek4600002
"""

FACTIVA_CODES = """HD Ferry talks end with a deal
BY Lena Brandt
WC 210 words
PD 5 March 2024
SN Fjord Gazette
SC FJGAZ
LA English
CY (c) 2024 Fjord Gazette

LP
The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic.

TD
They agreed to meet again in Muscat within two months, a spokesman said.

AN Document FJGAZ00020240305ek3500001
"""


def reports(folder, words):
    path = folder / "export.txt"
    path.write_text(words)
    return list(read(path))


def heads(found):
    return [(report.title, report.source, report.window.published) for report in found]


BOTH = [("Ferry talks end with a deal", "Fjord Gazette", date(2024, 3, 5)),
        ("Second round planned", "Harbour Times", date(2024, 4, 6))]


def test_nexis_uni(tmp_path):
    found = reports(tmp_path, NEXIS)
    assert heads(found) == BOTH
    assert found[0].author == "Lena Brandt" and found[0].taken_for == "nexis export"
    assert found[0].segments[-1].span.of(found[0].text) == BODY


def test_lexis_of_old(tmp_path):
    found = reports(tmp_path, LEXIS)
    assert heads(found) == BOTH
    assert found[0].segments[-1].span.of(found[0].text) == BODY


def test_factiva_plain(tmp_path):
    found = reports(tmp_path, FACTIVA)
    assert [head[1:] for head in heads(found)] == [head[1:] for head in BOTH]
    assert found[0].title.endswith("Ferry talks end with a deal") and found[1].title == "Second round planned"
    assert found[0].segments[-1].span.of(found[0].text) == BODY


def test_factiva_with_codes(tmp_path):
    found = reports(tmp_path, FACTIVA_CODES)
    assert heads(found) == BOTH[:1]
    assert found[0].segments[-1].span.of(found[0].text) == BODY


def test_the_cover_of_an_export_is_no_title(tmp_path):
    cover = ("Page 1 of 9\n\nUser Name: somebody\nDate and Time: Monday, May 20, 2024 10:00:00 AM\nJob Number: 1234\n\n"
             "Documents (2)\n\n1. A first headline about ferries\n\nClient/Matter: -None-\nSearch Terms: ferry\n\n")
    article = ("{title}\nFjord Gazette\nMarch {day}, 2024 Tuesday\n\nCopyright 2024 Fjord Gazette\n\nLength: 40 words\n"
               "Byline: Kari Holm\nBody\n\nThe ministers of Norway and Oman met in Bergen to discuss ferry traffic.\n\n"
               "Load-Date: March 9, 2024\n\nEnd of Document\n")
    words = cover + article.format(title="A first headline about ferries", day=5) + article.format(title="A second", day=6)
    found = reports(tmp_path, words)
    assert [(one.title, one.window.published.day) for one in found] == [("A first headline about ferries", 5), ("A second", 6)]
    assert {one.source for one in found} == {"Fjord Gazette"}
