"""Word lists of the statements room: what an act a cue does, its class and tone, occasions, media, tones of words."""

from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from verbale.coding.words import stem
from verbale.tables.load import csv_rows, data_folder


class ActRow(msgspec.Struct, frozen=True):
    """Cues that do the same: the act, its class (speech, attitude, evidence), its tone, and who hears it."""

    act: str
    cue_class: str
    tone: str
    hearer: str
    """object where the cue's direct object is who hears it ("told Berg"); else none."""
    words: tuple[str, ...]
    source: str


class OccasionRow(msgspec.Struct, frozen=True):
    kind: str
    words: tuple[str, ...]
    source: str


class MediumRow(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    medium: str
    source: str


class ToneRow(msgspec.Struct, frozen=True):
    tone: str
    words: tuple[str, ...]
    source: str


class HearerRow(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    source: str


class WitnessRow(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    source: str


@dataclass
class SpeechLexicon:
    """The lists, by word."""

    acts: dict[str, list[ActRow]] = field(default_factory=dict)
    occasions: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    tones: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    """The right lemma for a stem, where a tagger's rule gave "reaffirme"."""
    witnesses: set[str] = field(default_factory=set)
    """Things that show rather than speak: a study, a poll, data."""

    hearers: set[str] = field(default_factory=set)
    """Nouns for people who can be spoken to: reporters, parties, countries."""

    def act(self, lemma: str, others: list[str], is_noun: bool) -> ActRow | None:
        """The row for a cue: with another word of its phrase ("rule out"), else alone; None for an unlisted word."""
        for other in others:
            rows = self.acts.get(f"{stem(lemma)} {other}")
            if rows:
                return rows[0]
        rows = self.acts.get(stem(lemma))
        if not rows:
            return None
        return rows[-1] if is_noun else rows[0]


@lru_cache(maxsize=1)
def speech_lexicon() -> SpeechLexicon:
    """The lists shipped with the package."""
    folder = data_folder() / "lexicon" / "en"
    found = SpeechLexicon()
    for row in csv_rows(folder / "cue_acts.csv", ActRow):
        for word in row.words:
            first, _, rest = word.partition(" ")
            found.spellings.setdefault(stem(first), first)
            found.acts.setdefault(f"{stem(first)} {rest}".strip(), []).append(row)
    for occasion in csv_rows(folder / "occasions.csv", OccasionRow):
        found.occasions.update(dict.fromkeys(occasion.words, occasion.kind))
    for medium in csv_rows(folder / "via_media.csv", MediumRow):
        found.media.update(dict.fromkeys(medium.words, medium.medium))
    for tone in csv_rows(folder / "tones.csv", ToneRow):
        found.tones.update(dict.fromkeys(tone.words, tone.tone))
    for witness in csv_rows(folder / "witnesses.csv", WitnessRow):
        found.witnesses.update(witness.words)
    for hearer in csv_rows(folder / "hearers.csv", HearerRow):
        found.hearers.update(hearer.words)
    return found
