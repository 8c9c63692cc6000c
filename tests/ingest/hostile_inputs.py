"""Inputs made to break a reader, each with a name; and the good ones that must be read beside them."""

import base64
import gzip
import io
import json
import struct
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

SENTENCE = "The foreign ministers of Norway and Oman met in Bergen to discuss ferry traffic. "
BOMB_BYTES = 200 * 2**20


def zipped(*files: tuple[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files:
            archive.writestr(name, raw)
    return box.getvalue()


def nested(depth: int) -> bytes:
    raw = zipped(("a.txt", SENTENCE.encode()))
    for _ in range(depth):
        raw = zipped(("inner.zip", raw))
    return raw


def gzip_bomb(size: int = BOMB_BYTES) -> bytes:
    box = io.BytesIO()
    with gzip.GzipFile(fileobj=box, mode="wb") as file:
        for _ in range(size // 2**20):
            file.write(b" " * 2**20)
    return box.getvalue()


def zip_with_lying_size() -> bytes:
    """A ZIP that says its file is of ten bytes; it unpacks to far more."""
    raw = bytearray(zipped(("big.txt", b"a" * (80 * 2**20))))
    place = raw.rfind(b"PK\x01\x02")
    raw[place + 24:place + 28] = struct.pack("<I", 10)
    raw[22:26] = struct.pack("<I", 10)
    return bytes(raw)


def locked_zip() -> bytes:
    raw = bytearray(zipped(("a.txt", SENTENCE.encode())))
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    raw[6] |= 1
    return bytes(raw)


def warc_record(body: bytes, encoding: str = "", length: int | None = None) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{encoding}\r\n".encode()
    whole = head + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/1\r\n"
            f"WARC-Date: 2024-03-07T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {length if length is not None else len(whole)}\r\n\r\n").encode() + whole + b"\r\n\r\n"


def packed(encoding: str, size: int = BOMB_BYTES) -> bytes | None:
    """A bomb in an encoding; None where the library to make it is not installed."""
    if encoding == "gzip":
        return gzip_bomb(size)
    try:
        if encoding == "br":
            import brotli
            machine = brotli.Compressor(quality=5)
            return b"".join([*(machine.process(b" " * 2**20) for _ in range(size // 2**20)), machine.finish()])
        import zstandard
        machine = zstandard.ZstdCompressor().compressobj()
        return b"".join([*(machine.compress(b" " * 2**20) for _ in range(size // 2**20)), machine.flush()])
    except ImportError:
        return None


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
RSS = (
    '<?xml version="1.0"?>{}<rss version="2.0"><channel><title>x</title><item><title>{}</title></item></channel></rss>'
)


def mail_with(raw: bytes, name: str) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = "x", "a@b.example"
    made.set_content(SENTENCE)
    made.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def docx_with(xml: bytes) -> bytes:
    kinds = (b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
             b'wordprocessingml.document.main+xml"/></Types>')
    links = (b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             b'officeDocument" Target="word/document.xml"/></Relationships>')
    return zipped(("[Content_Types].xml", kinds), ("_rels/.rels", links), ("word/document.xml", xml))


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def must_fail() -> Iterator[tuple[str, bytes]]:
    """Inputs of which nothing can be read: each must be a Problem with its reason."""
    yield "empty.txt", b""
    yield "white.txt", b" \n\t \n" * 50
    yield "nuls.txt", b"\0" * 100_000
    yield "binary.txt", bytes(range(256)) * 4_000
    yield "noise.html", b"\x80\x81\xfe\xff" * 10_000
    yield "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(1_000)
    yield "program.exe", b"MZ\x90\0" + bytes(1_000)
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    yield "song.mp3", b"ID3\x03" + bytes(1_000)
    yield "line.txt", b"a" * (100 * 2**20)
    yield "long.txt", SENTENCE.encode() * 650_000
    yield "bomb.gz", gzip_bomb()
    yield "twice.txt.gz", gzip.compress(gzip_bomb())
    yield "torn.gz", gzip.compress(SENTENCE.encode() * 100)[:60]
    yield "bomb.zip", zipped(("big.txt", b" " * BOMB_BYTES))
    yield "lying.zip", zip_with_lying_size()
    yield "locked.zip", locked_zip()
    yield "torn.zip", zipped(("a.txt", SENTENCE.encode() * 50))[:80]
    yield "nested.zip", nested(6)
    yield "hidden.zip", zipped(("../../outside.txt", SENTENCE.encode()))
    yield "rooted.zip", zipped(("/etc/outside.txt", SENTENCE.encode()))
    yield "drive.zip", zipped(("C:\\outside.txt", SENTENCE.encode()))
    yield "back.zip", zipped(("a\\..\\..\\outside.txt", SENTENCE.encode()))
    yield "laughs.rss", RSS.format(LAUGHS, "&a9;").encode()
    yield "outside.rss", RSS.format('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;").encode()
    yield "laughs-map.xml", LAUGHS.encode() + b"<urlset><url><loc>&a9;</loc></url></urlset>"
    yield "hollow-map.xml", b"<urlset></urlset>"
    yield "hollow.rss", b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    yield "bad.json", b'{"text": "unclosed'
    yield "deep.json", b"[" * 100_000 + b"]" * 100_000
    yield "deep.jsonl", b'{"text":' * 50_000 + b"1" + b"}" * 50_000
    yield "number.json", b"12345"
    yield "long.jsonl", b'{"text": "' + b"a" * (20 * 2**20) + b'"}'
    yield "nothing.jsonl", json.dumps({"title": "x"}).encode()
    yield "no-text.csv", b"a,b\n1,2\n"
    yield "wide.csv", b",".join(b"c%d" % n for n in range(5_000)) + b"\n"
    yield "cell.csv", b'text\n"' + b"a" * (20 * 2**20) + b'"\n'
    yield "broken.parquet", b"PAR1" + bytes(100) + b"PAR1"
    yield "broken.pdf", b"%PDF-1.7\n" + bytes(500)
    yield (
        "loop.pdf",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer << /Root 1 0 R >>",
    )
    yield "broken.docx", b"PK\x03\x04" + bytes(300)
    yield "other.docx", zipped(("a.txt", SENTENCE.encode()))
    yield "bomb.docx", docx_with(WORD % (b" " * (260 * 2**20)))
    yield "empty.rtf", b"{\\rtf1 }"
    yield "empty.eml", b"From: a@b.example\r\nSubject: x\r\n\r\n"
    yield "broken.warc", b"WARC/1.0\r\n" + bytes(300)
    yield "hollow.warc", b"WARC/1.0\r\n\r\n"
    for encoding in ("gzip", "br", "zstd"):
        raw = packed(encoding)
        if raw is not None:
            yield f"{encoding}.warc", warc_record(raw, f"Content-Encoding: {encoding}\r\n")
    yield "unknown.warc", warc_record(b"xx", "Content-Encoding: lzma9\r\n")


def must_not_break() -> Iterator[tuple[str, bytes]]:
    """Inputs that may give a report or a Problem, and must do so soon."""
    yield "nested.html", b"<html><body>" + b"<div>" * 10_000 + SENTENCE.encode() + b"</div>" * 10_000
    yield "unclosed.html", b"<html><body>" + b"<b><i><p>" * 20_000 + SENTENCE.encode()
    yield (
        "attributes.html",
        b"<html><body><p " + b" ".join(b'a%d="x"' % n for n in range(20_000)) + b">" + SENTENCE.encode(),
    )
    yield "entities.html", b"<html><body><p>" + b"&amp;" * 200_000
    yield "comment.html", b"<html><!--" + b"-" * 2_000_000
    yield "laughs.html", LAUGHS.encode() + b"<html><body><p>&a9;</p></body></html>"
    yield "json-ld.html", (b'<html><script type="application/ld+json">' + b'{"a":' * 50_000 + b"</script><body><p>"
                           + SENTENCE.encode() * 4 + b"</p></body></html>")
    body = json.dumps({"@type": "NewsArticle", "articleBody": SENTENCE * 40_000})
    yield "told.html", f'<html><script type="application/ld+json">{body}</script><body><p>{SENTENCE * 4}</p>'.encode()
    yield "cells.html", b"<html><body><table>" + b"<tr><td>a<td>" * 15_000 + SENTENCE.encode() * 9
    yield "saved.mhtml", b"From: <Saved by Blink>\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 9_000
    yield "heads.txt", b"From: a\nTo: b\n" * 20_000
    yield (
        "data.html",
        b'<html><body><img src="data:image/png;base64,' + base64.b64encode(bytes(3_000_000)) + b'"></body></html>',
    )
    yield "lines.txt", b"a\n" * 300_000
    yield "spaces.txt", SENTENCE.encode() + b" " * 3_000_000 + SENTENCE.encode()
    yield "dots.txt", b"." * 3_000_000
    yield "quotes.txt", "“".encode() * 500_000
    yield "word.txt", "ж".encode() * 1_500_000 + b"a"
    yield "marks.txt", ("a" + "\u0301" * 500_000).encode()
    yield "digits.txt", b"1" * 3_000_000
    yield "half.txt", SENTENCE.encode() * 3 + b"\xff\xfe\x80" + SENTENCE.encode()
    yield "surrogates.txt", SENTENCE.encode() + b"\xed\xa0\x80" + SENTENCE.encode()
    yield "utf16.txt", SENTENCE.encode("utf-16")[:-1]
    yield "right-to-left.txt", ("\u202e" + SENTENCE).encode()
    yield "mime.eml", b"From: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 5_000
    yield "nested.eml", mail_with(mail_with(mail_with(b"x", "a.eml"), "b.eml"), "c.eml")
    yield "bomb.eml", mail_with(zipped(("big.txt", b" " * BOMB_BYTES)), "a.zip")
    yield "columns.csv", b'text\n"' + b"unclosed " * 1_000
    yield "nul.csv", b"text\n" + b"a\0b\n" * 10
    yield "laughs.docx", docx_with(LAUGHS.encode() + WORD % b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")
    yield "torn.warc", warc_record(b"<html><p>" + SENTENCE.encode() * 3, length=10**9)
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 50_000 + b"x" + b"}" * 50_000
