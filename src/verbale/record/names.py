"""Names as they are compared: without case and marks."""

import unicodedata
from functools import lru_cache

# Letters without a decomposition that are often written plainly: ğ folds to g by itself, the ł of Wałęsa does not.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@lru_cache(100_000)
def folded(name: str) -> str:
    """A name in lower case without marks: Çavuşoğlu gives cavusoglu. White space is one blank."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).translate(_PLAIN).split())
