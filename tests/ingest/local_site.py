"""A site on this machine that does all that a bad, a slow or a changed site does."""

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOMB = gzip.compress(b" " * (80 * 2**20), 1)


def page(title: str, place: str = "Bergen") -> bytes:
    return (f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>The foreign ministers of Norway and "
            f"Oman met in {place} to discuss ferry traffic between their countries on Tuesday.</p><p>They agreed to "
            "meet again in Muscat within two months, a spokesman said after the talks.</p></body></html>").encode()


PAGE = page("Ferry talks end with a deal")
PRIVATE = {
    "plain": "http://127.0.0.1:80/x",
    "name": "http://localhost/x",
    "hex": "http://0x7f000001/x",
    "number": "http://2130706433/x",
    "short": "http://127.1/x",
    "six": "http://[::1]/x",
    "mapped": "http://[::ffff:127.0.0.1]/x",
    "cloud": "http://169.254.169.254/latest/meta-data",
    "home": "http://192.168.1.1/x",
    "scheme": "file:///etc/hostname",
    "port": "http://93.184.216.34:8080/x",
}
"""Where a redirect may try to lead."""


class Site(BaseHTTPRequestHandler):
    """`server.asked` keeps every path that was asked for, `server.articles` what the feed lists now."""

    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.strip("/").replace(".", "_").replace("-", "_").split("?")[0]
        first, _, rest = name.partition("/")
        getattr(self, "get_" + first, self.get_missing)(*([rest] if rest else []))

    def answer(self, body=b"", status=200, kind="text/html", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def home(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def get_missing(self, *_):
        self.answer(status=404)

    def get_robots_txt(self):
        if self.server.robots_status != 200:
            self.answer(status=self.server.robots_status, Location="/robots-here.txt")
        else:
            self.answer(b"User-agent: *\nDisallow: /forbidden\n", kind="text/plain")

    def get_robots_here_txt(self):
        self.answer(b"User-agent: *\nDisallow: /\n", kind="text/plain")

    def get_page(self, *_):
        self.answer(PAGE)

    def get_article(self, number="1"):
        if self.server.broken:
            self.answer(status=500)
        else:
            self.answer(page(f"Round number {number} of the ferry talks ends", f"Harbour {number}"))

    def get_forbidden(self):
        self.answer(PAGE)

    def get_moved(self):
        self.answer(status=302, Location="/page")

    def get_to_forbidden(self):
        self.answer(status=301, Location="/forbidden")

    def get_circle(self):
        self.answer(status=302, Location="/circle")

    def get_inward(self, how="cloud"):
        self.answer(status=302, Location=PRIVATE[how])

    def get_picture(self):
        self.answer(b"x", kind="image/png")

    def get_bomb(self):
        self.answer(BOMB, Content_Encoding="gzip")

    def get_cyrillic(self):
        words = ("<html><body><h1>Паромы</h1>" + "<p>Министры обсудили паромное сообщение в Бергене и договорились "
                 "встретиться снова через два месяца.</p>" * 3 + "</body></html>")
        self.answer(words.encode("windows-1251"), kind="text/html; charset=windows-1251")

    def get_busy(self):
        self.answer(status=429, Retry_After="120")

    def get_endless(self):
        self.answer()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x" * 2**16)

    def get_slow(self):
        self.answer()
        with contextlib.suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)

    def get_silent(self):
        with contextlib.suppress(OSError):
            time.sleep(5)

    def get_dripping(self):
        """A head that comes a byte at a time and never ends."""
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)

    def get_reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def get_feed(self):
        tag = f'"{len(self.server.articles)}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(status=304)
            return
        items = "".join(f"<item><title>Ferry news {one}</title><link>{self.home}/article/{one}</link>"
                        "<pubDate>Tue, 05 Mar 2024 09:00:00 GMT</pubDate></item>" for one in self.server.articles)
        self.answer(f'<rss version="2.0"><channel><title>Fjord Gazette</title>{items}</channel></rss>'.encode(),
                    kind="application/rss+xml", ETag=tag)

    def get_feed_too(self):
        """The same articles by other addresses, and one text of the feed's own."""
        items = "".join(f"<item><title>Ferry {one}</title><link>{self.home}/article/{one}?utm_source=rss#top</link>"
                        "</item>" for one in self.server.articles)
        self.answer(f'<rss version="2.0"><channel><title>x</title>{items}<item><title>Two words only</title></item>'
                    "</channel></rss>".encode(), kind="text/xml")

    def get_sitemap_xml(self):
        maps = "".join(f"<sitemap><loc>{self.home}/{one}</loc></sitemap>" for one in ("map-new.xml.gz", "map-old.xml"))
        self.answer(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode(),
                    kind="application/xml")

    def get_map_new_xml_gz(self):
        urls = "".join(f"<url><loc>{self.home}/article/{one}</loc><lastmod>2024-03-0{one}</lastmod></url>"
                       for one in (4, 5, 6))
        news = (f"<url><loc>{self.home}/article/7</loc><news:news><news:publication_date>2024-03-07T08:00:00Z"
                "</news:publication_date><news:title>Seven</news:title></news:news></url>"
                "<url><loc>http://elsewhere.example/a</loc></url>")
        self.answer(gzip.compress((
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}{news}</urlset>').encode()),
            kind="application/gzip")

    def get_map_old_xml(self):
        self.answer(f"<urlset><url><loc>{self.home}/article/1</loc><lastmod>2019-01-01</lastmod></url></urlset>".encode(),
                    kind="text/xml")

    def get_map_laughs_xml(self):
        self.answer(b'<!DOCTYPE u [<!ENTITY a "ha">]><urlset><url><loc>&a;</loc></url></urlset>', kind="text/xml")

    def log_message(self, *words):
        pass


class LocalSite(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Site)
        self.renew()

    def renew(self):
        self.asked: list[str] = []
        self.articles = [1, 2]
        self.broken = False
        self.robots_status = 200

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def running() -> Iterator[LocalSite]:
    server = LocalSite()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
