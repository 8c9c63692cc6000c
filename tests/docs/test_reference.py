"""No command and no table without its page, and no page that says what is no longer so."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("print_reference", ROOT / "docs" / "print_reference.py")
print_reference = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(print_reference)


def test_every_command_and_table_has_its_page_and_it_is_right():
    assert print_reference.faults() == []


def test_commands_below_commands_are_found():
    names = [" ".join(words) for words, _ in print_reference.commands()]
    assert {"verbale read", "verbale find statements", "verbale tables check"} <= set(names)


def test_links_between_our_pages_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}, which is not there"
