"""People: one row each, with every spelling the news may use."""

import re
from collections import Counter, defaultdict

from verbale.world.rows import PersonRow, TenureRow
from verbale.world.spellings import fold
from worldmaking.claims import Claim
from worldmaking.given_names import FEMALE, MALE, OTHER
from worldmaking.reading import hand, slug
from worldmaking.terms import status_of

FAMILY_NAME_FIRST = {"st:cn", "st:tw", "st:kr", "st:kp", "st:hk", "st:mo"}
FIRST_NAME_CALLED = {"st:et", "st:er", "st:is", "st:vn", "st:la", "st:mm", "st:bt"}
"""States where the news calls people by the first name, or by the whole."""
TWO_FAMILY_NAMES = {"st:es", "st:mx", "st:ar", "st:cl", "st:co", "st:pe", "st:ve", "st:ec", "st:bo", "st:py", "st:uy",
                    "st:cr", "st:pa", "st:ni", "st:hn", "st:sv", "st:gt", "st:do", "st:cu"}
PARTICLES = ("de", "da", "do", "dos", "di", "del", "della", "van", "von", "der", "den", "le", "la", "al", "el", "bin",
             "ibn", "ben", "abu", "ould", "ter", "de la", "o'", "mc", "zu", "du", "des", "st.", "san", "af", "av")
NEVER_ALONE = frozenset([
    "said", "are", "some", "than", "saw", "won", "note", "parts", "win", "close", "tax", "loan", "camps", "block",
    "worth", "grave", "iii", "o", "cha", "oh", "blah", "blank", "boys", "gallop", "hijab", "carcasses", "gift",
    "arena", "arenas", "spies", "sow", "sing", "sang", "sun", "holy", "fall", "roll", "wing", "tall", "junior",
    "major", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "little", "short",
    "bold", "house", "court", "battle", "hall", "younger", "the", "and", "for", "was", "has", "had", "its", "but",
    "all", "not",
])
"""Second-mention names that are first of all words of every text: looked for only with the given name before."""


GIVEN_NAMES = MALE | FEMALE | OTHER
"""Surnames that are first of all given names are looked for only with another name before."""


def short_names(name: str, country: str | None) -> list[str]:
    """What the news calls a person at second mention."""
    regnal = re.match(r"([^ ]+( [^ ]+)?) ([IVX]+)( of .*)?$|([^ ]+) of ", name)
    if regnal:
        return [regnal.group(1) or regnal.group(5)]
    words = [word for word in re.sub(r"\(.*?\)", "", name).split() if word not in ("Jr.", "Sr.")]
    if len(words) < 2:
        return []
    if country in FAMILY_NAME_FIRST and len(words) <= 3 and len(words[0]) <= 8:
        return [words[0]]
    if country in FIRST_NAME_CALLED:
        return [word for word in (words[0], words[-1]) if len(fold(word)) > 2]
    found = [words[-1]]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower().rstrip("-") in PARTICLES:
        start -= 1
    if start < len(words) - 1:
        found.insert(0, " ".join(words[start:]))
    if country in TWO_FAMILY_NAMES and len(words) >= 3 and start == len(words) - 1:
        found = [words[-1], " ".join(words[-2:]), *([words[-2]] if len(words) >= 4 else [])]
    if "-" in words[-1] and words[-1].lower().startswith(("al-", "el-", "as-", "ad-", "ar-", "an-", "ash-")):
        found.append(words[-1].split("-", 1)[1])
    return [word for word in dict.fromkeys(found) if len(fold(word)) > 2 or country in FAMILY_NAME_FIRST]


