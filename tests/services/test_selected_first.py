"""Work abroad: the employer's selection comes before the application."""

from typing import Any

import pytest

from app.services.case import load_case
from app.services.ports import Ports
from app.storage.database import Session
from permits.errors import Invalid
from permits.findings import Severity
from permits.programmes import Hiring
from tests.builders import ABROAD, Story
from tests.selected import select


@pytest.mark.feature("E6", "W7")
def test_nobody_hands_in_for_work_abroad_before_an_employer_chose(
    session: Session, ports: Ports
) -> None:
    answers: dict[str, Any] = {**ABROAD}
    story = Story(session, ports).start(Hiring.OPEN, programme="twap-canada", **answers)
    with pytest.raises(Invalid) as refused:
        story.hand_in()
    assert [(one.code, one.field) for one in refused.value.faults] == [("not-selected", "vacancy")]
    select(story).submit()
    case = load_case(story.work(story.setrass), story.id)
    assert case.offer is not None
    assert case.offer.hiring is Hiring.NAMED  # what was published as open is not stuck
    assert not [one for one in case.findings if one.severity is Severity.BLOCK]
