"""Actor phrases to state and sector."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from verbale.world.agents import agent_of

CASES = tomllib.loads((Path(__file__).parents[1] / "gold" / "agents.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_agents_gold(case):
    agent = agent_of(case["text"], case["day"])
    assert (agent.country, agent.sector) == (case.get("country"), case.get("sector")), agent.reason


def test_agents_office_decides_by_the_day():
    assert agent_of("Tony Blair", date(2003, 3, 20)).sector == "GOV"
    assert agent_of("Tony Blair", date(2015, 3, 20)).sector == "ELI"


def test_agents_surname_without_its_given_name_wants_a_role_or_nothing_before():
    assert agent_of("Foreign Minister Lavrov", date(2015, 3, 20)).actor == "pe:lavrov-sergey"
    assert agent_of("Wilfred Lavrov", date(2015, 3, 20)).actor is None


def test_agents_context_tells_the_state():
    assert agent_of("the foreign minister", date(2015, 3, 20), "talks in Norway").country == "NOR"


def test_agents_nothing_known_is_none():
    agent = agent_of("xyzzy")
    assert (agent.country, agent.sector, agent.code) == (None, None, None)
