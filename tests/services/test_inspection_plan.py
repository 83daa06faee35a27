"""Farms to be inspected next: by what is known of each, without anybody's name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import inspection_plan
from app.storage import wanted_cases
from app.storage.measures import Against
from app.storage.wanted_cases import WantedCase
from permits.audit import Act
from permits.errors import Forbidden
from permits.people import SYSTEM, Role
from recruitment.inspection_plan import Sign
from recruitment.standings import MeasureKind
from recruitment.wanted_cases import Grade, Ground, Wanted
from tests.builders import Story, add_official
from tests.farmed import add_farm, another_employer, owner_of
from tests.hirers import inspect, measure


@pytest.mark.feature("E10")
def test_the_farm_with_the_gravest_signs_comes_first_and_each_sign_is_shown(story: Story) -> None:
    work = story.work(SYSTEM)
    first, second, quiet = (another_employer(story) for _ in range(3))
    grave, seen = add_farm(work, first, "Grave"), add_farm(work, second, "Vista")
    calm = add_farm(work, quiet, "Tranquila")
    for farm in (seen, calm):
        inspect(work, farm)
    measure(work, Against(second), MeasureKind.FINE)
    for ago in (1, 400):  # the old one counts no more
        wanted = Wanted(Grade.S1, Ground.EX_OFFICIO)
        at = story.now - timedelta(days=ago)
        case = WantedCase(uuid4(), "coffee-hn-gt", wanted, (), at, first if ago == 1 else quiet)
        event = work.event(Act.CASE_WANTED, case.id, {"grade": "s1", "ground": "ex-officio"})
        wanted_cases.add_wanted(story.session, story.ports.vault, case, event=event)
    many = text(  # of an employer whose name comes before the others
        "INSERT INTO farms (id, registration, name, municipality, housed, grower, added_at)"
        " SELECT gen_random_uuid(), registration, '', municipality, 0, grower, added_at"
        " FROM farms, generate_series(1, 500) WHERE id = :calm"
    )
    story.session.execute(many, {"calm": calm})
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    ours = {grave: "grave", seen: "seen", calm: "calm"}
    planned = [
        (ours[one.farm.id], {sign for sign, _ in one.score.parts})
        for one in inspection_plan.plan(story.work(inspector))
        if one.farm.id in ours
    ]
    assert planned == [
        ("grave", {Sign.PATTERN, Sign.NEVER_INSPECTED}),
        ("seen", {Sign.MEASURE}),
    ]
    with pytest.raises(Forbidden):
        inspection_plan.plan(story.work(owner_of(first)))
