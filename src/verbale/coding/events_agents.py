"""What unnamed people are by their words, as sectors of an actor code: "opposition leader" is OPP, "rebels" REB."""

from functools import lru_cache

import msgspec

from verbale.tables.load import csv_rows, data_folder

LONGEST = 3


class AgentRow(msgspec.Struct, frozen=True):
    """A word for people, with the CAMEO sector that its bearers act for."""

    words: str
    office: str | None
    sector: str | None
    gender: str | None
    countries: str | None
    body: str | None
    plural: str | None
    source: str


class RoleRow(msgspec.Struct, frozen=True):
    """A word or phrase of the world tables that says what kind of actor someone is."""

    phrase: str
    sector: str
    second: str | None = None
    weight: float | None = None
    country: str | None = None
    source: str = ""


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in csv_rows(data_folder() / "world" / "role_words.csv", RoleRow):
        found.setdefault(row.phrase.lower(), row.sector)
    for agent in csv_rows(data_folder() / "identify" / "roles.csv", AgentRow):
        if agent.sector:
            found[agent.words] = agent.sector
            found[agent.plural or f"{agent.words}s"] = agent.sector
    return found | {f"{words}s": sector for words, sector in found.items() if f"{words}s" not in found}


def sector_of_words(words: str) -> str | None:
    """The sector of the longest word for people in a phrase, of equals the last before "of"; None where none is."""
    parts = words.lower().replace(",", " ").split(" of ")[0].split()
    for length in range(LONGEST, 0, -1):
        for start in range(len(parts) - length, -1, -1):
            sector = _sectors().get(" ".join(parts[start : start + length]))
            if sector is not None:
                return sector
    return None
