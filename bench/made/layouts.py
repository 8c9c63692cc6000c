"""Twelve layouts of news pages in HTML, each a function of a story: made-up papers with the troubles of real ones."""

import html
import json
import random
from collections.abc import Callable

import msgspec

from bench.made.articles import LANGUAGES, Story, story
from bench.made.furniture import HOSTS, WORDS, day_in_words, site_of


class MadePage(msgspec.Struct, frozen=True):
    """A page in HTML, and what it should give."""

    name: str
    html: str
    url: str
    story: Story


class _Page:
    """What a layout is given: the story, other stories for teasers, words of the site."""

    def __init__(self, dice: random.Random, language: str) -> None:
        self.dice, self.language = dice, language
        self.story = story(dice, language)
        self.words, self.site = WORDS[language], site_of(dice, language)
        self.others = [story(dice, language, 2) for _ in range(8)]
        self.day = day_in_words(self.story.day, language)
        self.iso = f"{self.story.day.isoformat()}T0{dice.randrange(10)}:30:00+02:00"
        self.title = html.escape(self.story.title)
        self.mark = dice.choice((" | ", " - ", " – ", " :: ", " — "))

    def __getitem__(self, name: str) -> str:
        return str(self.words[name])

    def links(self, names: tuple[str, ...], tag: str = "li") -> str:
        return "".join(f'<{tag}><a href="/{number}">{name}</a></{tag}>' for number, name in enumerate(names))

    def head(self, extra: str = "", title: str | None = None) -> str:
        shown = title or f"{self.title}{self.mark}{self.site}"
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8"><title>{shown}</title>'
            f'{extra}<script>var page = {{"ads": true, "text": "menu"}};</script><style>.a{{color:red}}</style></head>'
        )

    def menu(self) -> str:
        return f'<nav class="menu"><ul>{self.links(self.words["menu"])}{self.links(self.words["account"])}</ul></nav>'

    def foot(self) -> str:
        return (
            f'<footer class="footer"><ul>{self.links(self.words["foot"])}</ul><p>© {self.story.day.year} {self.site}. '
            f"{self['rights']}</p></footer>"
        )

    def paragraphs(self, tag: str = "p", attributes: str = "") -> list[str]:
        return [f"<{tag}{attributes}>{html.escape(one, quote=False)}</{tag}>" for one in self.story.paragraphs]

    def teasers(self, count: int, words: int = 18) -> str:
        """Other stories: a linked headline and the beginning of their text, broken off in the middle of a sentence."""
        found = []
        for number, one in enumerate(self.others[:count]):
            first = one.paragraphs[0].split()
            found.append(
                f'<div class="teaser"><h3><a href="/s/{number}">{html.escape(one.title)}</a></h3><p>'
                f"{' '.join(first[: min(words, len(first) - 3)]).rstrip('.,')}…</p></div>"
            )
        return "".join(found)

    def share(self) -> str:
        return f'<ul class="share-buttons">{self.links(self.words["share"])}</ul>'

    def json_ld(self, **more: str) -> str:
        known = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.story.title,
            "datePublished": self.iso,
            "author": {"@type": "Person", "name": self.story.author},
            "publisher": {"@type": "Organization", "name": self.site},
            **more,
        }
        return f'<script type="application/ld+json">{json.dumps(known, ensure_ascii=False)}</script>'


def plain_article(p: _Page) -> str:
    return (
        p.head() + f"<body><header>{p.menu()}</header><main><article><h1>{p.title}</h1>"
        f'<p class="meta">{p["by"]} {p.story.author} | {p.day}</p>{"".join(p.paragraphs())}</article>'
        f"<aside><h2>{p['related']}</h2>{p.teasers(4)}</aside></main>{p.foot()}</body></html>"
    )


def old_table(p: _Page) -> str:
    """Tables for columns, font elements, paragraphs parted by line breaks."""
    body = "<br><br>".join(html.escape(one, quote=False) for one in p.story.paragraphs)
    left = "<br>".join(f'<a href="/{one}">{one}</a>' for one in p.words["menu"])
    return (
        p.head() + f'<body bgcolor="#fff"><table width="100%"><tr><td colspan="3"><b>{p.site}</b></td></tr><tr>'
        f'<td width="150" valign="top">{left}</td><td valign="top"><font size="5"><b>{p.title}</b></font><br>'
        f'<font size="1">{p.day}</font><br><br><font size="3">{body}</font></td><td width="200" valign="top">'
        f'<b>{p["latest"]}</b><br>{p.teasers(4, 10)}</td></tr><tr><td colspan="3">© {p.site}. {p["rights"]}</td></tr>'
        "</table></body></html>"
    )


