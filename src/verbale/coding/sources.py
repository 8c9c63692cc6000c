"""Whose words they are said to be: candidates for the source of a cue, weighed, and where the source phrase ends."""

from verbale.coding.cues import frame, word_class
from verbale.coding.weights import Features, Weights
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT

NONE_CANDIDATE = -1
CLIMBS = {"conj", "xcomp", "advcl", "ccomp", "acl", "parataxis", "dep", "obj", "obl", "appos", "root", "csubj", "nmod"}
MOST_CLIMBS = 4
NEAR = 10
"""How many words away a noun may stand to be a candidate that the tree does not offer."""


def source_candidates(words: Words, cue: int) -> dict[int, str]:
    """Head words that may be the source of a cue, each with the path by which the tree leads to it."""
    found: dict[int, str] = {}
    _own_candidates(words, cue, "", found)
    _climbed_candidates(words, cue, found)
    _near_candidates(words, cue, found)
    return found


def _own_candidates(words: Words, at: int, path: str, found: dict[int, str]) -> None:
    for child in words.children[at]:
        relation, bare = words.relation[child], words.bare[child]
        if bare == "nsubj" or relation == "nmod:poss" or bare == "csubj":
            found.setdefault(child, f"{path}{relation}")
        elif bare in ("obl", "nmod"):
            case = words.case(child)
            if case in ("by", "of", "from", "to", "in", "among", "with", "for") or relation == "obl:agent":
                found.setdefault(child, f"{path}{bare} {case}")
        elif bare in ("obj", "iobj", "dep", "compound", "amod") and not path:
            found.setdefault(child, f"{bare}")


def _climbed_candidates(words: Words, cue: int, found: dict[int, str]) -> None:
    at, path = cue, ""
    for _ in range(MOST_CLIMBS):
        head, relation = words.head[at], words.bare[at]
        if head == ROOT or relation not in CLIMBS | {"case", "punct", "mark"}:
            return
        if words.upos[head] in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "SYM"):
            found.setdefault(head, f"{path}{words.relation[at]} of")
        path = f"{path}{relation}>"
        before = dict(found)
        _own_candidates(words, head, path, found)
        for place in [one for one in found if one not in before and words.hangs_under(cue, one)]:
            del found[place]
        at = head


def _near_candidates(words: Words, cue: int, found: dict[int, str]) -> None:
    first, after = words.bounds_of(cue)
    for place in range(cue - 1, first - 1, -1):
        if words.bare[place] == "nsubj" and place not in found and words.quote[place] == words.quote[cue]:
            nearer = sum(path.startswith("subject left") for path in found.values())
            found[place] = f"subject left {min(2, nearer)}"
    for place in range(max(first, cue - NEAR), min(after, cue + NEAR)):
        if (
            place != cue
            and place not in found
            and words.upos[place] in ("PROPN", "PRON")
            and _heads_phrase(words, place)
        ):
            found[place] = "near left" if place < cue else "near right"


def _heads_phrase(words: Words, place: int) -> bool:
    return words.bare[place] not in ("flat", "compound", "det", "case", "fixed", "expl")


def source_features(words: Words, cue: int, candidate: int, path: str, how: str) -> Features:
    """What speaks for a candidate; `how` is the cue's frame."""
    kind = word_class(words, cue)
    voice = "passive" if words.has_below(cue, "nsubj:pass", "aux:pass") else "active"
    frame_kind = how.split(" ")[0]
    if candidate == NONE_CANDIDATE:
        has = "subject" if words.has_below(cue, "nsubj", "nsubj:pass") else "no subject"
        return ["none", f"none {kind}", f"none {voice} {has}", f"none {frame_kind}", f"none {words.relation[cue]}"]
    side = "before" if candidate < cue else "behind"
    distance = abs(candidate - cue)
    far = 1 if distance == 1 else 2 if distance == 2 else 3 if distance <= 4 else 5 if distance <= 8 else 9
    upos = words.upos[candidate]
    features = [
        f"path {path}",
        f"path {path} {kind}",
        f"{voice} {path.split('>')[-1]}",
        f"{side} {far}",
        f"class {upos}",
        f"{side} {kind}",
        f"{frame_kind} {side} {upos}",
        f"climbs {path.count('>')} {side}",
    ]
    label = words.name[candidate] or ("role" if upos == "NOUN" else "none")
    features += [f"name {label}", f"name {label} {path.split('>')[-1]}"]
    if upos == "PRON":
        features.append(f"word {words.form[candidate]}")
    if words.quote[candidate] != NO_QUOTE:
        features.append("in quote" if words.quote[candidate] != words.quote[cue] else "in same quote")
    if words.case(candidate):
        features.append(f"case {words.case(candidate)} {kind}")
    if kind == "ADP":
        features.append(f"{words.form[cue]} {path.split('>')[-1]}")
    if candidate + 1 == cue or words.right[candidate] + 1 == cue:
        features.append(f"touches {side}")
    if cue + 1 == words.left[candidate]:
        features.append(f"touches {side}")
    features.append(f"{'subject' if words.bare[candidate] == 'nsubj' else 'other'} {side} {kind}")
    return features


def choose_source(words: Words, cue: int, weights: Weights) -> tuple[int, str, float]:
    """The source's head word (NONE_CANDIDATE for none), the path to it, and its share of belief."""
    paths = source_candidates(words, cue)
    places = [NONE_CANDIDATE, *paths]
    how = frame(words, cue)
    offered = [source_features(words, cue, place, paths.get(place, ""), how) for place in places]
    number, share = weights.best("source", offered)
    return places[number], paths.get(places[number], ""), share


