"""The two sides of a contact read off the line: whoever is named before the verb, and whoever after "with".

Parsers often hang a title and its name on different words; the names themselves are sure. A side is a phrase; it is cut
at commas and "and" into members, and a title is joined to the name beside it.
"""

from verbale.coding.contacts_officials import has_office_word
from verbale.model.findings import Party
from verbale.model.reading import Sentence, Token
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span

TITLE_LINKS = frozenset(("of", "for", "de", "del", "di", "da", "von", "van", "bin", "ibn", "al"))
DAY_WORDS = frozenset(
    (
        "today",
        "yesterday",
        "tomorrow",
        "earlier",
        "later",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "separately",
        "again",
        "also",
        "briefly",
        "twice",
        "once",
        "virtually",
        "remotely",
        "privately",
        "together",
    )
)
RELATIVES = frozenset(("who", "whom", "which", "that", "whose", "where", "when", "while"))
STOPS = frozenset((";", ":", ".", "—", "–", "“", "”", '"', "?", "!"))
LONGEST_SIDE = 60  # words; three ministers with full titles take forty
FURTHEST_LINK = (
    16  # words from a verb to its "with": "met today in City, Country on the margins of the forum with" has 13
)
NAME_REACH = 7  # words from a preposition to the name: "for Peninsula Peace and Security Affairs Name" has six


BYSTANDERS = frozenset(
    (
        *(
            "veteran",
            "candidate",
            "activist",
            "journalist",
            "reporter",
            "host",
            "author",
            "expert",
            "scholar",
            "analyst",
        ),
        *("professor", "researcher", "resident", "native", "citizen", "fan", "player", "actor", "singer", "student"),
        *("businessman", "businesswoman", "blogger", "correspondent", "historian", "survivor", "worker"),
    )
)
"""People who speak for themselves, whatever land their description names."""


class Member:
    """One of a side: its words, and the mentions that stand in them."""

    def __init__(self, first: int, last: int, mentions: list[Mention], is_named: bool):
        self.first = first
        self.last = last
        self.mentions = mentions
        self.is_named = is_named