def weblog(p: _Page) -> str:
    comments = "".join(
        f'<li class="comment"><b>Guest {n}</b><p>{one}</p></li>' for n, one in enumerate(p.words["comment"])
    )
    return (
        p.head(
            f'<meta property="article:published_time" content="{p.iso}"><meta property="og:site_name" '
            f'content="{p.site}"><meta property="og:title" content="{p.title}">'
        )
        + f'<body class="single-post"><div id="page"><div id="masthead"><a href="/">{p.site}</a>{p.menu()}</div>'
        f'<div id="primary"><div class="post hentry"><h1 class="entry-title">{p.title}</h1><div class="entry-meta">'
        f'{p["published"]} {p.day} {p["by"]} {p.story.author}</div><div class="entry-content">{"".join(p.paragraphs())}'
        f'{p.share()}</div><div class="related-posts"><h3>{p["related"]}</h3>{p.teasers(3)}</div></div>'
        f'<div id="comments"><h3>{p["comments"]}</h3><ol>{comments}</ol></div></div></div>{p.foot()}</body></html>'
    )


def boxes_inside(p: _Page) -> str:
    """Promotions, an advertisement and a newsletter form between the paragraphs."""
    parts = p.paragraphs()
    boxes = [
        f'<div class="promo-box"><span>{p["more"]}:</span> <a href="/x">{p.others[0].title}</a></div>',
        f'<div class="ad-slot">{p["advert"]}</div>',
        f'<div class="newsletter-signup"><p>{p["newsletter"]}</p><input type="email"><button>OK</button></div>',
        f'<p class="related-inline"><a href="/y">{p["related"]}: {p.others[1].title}</a></p>',
    ]
    for number, box in enumerate(boxes):
        parts.insert(min(len(parts) - 1, 1 + 2 * number), box)
    return (
        p.head()
        + f'<body>{p.menu()}<div class="story"><h1>{p.title}</h1><div class="byline">{p["by"]} {p.story.author}'
        f'</div><div class="date">{p.day}</div>{p.share()}<div class="story-body">{"".join(parts)}</div>'
        f"{p.share()}</div>"
        f'<div class="most-read"><h2>{p["popular"]}</h2><ol>{p.links(tuple(one.title for one in p.others))}</ol></div>'
        f"{p.foot()}</body></html>"
    )


def with_data(p: _Page) -> str:
    """JSON-LD with the article's text, figures with captions, a lead outside the body."""
    body = p.paragraphs()
    figure = f'<figure><img src="/a.jpg" alt=""><figcaption>{p["caption"]} {p["photo"]}</figcaption></figure>'
    return (
        p.head(p.json_ld(articleBody=p.story.text))
        + f'<body><header>{p.menu()}</header><article><header><h1>{p.title}</h1><div class="lead">{body[0]}</div>'
        f'<time datetime="{p.iso}" itemprop="datePublished">{p.day}</time></header>{figure}'
        f'<div class="content">{"".join(body[1:])}</div></article><section class="teasers">{p.teasers(6)}</section>'
        f"{p.foot()}</body></html>"
    )


def ministry(p: _Page) -> str:
    """A press release: headings of the office, a number, the text in one block, an address below."""
    body = "<br/>\n<br/>".join(html.escape(one, quote=False) for one in p.story.paragraphs)
    return (
        p.head(title=f"{p.site}{p.mark}{p.title}") + f'<body><div id="top"><h1>{p.site}</h1>{p.menu()}</div>'
        f'<div id="content"><h2>{p.title}</h2><div class="info">{p["published"]}: {p.day} | '
        f"214-{p.dice.randrange(90)}</div>"
        f'<div class="text">{body}</div></div><div id="address">{p.site}, 12 Harbour Street, +00 123 45 67</div>'
        f"{p.foot()}</body></html>"
    )


def interview(p: _Page) -> str:
    """Questions in bold, answers plain."""
    parts = [
        f"<p><strong>{html.escape(one, quote=False)}</strong></p>" if number % 2 == 0 else f"<p>– {one}</p>"
        for number, one in enumerate(p.story.paragraphs)
    ]
    return (
        p.head() + f"<body>{p.menu()}<article><h1>{p.title}</h1><div>{p.day}</div>{''.join(parts)}</article>"
        f'<div class="tags">{p["tags"]}: {p.links(p.words["menu"][:3], "span")}</div>{p.foot()}</body></html>'
    )


