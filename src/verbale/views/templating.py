"""Our page templates. Everything put into them is escaped."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@lru_cache(maxsize=1)
def templates() -> Environment:
    return Environment(loader=PackageLoader("verbale.views", "templates"), autoescape=True, undefined=StrictUndefined)


def page(template: str, **values: Any) -> str:
    """A template filled in."""
    return templates().get_template(template).render(**values)
