"""A brief as a paper: a head, sections, lines with the words they rest on; written as text, Markdown or HTML."""

import textwrap

import msgspec

WIDTH = 100


class Line(msgspec.Struct, frozen=True):
    """One thing said in a paper, the source's words for it, and where to look further."""

    text: str
    words: str = ""
    note: str = ""
    id: str = ""


class Section(msgspec.Struct, frozen=True):
    title: str
    lines: tuple[Line, ...]


class Paper(msgspec.Struct, frozen=True):
    """What a view has to say, before it is written in any form. Sections without lines are left out."""

    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def filled(self) -> list[Section]:
        return [section for section in self.sections if section.lines]


def as_text(paper: Paper, width: int = WIDTH) -> str:
    """Plain text, for a pipe or a mail."""
    lines = [*textwrap.wrap(paper.title, width), ""]
    for label, text in paper.head:
        lines += textwrap.wrap(f"{label}: {text}", width, subsequent_indent=" " * (len(label) + 2))
    for section in paper.filled():
        lines += ["", section.title.upper()]
        for line in section.lines:
            lines += textwrap.wrap(line.text + (f"  [{line.id}]" if line.id else ""), width, initial_indent="- ",
                                   subsequent_indent="  ")
            for extra in filter(None, [f"“{line.words}”" if line.words else "", line.note]):
                lines += textwrap.wrap(extra, width, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def as_markdown(paper: Paper) -> str:
    lines = [f"# {_md(paper.title)}", ""]
    lines += [f"**{_md(label)}:** {_md(text)}  " for label, text in paper.head]
    for section in paper.filled():
        lines += ["", f"## {_md(section.title)}", ""]
        for line in section.lines:
            lines.append(f"- {_md(line.text)}" + (f" `{line.id}`" if line.id else ""))
            if line.words:
                lines.append(f"  > {_md(line.words)}")
            if line.note:
                lines.append(f"  *{_md(line.note)}*")
    return "\n".join(lines) + "\n"


def as_html(paper: Paper) -> str:
    """One page that needs nothing else: no script, no address of another host."""
    from verbale.views.templating import page  # Jinja is loaded only for those who want a page

    return page("brief.html", paper=paper)


def _md(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    for letter in "\\`*_[]<>#|":
        text = text.replace(letter, "\\" + letter)
    return " ".join(text.split())