class Line:
    """A sentence read along the line, with what each word belongs to."""

    def __init__(self, roster: Roster, sentence: Sentence):
        self.roster = roster
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.text = roster.reading.report.text
        self.mentions = roster.mentions_by_sentence.get(sentence.number, [])
        self.names = [name for name in roster.reading.names if name.sentence == sentence.number]
        self.people = [name.span for name in self.names if name.label == "PER"]
        self.times = [one.span for one in roster.reading.times if one.sentence == sentence.number]

    # --- phrases ------------------------------------------------------------------------------------------------

    def side_after(self, start: int) -> list[Party]:
        """Who is named in the phrase that starts at a word."""
        while start < len(self.tokens) and (self._is_day(self.tokens[start]) or self.tokens[start].upos == "ADV"):
            start += 1
        last = self._end_of_phrase(start)
        return self._parties(start, last) if last >= start else []

    def side_before(self, place: int) -> list[Party]:
        """Who is named in the phrase right before a verb; through "who" to whoever it stands for."""
        last = self._before_clause(place)
        while last >= 0 and (
            self.tokens[last].upos in ("AUX", "ADV", "PART")
            or self._is_day(self.tokens[last])
            or self.tokens[last].text.lower() in RELATIVES
            or self.tokens[last].text == ","
        ):
            last -= 1
        first = last
        while first >= 0 and last - first < LONGEST_SIDE and not self._stops_before(first):
            first -= 1
        members = self._members(first + 1, last)
        kept: list[Member] = []
        for member in reversed(members):
            if (
                self.tokens[member.first].upos in ("ADP", "SCONJ")
                and self.tokens[member.first].text.lower() not in TITLE_LINKS
            ):
                break
            kept.insert(0, member)
        return self._named(kept)

    def _before_clause(self, place: int) -> int:
        """The last word before a verb that may name its subject: a relative clause in between is jumped over."""
        for subject in self.sentence.below(place, "nsubj"):
            inside = [one for one in self.sentence.subtree(subject.place) if subject.place < one < place]
            clauses = [one for one in inside if self.tokens[one].relation == "acl:relcl"]
            if clauses:
                return min(min(self.sentence.subtree(one)) for one in clauses) - 1
        return place - 1

    def link_after(self, place: int, *links: str) -> int | None:
        """The place of the first "with" after a verb and before the next verb."""
        for here in range(place + 1, min(len(self.tokens), place + FURTHEST_LINK + 1)):
            token = self.tokens[here]
            if token.text.lower() in links:
                return here
            if self._holds(self.mentions, token) or self._holds_name(token):
                continue
            if token.upos in ("VERB", "SCONJ") or token.text in STOPS or token.text.lower() in RELATIVES:
                return None
            if token.lemma.lower() == "to" and here + 1 < len(self.tokens) and self.tokens[here + 1].upos == "VERB":
                return None
        return None

    def _stops_before(self, place: int) -> bool:
        token = self.tokens[place]
        if self._holds(self.mentions, token):
            return False
        return token.upos in ("VERB", "AUX", "SCONJ") or token.text in STOPS or token.text.lower() in RELATIVES

    def _end_of_phrase(self, start: int) -> int:
        place = start
        depth = 0
        while place < len(self.tokens) and place - start < LONGEST_SIDE:
            token = self.tokens[place]
            if token.text in "([":
                depth += 1
            elif token.text in ")]":
                depth -= 1
            elif depth <= 0 and self._ends_at(place, start):
                break
            place += 1
        last = min(place, len(self.tokens)) - 1
        while (
            last >= start
            and self.tokens[last].upos in ("PUNCT", "CCONJ", "ADP", "DET")
            and self.tokens[last].text not in (")", ".")
        ):
            last -= 1
        return last

    def _ends_at(self, place: int, start: int) -> bool:
        token = self.tokens[place]
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if self._is_day(token):
            return True
        if self._holds(self.mentions, token) or self._holds_name(token):
            return False
        low = token.text.lower()
        if token.upos in ("VERB", "AUX", "SCONJ", "PART") and low not in ("'s", "’s", "’", "'"):
            return not token.text[:1].isupper()
        if token.text in STOPS or low in RELATIVES:
            return True
        if token.upos == "ADP":
            if self._leads_to_name(place, start):
                return False
            return low not in TITLE_LINKS or (low == "for" and not (following and following.text[:1].isupper()))
        if token.text == "," or token.upos == "CCONJ":
            return following is None or not self._can_begin(following)
        return token.upos == "ADV" or (token.upos == "PRON" and place > start)

    def _leads_to_name(self, place: int, start: int) -> bool:
        """ "the envoy on Chad Ana Silva": a preposition inside an office, the name still to come and no word
        between in lower case.
        """
        begun = Span(self.tokens[start].start, self.tokens[place].start)
        if any(begun.covers(name) for name in self.people):
            return False
        for token in self.tokens[place + 1 : place + 1 + NAME_REACH]:
            if any(name.start == token.start for name in self.people):
                return True
            if not token.text[:1].isupper() and token.upos not in ("DET", "CCONJ"):
                return False
        return False

    def _can_begin(self, token: Token) -> bool:
        """Whether a word can begin another member of a side: a name, a title, "the"."""
        if self._is_day(token) or (
            token.upos in ("VERB", "AUX", "PRON", "SCONJ", "ADV") and not token.text[:1].isupper()
        ):
            return token.text.lower() in ("his", "her", "their", "and")
        return token.text[:1].isupper() or token.upos in ("DET", "CCONJ") or self._holds(self.mentions, token)

    def _is_day(self, token: Token) -> bool:
        return token.text.lower() in DAY_WORDS or any(span.start <= token.start < span.stop for span in self.times)

    # --- members ------------------------------------------------------------------------------------------------

    def _parties(self, first: int, last: int) -> list[Party]:
        return self._named(self._members(first, last))

    def _members(self, first: int, last: int) -> list[Member]:
        pieces: list[Member] = []
        links: list[str] = []
        start, depth = first, 0
        for place in range(first, last + 1):
            token = self.tokens[place]
            depth += token.text in "([" or -(token.text in ")]")
            is_link = (token.text in (",", "/") or token.text.lower() in ("and", "&")) and depth == 0
            if is_link and not self._inside_one(token) and not self._joins_title(start, place):
                if place > start:
                    pieces.append(self._member(start, place - 1))
                    links.append(token.text.lower())
                elif links:
                    links[-1] = token.text.lower()
                start = place + 1
        if start <= last:
            pieces.append(self._member(start, last))
        return self._titles_joined(pieces, links)

    def _member(self, first: int, last: int) -> Member:
        span = Span(self.tokens[first].start, self.tokens[last].stop)
        inside = [mention for mention in self.mentions if span.covers(mention.head) and mention.kind != "nationality"]
        named = any(self._is_person(mention) for mention in inside) or any(span.covers(name) for name in self.people)
        return Member(first, last, inside, named)

    def _is_person(self, mention: Mention) -> bool:
        """Whether a mention holds somebody's name, not an office alone."""
        if mention.kind not in ("name", "title") or self.text[mention.span.stop : mention.span.stop + 2] in (
            "'s",
            "’s",
        ):
            return False
        actor = self.roster.actor_by_id.get(mention.actors[0]) if mention.actors else None
        if actor is not None:
            return actor.kind == "person"
        return any(mention.span.overlaps(name) for name in self.people)

    def _inside_one(self, token: Token) -> bool:
        """Whether a comma or "and" stands inside one name or mention."""
        return any(
            mention.span.start < token.start < mention.span.stop - 1
            and mention.kind not in ("set",)
            and len(mention.actors) < 2
            for mention in self.mentions
        ) or self._holds_name(token)

    def _joins_title(self, start: int, place: int) -> bool:
        """ "Deputy Secretary of State for Management and Resources Brian McKeon": the "and" belongs to the office."""
        if self.tokens[place].text.lower() != "and" or place + 1 >= len(self.tokens):
            return False
        span = Span(self.tokens[start].start, self.tokens[place].start)
        if any(span.covers(name) for name in self.people):
            return False
        has_link = any(token.text.lower() in ("for", "of") for token in self.tokens[start:place])
        following = self.tokens[place + 1]
        begins_person = any(name.start == following.start for name in self.people) or any(
            mention.span.start == following.start and mention.kind in ("title", "role") for mention in self.mentions
        )
        return (
            has_link
            and self.tokens[place - 1].text[:1].isupper()
            and following.text[:1].isupper()
            and not begins_person
        )

    def _titles_joined(self, pieces: list[Member], links: list[str]) -> list[Member]:
        """Pieces with each bare office joined to the name beside it across a comma or a slash."""
        joined: list[Member] = []
        for number, piece in enumerate(pieces):
            link = links[number - 1] if number else ""
            before = joined[-1] if joined else None
            if (
                before is not None
                and link in (",", "/")
                and piece.is_named != before.is_named
                and ((before.is_named and not self._names_land(piece)) or (piece.is_named and self._is_office(before)))
            ) or (before is not None and link == "and" and piece.is_named and self._is_bare_office(before)):
                joined[-1] = Member(before.first, piece.last, before.mentions + piece.mentions, True)
            else:
                joined.append(piece)
        return joined

    def _is_bare_office(self, member: Member) -> bool:
        """ "Polish Foreign Minister and OSCE Chairman Jan Novak": an office without article or name is the next's."""
        first = self.tokens[member.first]
        is_office = any(mention.kind in ("role", "unnamed") for mention in member.mentions)
        return not member.is_named and is_office and first.upos not in ("DET", "PRON") and first.text[:1].isupper()

    def _is_office(self, member: Member) -> bool:
        return any(mention.kind in ("role", "title", "unnamed", "counterpart") for mention in member.mentions) or (
            not member.mentions and self.tokens[member.first].upos not in ("ADP", "SCONJ", "NUM")
        )

    def _names_land(self, member: Member) -> bool:
        return bool(member.mentions) and all(mention.kind in ("name", "place") for mention in member.mentions)

    # --- parties ------------------------------------------------------------------------------------------------

    def _named(self, members: list[Member]) -> list[Party]:
        found: list[Party] = []
        for member in members:
            found += self._party(member)
        return found

    def _party(self, member: Member) -> list[Party]:
        first = member.first
        while first < member.last and (
            self.tokens[first].upos in ("PUNCT", "CCONJ", "ADV") or self._is_day(self.tokens[first])
        ):
            first += 1
        span = Span(self.tokens[first].start, self.tokens[member.last].stop)
        words = span.of(self.text)
        people = [mention for mention in member.mentions if self._is_person(mention)]
        if people and self._is_thing_of(first, people[0]):
            return []
        if people:
            mention = max(people, key=lambda one: (bool(one.actors), one.certainty == "high"))
            actor = mention.actors[0] if mention.actors else None
            return [Party(actor, words, span, mention.how or "side.name", mention.certainty if actor else "low")]
        others = [mention for mention in member.mentions if mention.kind != "place"]
        settled = [mention for mention in others if mention.actors]
        if member.is_named and not settled:
            return [Party(None, words, span, "side.name", "low")]
        if not settled:
            return [Party(None, words, span, "side.words", "low")] if others else []
        mention = settled[0]
        if self._owns_a_thing(mention, member.last) or self._is_bystander(first, member.last):
            return []
        if len(mention.actors) > 1:
            return [
                Party(actor, mention.span.of(self.text), mention.span, mention.how, mention.certainty)
                for actor in mention.actors
            ]
        return [Party(mention.actors[0], words, span, mention.how, mention.certainty)]

    def _is_bystander(self, first: int, last: int) -> bool:
        """Whether a phrase means somebody who acts for no state though one is named: "an Iraq war veteran"."""
        return any(
            token.lemma.lower() in BYSTANDERS and token.upos == "NOUN" for token in self.tokens[first : last + 1]
        )

    def _owns_a_thing(self, mention: Mention, last: int) -> bool:
        """Whether a name only owns what the phrase is about: "Novak's latest statement"."""
        behind = self.text[mention.span.stop : mention.span.stop + 2]
        word = self.tokens[last]
        return behind in ("'s", "’s") and word.upos == "NOUN" and not has_office_word(word.text)

    def _is_thing_of(self, first: int, mention: Mention) -> bool:
        """Whether the phrase is about somebody's thing: "the report of Jan Novak"."""
        for place in range(first, len(self.tokens) - 1):
            token = self.tokens[place]
            if token.start >= mention.head.start:
                return False
            is_thing = token.upos == "NOUN" and token.text[:1].islower() and not has_office_word(token.text)
            if is_thing and self.tokens[place + 1].text == "of":
                return True
        return False

    @staticmethod
    def _holds(mentions: list[Mention], token: Token) -> bool:
        return any(
            mention.span.start <= token.start < mention.span.stop for mention in mentions if mention.kind != "pronoun"
        )

    def _holds_name(self, token: Token) -> bool:
        return any(name.span.start <= token.start < name.span.stop for name in self.names)
