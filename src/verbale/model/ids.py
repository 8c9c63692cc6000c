"""Ids that are hashes of content: the same thing found twice has one id, whoever found it, in whatever order."""

import hashlib

ID_BYTES = 10  # 80 bits: at 10**9 records the chance of any two alike is below one in a million


def content_id(prefix: str, *parts: object) -> str:
    """An id such as `ev-3f0c2a…`: the prefix says what it names, the rest is a hash of the parts in their order."""
    digest = hashlib.blake2b(digest_size=ID_BYTES)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\x1f")
    return f"{prefix}-{digest.hexdigest()}"


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex; what a receiver needs to check a copy of his own."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