def inverted_source(words: Words, cue: int) -> int:
    """Who speaks where a verb right behind a quotation has its subject after it and the tree calls it an object:
    “...”, read the warning; NONE_CANDIDATE where it is not so."""
    first = words.bounds_of(cue)[0]
    before = cue - 1
    while before >= first and not words.is_word[before] and words.quote[before] == NO_QUOTE:
        before -= 1
    is_behind = before >= 0 and words.quote[before] != NO_QUOTE and words.quote[cue] == NO_QUOTE
    if not is_behind or words.upos[cue] != "VERB" or words.has_below(cue, "nsubj", "nsubj:pass", "aux", "mark"):
        return NONE_CANDIDATE
    objects = [child for child in words.children[cue] if words.bare[child] == "obj" and child > cue]
    if len(objects) != 1 or words.has_below(cue, "ccomp", "xcomp"):
        return NONE_CANDIDATE
    return objects[0] if all(words.quote[place] == NO_QUOTE for place in range(cue, objects[0])) else NONE_CANDIDATE


def according_to_rest(words: Words, cue: int) -> tuple[int, int] | None:
    """The source behind an "according to" that ends its sentence: all that is left, where no verb of a clause stands
    in it; None elsewhere."""
    first, after = words.bounds_of(cue)
    start = cue + 2
    if words.form[cue] != "according" or cue == first or words.form[cue - 1] != "," or start >= after:
        return None
    last = after - 1
    while last > start and not words.is_word[last]:
        last -= 1
    rest = range(start, last + 1)
    is_plain = not any(words.form[place] in (",", ";", ":", "—", "–") for place in rest) and not any(
        words.has(place, "VerbForm=Fin") or words.quote[place] != NO_QUOTE for place in rest
    )
    return (start, last) if is_plain and start <= last else None


def start_candidates(words: Words, head: int, cue: int) -> list[int]:
    """Tokens at which the source phrase of a head may begin."""
    starts = {head}
    for child in words.children[head]:
        if child < head:
            starts.add(words.left[child])
            starts.add(child)
    first = words.bounds_of(head)[0]
    return sorted(place for place in starts if place >= first and not (place <= cue <= head))


def start_features(words: Words, head: int, start: int) -> Features:
    """What speaks for a source phrase to begin here: what it takes in first, and what it leaves out."""
    taken = _chunk(words, head, start) if start < head else "head"
    left_out = _chunk(words, head, start - 1) if start > words.left[head] else "all"
    return [
        f"from {taken}",
        f"leaves {left_out}",
        f"from {taken} leaves {left_out}",
        f"word {words.upos[start]}",
        f"leaves {left_out} {words.form[start - 1] if start and not words.is_word[start - 1] else ''}",
    ]


def end_candidates(words: Words, head: int, cue: int) -> list[int]:
    """Tokens at which the source phrase of a head may end (counted in)."""
    ends = {head}
    for child in words.children[head]:
        if child > head and not words.hangs_under(cue, child):
            ends.add(words.right[child])
            for grandchild in words.children[child]:
                if grandchild > child:
                    ends.add(words.right[grandchild])
                if grandchild < child and grandchild > head:
                    ends.add(grandchild)
    first_under_cue = cue if cue > head else len(words)
    return sorted(end for end in ends if end < first_under_cue)


def end_features(words: Words, head: int, end: int, cue: int) -> Features:
    """What speaks for a source phrase to end here: what it takes in last, what follows, and where the cue stands."""
    taken = _chunk(words, head, end) if end > head else "head"
    following = end + 1
    after = words.bounds_of(head)[1]
    left_out = _chunk(words, head, following) if following < after and words.hangs_under(following, head) else "none"
    side = "cue behind" if cue > head else "cue before"
    next_form = (
        "$" if following >= after else words.form[following] if not words.is_word[following] else words.upos[following]
    )
    features = [
        f"to {taken}",
        f"leaves {left_out}",
        f"to {taken} leaves {left_out}",
        f"next {next_form} {side}",
        f"last {words.upos[end]}" if words.is_word[end] else f"last {words.form[end]}",
        f"{side} leaves {left_out}",
        f"to {taken} {side}",
    ]
    if following == cue or (following < after and not words.is_word[following] and following + 1 == cue):
        features.append("reaches cue")
    if end - head > 12:
        features.append("long")
    if words.quote[end] != words.quote[head]:
        features.append("crosses quote")
    return features


def _chunk(words: Words, head: int, place: int) -> str:
    """How the part of a phrase that holds a token hangs on the phrase's head."""
    at = place
    while at != ROOT and words.head[at] != head:
        at = words.head[at]
        if at == head:
            return "head"
    if at == ROOT:
        return "other"
    relation = words.relation[at]
    if words.bare[at] == "punct":
        return f"punct {words.form[at]}"
    if words.bare[at] in ("nmod", "acl") and relation != "nmod:poss":
        return (
            f"{relation} {words.case(at) or words.mark(at)}"
            if words.case(at) in ("of", "for", "in", "at", "from", "with")
            else relation
        )
    return relation


def source_span(words: Words, head: int, cue: int, weights: Weights) -> tuple[int, int]:
    """First and last token of the source phrase."""
    starts = start_candidates(words, head, cue)
    ends = end_candidates(words, head, cue)
    start = starts[weights.best("source start", [start_features(words, head, place) for place in starts])[0]]
    end = ends[weights.best("source end", [end_features(words, head, place, cue) for place in ends])[0]]
    return start, end
