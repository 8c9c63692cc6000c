"""Letters of another script inside words: how many are read right, and that clean words are left alone.

Gold: the folder of corpora and treebanks (../shared). Words are taken from there and from CLDR's names at bench time;
look-alikes are put in by a list of this file's own, not by the table that the program reads them back with. Figures are
shares; `clean_changed` counts words, of `clean_words`.
"""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verbale.ingest.clean import cleaned
from verbale.ingest.letters import letter_repairs

SWAPS = {
    "latin_cyrillic": ("AaBCcEeHKMOoPpTXxyij", "АаВСсЕеНКМОоРрТХхуіј"),
    "latin_greek": ("ABEHIKMNOoPTXYZv", "ΑΒΕΗΙΚΜΝΟοΡΤΧΥΖν"),
    "cyrillic_latin": ("АаВСсЕеНКМОоРрТХху", "AaBCcEeHKMOoPpTXxy"),
}
LANGUAGES = ("tr", "de", "fr", "es", "pl", "el", "uk", "bg", "cs", "hu")
"""Whose names of territories, languages, currencies and days CLDR gives; English and Russian words are from texts."""
CLEAN_WORDS, MIXED_WORDS = 12_000, 3_000
_WORD = re.compile(r"[^\W\d_]{4,}")


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    english = sorted(_conllu_words(gold / "treebanks/UD_English-EWT"))
    russian = sorted(_russian_words(gold / "corpora/factrueval_ru.jsonl"))
    named = {language: sorted(_names(language)) for language in LANGUAGES}
    figures: dict[str, Any] = {}
    dice = random.Random(5)
    latin = [word for word in (*english, *named["tr"], *named["de"], *named["pl"]) if _is_of(word, "LATIN")]
    cyrillic = [word for word in (*russian, *named["uk"], *named["bg"]) if _is_of(word, "CYRILLIC")]
    for name, (there, foreign) in SWAPS.items():
        pairs = list(_mixed(latin if name.startswith("latin") else cyrillic, there, foreign, dice))
        figures[name] = round(sum(_read(mixed) == word for mixed, word in pairs) / len(pairs), 4)
        figures[f"{name}_words"] = len(pairs)
    share = CLEAN_WORDS // (len(LANGUAGES) + 2)
    clean = [word for words in (english, russian, *named.values())
             for word in dice.sample(words, min(share, len(words)))]
    clean += dice.sample(english + russian, max(0, CLEAN_WORDS - len(clean)))
    figures["clean_changed"] = sum(_is_changed(word) for word in clean)
    return {**figures, "clean_words": len(clean), "clean_languages": len(LANGUAGES) + 2}


def _mixed(words: list[str], there: str, foreign: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Words with one or two letters exchanged for foreign ones, less than half of the word."""
    swap = dict(zip(there, foreign))
    for word in dice.sample(words, len(words))[:2 * MIXED_WORDS]:
        places = [place for place, char in enumerate(word) if char in swap]
        chosen = dice.sample(places, min(len(places), dice.choice((1, 1, 2))))
        if chosen and 2 * len(chosen) < len(word):
            yield "".join(swap[char] if place in chosen else char for place, char in enumerate(word)), word


def _read(word: str) -> str:
    repairs = letter_repairs(word)
    return repairs[0].read_as if repairs else word


def _is_changed(word: str) -> bool:
    return bool(letter_repairs(word)) or cleaned(word)[0] != unicodedata.normalize("NFC", word)


def _is_of(word: str, script: str) -> bool:
    return all(unicodedata.name(char, "").startswith(script) for char in word)


def _one_script(word: str) -> bool:
    return any(_is_of(word, script) for script in ("LATIN", "CYRILLIC", "GREEK"))


def _conllu_words(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in sorted(folder.glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[:1].isdigit():
                found.update(_WORD.findall(line.split("\t")[1]))
    return {word for word in found if _one_script(word)}


def _russian_words(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as file:
        return {word for line in file for word in _WORD.findall(json.loads(line)["text"]) if _one_script(word)}


def _names(language: str) -> set[str]:
    """Words of the names that CLDR has in a language."""
    from babel import Locale

    locale = Locale.parse(language)
    tables = (locale.territories, locale.languages, locale.currencies, locale.scripts, locale.variants,
              *locale.months["format"].values(), *locale.days["format"].values())
    words = {word for table in tables for name in table.values() for word in _WORD.findall(str(name))}
    return {word for word in words if _one_script(word)}