RESPELT = (("ö", "oe"), ("ü", "ue"), ("ä", "ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ø", "oe"), ("å", "aa"))
RUSSIAN = (
    ("Sergey", "Sergei"), ("Sergei", "Sergey"), ("Andrey", "Andrei"), ("Andrei", "Andrey"), ("Dmitry", "Dmitri"),
    ("Dmitry", "Dmitriy"), ("Alexander", "Aleksandr"), ("Aleksandr", "Alexander"), ("Alexey", "Alexei"),
    ("Aleksey", "Alexei"), ("Yury", "Yuri"), ("Yuri", "Yury"), ("Vasily", "Vasiliy"), ("Mikhail", "Mikhael"),
    ("Yevgeny", "Evgeny"), ("Evgeny", "Yevgeny"), ("Yevgeni", "Yevgeny"), ("Anatoly", "Anatoliy"),
    ("Anatoliy", "Anatoly"), ("Volodymyr", "Vladimir"), ("Oleksandr", "Alexander"), ("Nikolai", "Nikolay"),
    ("Nikolay", "Nikolai"), ("Georgy", "Georgi"), ("Valery", "Valeri"), ("Gennady", "Gennadi"), ("Igor", "Ihor"),
    ("Oleksiy", "Oleksii"), ("Andriy", "Andrii"), ("Serhiy", "Serhii"), ("Arseniy", "Arsenii"),
)
ARABIC = (("Mohammed", "Mohammad"), ("Mohammed", "Muhammad"), ("Mohammad", "Mohammed"), ("Mohamed", "Mohammed"),
          ("Muhammad", "Mohammed"), ("Mohammad", "Mohamed"), ("Ahmed", "Ahmad"), ("Ahmad", "Ahmed"),
          ("Hussein", "Hussain"), ("Hussain", "Hussein"), ("Hassan", "Hasan"), ("Yousef", "Youssef"),
          ("Khaled", "Khalid"), ("Omar", "Omer"), ("Abdullah", "Abdallah"), ("Abdallah", "Abdullah"),
          ("Faisal", "Faysal"), ("al-", "Al-"), ("Al-", "Al "), ("al-", "al "), ("Saud", "Saoud"))


def spellings(name: str) -> set[str]:
    """Other spellings made by rule: German letters, Russian and Arabic given names, middle names left out."""
    found: set[str] = set()
    german = name
    for mark, plain in RESPELT:
        german = german.replace(mark, plain)
    found.add(german)
    for rules in (RUSSIAN, ARABIC):
        for one, other in rules:
            if re.search(rf"\b{re.escape(one)}", name):
                found.add(re.sub(rf"\b{re.escape(one)}(?![a-z])" if one.isalpha() else re.escape(one), other, name))
    words = name.split()
    if len(words) == 3 and re.fullmatch(r"[A-Z]\.?", words[1]):
        found.add(f"{words[0]} {words[2]}")
    return {other for other in found if fold(other) != fold(name)}


def gender_of(name: str, country: str | None) -> str | None:
    """f or m where the given name leaves no doubt; None for all others."""
    words = fold(name).split()
    if not words or country in FAMILY_NAME_FIRST:
        return None
    first = words[0]
    if first in FEMALE and first not in MALE:
        return "f"
    return "m" if first in MALE else None


def person_rows(claims: list[Claim]) -> tuple[list[PersonRow], dict[str, str]]:
    """A row for each person of the claims, and our id for each claim's person key."""
    by_person: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_person[claim.person].append(claim)
    extra: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in hand("people"):
        extra[fold(row["name"])].append(row)
    rows, ids, taken = [], {}, set()
    order = sorted(by_person, key=lambda key: (-len(by_person[key]), key))
    for key in order:
        row = _person(key, by_person[key], extra, taken)
        taken.add(row.id)
        ids[key] = row.id
        rows.append(row)
    known = {fold(claim.name) for claim in claims} | {fold(name) for claim in claims for name in claim.other_names}
    lost = [row["name"] for entries in extra.values() for row in entries
            if not row["new"] and fold(row["name"]) not in known]
    if lost:
        raise ValueError(f"hand/people.csv: nobody of the tables is called {', '.join(sorted(lost))}")
    rows += [_hand_person(row, taken) for entries in extra.values() for row in entries if row.get("new")]
    return rows, ids


def join_namesakes(claims: list[Claim]) -> None:
    """Claims of one full name and one state become one person's: sources that know no id gave each their own key.

    Kept apart: two who have ids of their own ("Andris Bērziņš" twice), and names of one word. Who is known of no state
    (heads of international bodies) joins the only one so called.
    """
    named: dict[str, list[str]] = defaultdict(list)
    ids: dict[str, set[str]] = defaultdict(set)
    states: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        name = fold(claim.name)
        if len(name.split()) > 1 and claim.person not in named[name]:
            named[name].append(claim.person)
        ids[claim.person] |= {claim.qid} - {""}
        states[claim.person] |= {claim.of} if claim.of.startswith("st:") else set()
    joined: dict[str, str] = {}
    for keys in named.values():
        first, *others = sorted(keys, key=lambda key: (not ids[key], not states[key], key))
        for other in others:
            near = states[first] & states[other] or (len(keys) == 2 and not (states[first] and states[other]))
            if near and len(ids[first] | ids[other]) < 2:
                joined[other] = first
    for claim in claims:
        while claim.person in joined:
            claim.person = joined[claim.person]


