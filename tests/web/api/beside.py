"""What lies beside a case in some states of the examples, by state."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.builders import Story
from tests.web.api.operations import on_shown_paper
from tests.web.api.own_abroad import add_abroad, add_cared_farm, choose, to_attest
from tests.web.api.own_complaints import add_done_remedy, number_of_one, open_form
from tests.web.api.own_farms import add_failing_farm, add_own_farm, hired
from tests.web.api.own_pools import add_ask, add_open, known_mark, marked
from tests.web.api.own_repayments import claimed, in_parts, named_by, with_days
from tests.web.api.own_vacancies import add_own
from tests.web.api.world import Steps, World

BESIDE: Mapping[str, Steps] = {
    **{"hired": hired, "marked": marked},
    **{"claimed": claimed, "planned": with_days, "in-parts": in_parts},
}
"""How some of these states are lived."""


def beside(world: World, story: Story) -> Mapping[str, Callable[[], Mapping[str, Any]]]:
    """What each state adds, made when it is asked for."""
    return {
        "written": lambda: {"vacancy": add_own(world)},
        "farmed": lambda: {"farm": add_own_farm(world)},
        "inspected": lambda: add_failing_farm(world),
        "cared": lambda: add_cared_farm(world),
        "selecting": lambda: {"vacancy": add_abroad(world)},
        "chosen": lambda: choose(world, story),
        "pooled": lambda: {"vacancy": add_open(world)},
        "pool-asked": lambda: {"ask": add_ask(world, story)},
        "marked": lambda: known_mark(world, story),
        "attesting": lambda: to_attest(world),
        "complaining": lambda: {"form": open_form(world), "digits": number_of_one(world)},
        "shown": lambda: {"note": on_shown_paper(world, story)["ids"]["note"]},
        **dict.fromkeys(("claimed", "planned", "in-parts"), lambda: named_by(world, story)),
        "remedied": lambda: {**add_done_remedy(world)},
    }
