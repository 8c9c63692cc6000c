"""Trees as the later stages want them: what the network hangs wrong often enough to be told by rule.

Verbs of speech: data/lexicon/en/cue_acts.csv.
"""

from functools import cache

import msgspec

from verbale.language.decode import Analysis
from verbale.tables.load import csv_rows, data_folder


class SpeechAct(msgspec.Struct, frozen=True):
    """A kind of saying and the words for it, parted by semicolons."""

    act: str
    cue_class: str
    tone: str
    hearer: str
    words: str
    source: str


@cache
def _speech_verbs() -> frozenset[str]:
    rows = csv_rows(data_folder() / "lexicon/en/cue_acts.csv", SpeechAct)
    return frozenset(word for row in rows if row.cue_class == "speech" for word in row.words.split(";"))


def mended(analysis: Analysis) -> Analysis:
    """The analysis with all rules of this file applied."""
    return with_joined_deeds(with_joined_speech(with_named_subjects(analysis)))


def with_named_subjects(analysis: Analysis) -> Analysis:
    """A name that was hung as an auxiliary is made the subject it is: "May said that ..."."""
    found = list(analysis.relations)
    for place, (relation, upos, head) in enumerate(zip(analysis.relations, analysis.upos, analysis.heads)):
        is_name = relation == "aux" and upos == "PROPN" and place < head
        if is_name and not _has_subject(found, analysis.heads, head):
            found[place] = "nsubj"
    return analysis._replace(relations=found)


def with_joined_speech(analysis: Analysis) -> Analysis:
    """ "He said it was wrong and warned them": a verb of speech told in the past, without a subject of its own, goes on
    with the saying and not with what was said. In EWT and GUM it does in four of five cases."""
    heads = list(analysis.heads)
    for place, (relation, clause) in enumerate(zip(analysis.relations, analysis.heads)):
        if relation != "conj" or clause < 0 or not analysis.relations[clause].startswith("ccomp"):
            continue
        saying = analysis.heads[clause]
        speaks = all(_told(analysis, verb) and analysis.lemmas[verb] in _speech_verbs() for verb in (place, saying))
        if saying < clause < place and speaks and not _has_subject(analysis.relations, analysis.heads, place):
            heads[place] = saying
    return analysis._replace(heads=heads)


def with_joined_deeds(analysis: Analysis) -> Analysis:
    """ "He asked them to stay and threatened to leave": a verb told in the past without a subject of its own goes on
    with another told in the past, never with an infinitive."""
    heads = list(analysis.heads)
    for place, (relation, clause) in enumerate(zip(analysis.relations, analysis.heads)):
        if relation != "conj" or not 0 <= clause < place or not _told(analysis, place):
            continue
        if "VerbForm=Inf" not in analysis.features[clause].split("|") or _has_subject(
                analysis.relations, analysis.heads, place):
            continue
        above = analysis.heads[clause]
        while 0 <= above < clause and not _told(analysis, above):
            above = analysis.heads[above]
        if 0 <= above < clause:
            heads[place] = above
    return analysis._replace(heads=heads)


def _has_subject(relations: list[str], heads: list[int], verb: int) -> bool:
    return any(head == verb and relation.startswith("nsubj") for relation, head in zip(relations, heads))


def _told(analysis: Analysis, verb: int) -> bool:
    """Whether a word is a verb that tells in the past by itself: "said", not "having said"."""
    features = analysis.features[verb].split("|")
    return analysis.upos[verb] == "VERB" and "Tense=Past" in features and "VerbForm=Fin" in features