def _person(key: str, claims: list[Claim], extra: dict[str, list[dict[str, str]]], taken: set[str]) -> PersonRow:
    names = Counter(claim.name for claim in claims)
    name = max(names, key=lambda one: (names[one], one))
    states = Counter(claim.of for claim in claims if claim.of.startswith("st:"))
    country = states.most_common(1)[0][0] if states else None
    others = {other for claim in claims for other in (claim.name, *claim.other_names) if other != name}
    notes = [row for spelling in (name, *others) for row in extra.get(fold(spelling), ())
             if not row.get("new") and row["country"] in ("", (country or "")[3:])]
    country = country or next((f"st:{row['country']}" for row in notes if row["country"]), None)
    aliases = {other for one in (name, *others) for other in spellings(one)} | others
    shorts = short_names(name, country)
    for row in notes:
        aliases |= {part.strip() for part in row["aliases"].split(";") if part.strip()}
        shorts = [part for part in row["shorts"].split(";") if part] or shorts
    if not any(row["shorts"] for row in notes):
        shorts += [short for other in others if len(other.split()) > 1 for short in short_names(other, country)]
    by_hand = any(row["shorts"] for row in notes)
    shorts = [short for short in _unlike(shorts)
              if by_hand or (fold(short) not in NEVER_ALONE and fold(short) not in GIVEN_NAMES)]
    aliases = {alias for alias in aliases if fold(alias) not in {fold(name), *map(fold, shorts)} and len(alias) > 3}
    gender = next((row["gender"] for row in notes if row["gender"]), None) or gender_of(name, country)
    qid = next((claim.qid for claim in claims if claim.qid), None)
    source = "wikidata" if qid else ";".join(sorted({source.split(":")[0] for claim in claims
                                                     for source in claim.sources}))
    return PersonRow(_id(name, country, taken), name, country, gender, None, qid, ";".join(shorts) or None,
                     ";".join(sorted(_unlike(sorted(aliases)))) or None, source + (";hand" if notes else ""))


def _hand_person(row: dict[str, str], taken: set[str]) -> PersonRow:
    country = f"st:{row['country']}" if row["country"] else None
    person = PersonRow(_id(row["name"], country, taken), row["name"], country, row["gender"] or None, None, None,
                       row["shorts"] or ";".join(short_names(row["name"], country)) or None, row["aliases"] or None,
                       "hand")
    taken.add(person.id)
    return person


def _unlike(names: list[str]) -> list[str]:
    """The names without those that fold to one already there."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name.strip())
    return [name for folded, name in found.items() if folded]


def _id(name: str, country: str | None, taken: set[str]) -> str:
    words = name.split()
    shorts = short_names(name, country)
    last = shorts[0] if shorts else words[-1]
    given = [word for word in words if word not in last.split()]
    if country in FAMILY_NAME_FIRST:
        given = [" ".join(given)] if given else []
    base = f"pe:{slug(last)}" + (f"-{slug(given[0])}" if given else "")
    for tail in ("", f"-{(country or 'x')[3:]}", *(f"-{number}" for number in range(2, 99))):
        if base + tail not in taken:
            return base + tail
    raise ValueError(f"too many people are called {name}")


def tenure_rows(claims: list[Claim], ids: dict[str, str]) -> list[TenureRow]:
    """The claims as rows of the compiled table."""
    found: dict[tuple[str, str, str, str], TenureRow] = {}
    for claim in claims:
        end = claim.end or None
        row = TenureRow(ids[claim.person], claim.kind, claim.of, claim.label or None, claim.since or None,
                        claim.until or None, end, claim.as_of or None, claim.acting or None, status_of(claim),
                        ";".join(sorted(claim.sources)))
        found.setdefault((row.person, row.office, row.of, row.since or ""), row)
    return list(found.values())