def divs_only(p: _Page) -> str:
    """No paragraph elements at all, classes made by a program."""
    body = "".join(
        f'<div class="c-{p.dice.randrange(10**6):x}">{html.escape(one, quote=False)}</div>'
        for one in p.story.paragraphs
    )
    return (
        p.head(f'<meta property="og:title" content="{p.title}">') + f'<body><div id="root"><div class="x1">'
        f'{p.links(p.words["menu"], "div")}</div><div class="x2"><h1>{p.title}</h1><div class="x3">{p.day}</div>'
        f'<div class="x4">{body}</div></div><div class="x5"><div>{p["latest"]}</div>{p.teasers(5, 12)}</div></div>'
        "</body></html>"
    )


def quotes_and_lists(p: _Page) -> str:
    parts = p.paragraphs()
    parts[1] = f"<blockquote>{parts[1]}</blockquote>"
    parts[2] = f"<ul><li>{html.escape(p.story.paragraphs[2], quote=False)}</li></ul>"
    return (
        p.head(p.json_ld()) + f'<body>{p.menu()}<main><section class="article-section"><h1>{p.title}</h1>'
        f'<p class="byline">{p["by"]} {p.story.author}, {p.day}</p>{"".join(parts)}'
        f"</section>{p.share()}<aside>{p.teasers(3)}</aside></main>{p.foot()}</body></html>"
    )


def many_comments(p: _Page) -> str:
    """Comments that are longer than the article."""
    said = "".join(
        f'<div class="comment-body"><span>{p.others[n % 8].author}</span><p>{one}</p></div>'
        for n, one in enumerate(p.words["comment"] * 8)
    )
    return (
        p.head() + f'<body>{p.menu()}<div class="article"><h1>{p.title}</h1><span class="time">{p.day}</span>'
        f'<div class="article-text">{"".join(p.paragraphs())}</div></div><div class="comments" id="comments">'
        f"<h3>{p['comments']} ({8 * len(p.words['comment'])})</h3>{said}</div>{p.foot()}</body></html>"
    )


def cookie_wall(p: _Page) -> str:
    wall = (
        f'<div class="cookie-banner" role="dialog"><p>{p["cookies"]}</p>{p.links(p.words["accept"], "button")}</div>'
    )
    return (
        p.head(f'<meta name="date" content="{p.iso}">')
        + f'<body>{wall}{p.menu()}<div class="donate"><p>{p["support"]}</p>'
        f'</div><main><h1>{p.title}</h1><p>{p["published"]}: {p.day}</p>{"".join(p.paragraphs())}<p class="support">'
        f'{p["support"]}</p>{p.share()}</main><div class="newsletter"><p>{p["newsletter"]}</p></div>{p.foot()}'
        "</body></html>"
    )


def linked_names(p: _Page) -> str:
    """Names and places linked, words in spans and bold, teasers with whole summaries beside."""

    def linked(words: str) -> str:
        pieces = html.escape(words, quote=False).split()
        return " ".join(
            f'<a href="/t/{n}">{one}</a>' if n and one[:1].isupper() else f"<b>{one}</b>" if n % 23 == 5 else one
            for n, one in enumerate(pieces)
        )

    body = "".join(f"<p>{linked(one)}</p>" for one in p.story.paragraphs)
    return (
        p.head() + f'<body>{p.menu()}<div class="columns"><div class="col-main"><h1>{p.title}</h1><div class="sub">'
        f'{p.day}</div>{body}</div><div class="col-side"><h4>{p["latest"]}</h4>{p.teasers(6, 30)}</div></div>{p.foot()}'
        "</body></html>"
    )


LAYOUTS: tuple[Callable[[_Page], str], ...] = (
    plain_article,
    old_table,
    weblog,
    boxes_inside,
    with_data,
    ministry,
    interview,
    divs_only,
    quotes_and_lists,
    many_comments,
    cookie_wall,
    linked_names,
)


def pages(each: int = 6, seed: int = 20240305) -> list[MadePage]:
    """So many pages of every layout, the languages in turn. The same seed makes the same pages."""
    found = []
    for number in range(each * len(LAYOUTS)):
        layout = LAYOUTS[number % len(LAYOUTS)]
        language = LANGUAGES[number // len(LAYOUTS) % len(LANGUAGES)]
        page = _Page(random.Random(f"{seed}-{number}"), language)
        url = f"https://www.{HOSTS[page.site]}/news/{number}"
        found.append(MadePage(f"{layout.__name__}-{number}", layout(page), url, page.story))
    return found
