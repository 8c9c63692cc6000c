"""Names as the later stages want them, made of what the network found."""

from verbale.language.decode import Analysis


def name_tags(words: list[str], analysis: Analysis) -> list[str]:
    """One IOB2 tag a word."""
    tags = ["O"] * len(words)
    for name in analysis.names:
        tags[name.start] = f"B-{name.label}"
        for place in range(name.start + 1, name.stop):
            tags[place] = f"I-{name.label}"
    return tags
