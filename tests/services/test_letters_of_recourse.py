"""Letters, page and law tell one term of recourse: that of the programme, whatever it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.adapters.texts import LETTERS
from app.services import appeals, prints
from app.services.case import load_case
from app.services.ports import Ports
from app.storage.database import Session
from app.web.i18n import locale_for
from app.web.wording.right_letters import AGAINST, PAPERS
from permits.appeals import Against, Chance
from permits.approvals import Opinion
from permits.errors import Conflict
from tests import outside
from tests.agencies import knowing
from tests.builders import Story
from tests.papers import words_of
from tests.rights import signed


@pytest.fixture
def ports() -> Ports:
    """A coffee programme with four working days for the first step, and seven for the second."""
    ports = outside.ports()
    coffee = ports.reference.programmes["coffee-hn-gt"]
    every = dict(coffee.versions.thresholds)
    for path, days in (("reconsideration", 4), ("appeal", 7)):
        name = f"clocks.{path}_working_days"
        every[name] = tuple(replace(one, value=days) for one in every[name])
    return knowing(ports, replace(coffee, versions=replace(coffee.versions, thresholds=every)))


def refused(story: Story) -> Story:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    return story.decide(story.inm, Opinion.REFUSE)


def revoked(story: Story) -> Story:
    signed(story).propose().confirm()
    return story


def chance(story: Story) -> Chance:
    work = story.work(story.worker)
    found = appeals.recourse_of(work, load_case(work, story.id)).chance
    assert found is not None
    return found


@pytest.mark.feature("O9", "O10", "O16", "O18")
@pytest.mark.parametrize("live", [refused, revoked])
def test_the_letter_tells_the_term_that_the_law_holds_to(
    story: Story, session: Session, live: Callable[[Story], Story]
) -> None:
    live(story)
    until = chance(story).last_day
    assert until.isoformat() == "2026-11-27"  # from Monday the 23rd, which does not count
    letter = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))
    assert f"a más tardar el {locale_for('es').day(until)}. Son 4 días hábiles." in letter
    assert "Tiene 7 días hábiles." in letter
    assert "10 días" not in letter
    late = story.later(days=5)
    with pytest.raises(Conflict, match="recourse-too-late"):
        appeals.file_appeal(late.work(late.worker), late.id, "No es así.")
    on_time = late.later(days=-1)
    appeals.file_appeal(on_time.work(on_time.worker), on_time.id, "No es así.")


NAMES_A_RECOURSE = ("reposición", "apelar", "apelación", "reclamar", "recurso")


def test_each_letter_that_offers_a_recourse_has_a_measure_behind_it() -> None:
    letters = {paper: words for paper, words in PAPERS.items() if paper in LETTERS}
    offering = {
        paper
        for paper, words in letters.items()
        if any(name in text.lower() for text in words.values() for name in NAMES_A_RECOURSE)
    }
    assert set(LETTERS) == set(letters)
    assert offering == set(AGAINST)
    assert set(AGAINST.values()) == set(Against)


@pytest.mark.feature("O16", "O18")
def test_a_suspension_tells_what_can_be_done_instead(story: Story) -> None:
    signed(story).suspend()
    letter = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))
    assert "Otra persona de la misma institución puede terminar antes la suspensión." in letter
    with pytest.raises(Conflict, match="no-recourse-left"):
        appeals.file_appeal(story.work(story.worker), story.id, "No es así.")
