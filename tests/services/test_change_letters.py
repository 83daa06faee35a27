"""The letters of another employer and of other identity data, and their drafts at the desk."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from app.services import change_letters, employer_changes, identity_changes, pool_ends
from app.services.change_letters import ChangeLetter, preview_employer, preview_identity
from app.storage import audit
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.prints import Measure
from tests import renamed
from tests.agreed import agree
from tests.builders import Story
from tests.papers import words_of
from tests.pools import with_pool
from tests.services import test_employer_changes as farms
from tests.services.test_employer_changes import permitted as permitted
from tests.services.test_employer_changes import right_of
from tests.services.test_pool_asks import named

pytestmark = pytest.mark.feature("O15", "O18", "W21")
DRAFT = "BORRADOR – NO VÁLIDO"
WHY = "La finca no tiene plazas."


def letters(story: Story) -> list[ChangeLetter]:
    return list(change_letters.list_letters(story.work(story.worker), right_of(story)))


def said(
    story: Story, change: UUID | None = None, language: str = "es", actor: Actor | None = None
) -> str:
    work, wish = story.work(actor or story.worker), change or letters(story)[0].change
    return words_of(change_letters.print_change(work, story.id, wish, language))


def test_a_refused_employer_is_told_with_why_and_no_term_that_no_law_gives(
    permitted: Story,
) -> None:
    farms.change(permitted, granted=False)
    assert [one.measure for one in letters(permitted)] == [Measure.EMPLOYER_REFUSED]
    told = said(permitted)
    for part in ("no aceptó su trabajo con", WHY, "Su permiso sigue igual.", "(SETRASS)"):
        assert part in told
    assert "apelar" not in told
    assert "did not accept your work for" in said(permitted, language="en")


def test_a_granted_employer_is_told_with_the_terms_of_the_work(permitted: Story) -> None:
    farms.change(permitted)
    told = said(permitted)
    for part in ("aceptó su trabajo con", "Los días de su permiso no cambian.", "Salario"):
        assert part in told
    assert "El permiso que tenía ya no vale." in told


def test_refused_and_granted_data_are_told(permitted: Story) -> None:
    renamed.ask(permitted)
    renamed.decide(permitted, granted=False)
    told = said(permitted)
    for part in ("(SETRASS) no aceptó el cambio de sus datos", "La partida no se lee."):
        assert part in told
    renamed.renamed(permitted.later(days=1))
    told = said(permitted)
    assert "aceptaron su cambio todas las instituciones" in told
    assert "Gutiérrez de Paz" in told  # by the name that counts now
    measures = [one.measure for one in letters(permitted)]
    assert measures == [Measure.IDENTITY_GRANTED, Measure.IDENTITY_REFUSED]


def test_a_wish_that_waits_or_was_withdrawn_has_no_letter(permitted: Story) -> None:
    farms.ask(permitted)
    waiting = employer_changes.find_waiting(
        permitted.work(permitted.setrass), right_of(permitted).id
    )
    assert waiting is not None
    with pytest.raises(NotFound, match="no-letter"):
        said(permitted, waiting.id)
    employer_changes.withdraw_change(permitted.work(permitted.worker), right_of(permitted).id)
    assert letters(permitted) == []
    with pytest.raises(NotFound, match="no-letter"):
        said(permitted, waiting.id)


def test_an_officials_reading_is_logged_and_nobody_else_reads(permitted: Story) -> None:
    farms.change(permitted, granted=False)
    wish = letters(permitted)[0].change
    before = len(audit.list_events(permitted.session, permitted.id))
    assert said(permitted, wish, actor=permitted.inm) == said(permitted, wish)
    read = audit.list_events(permitted.session, permitted.id)[before:]
    assert [(one.act, one.facts) for one in read] == [(Act.APPLICATION_READ, {"purpose": "letter"})]
    for stranger in (Role.WORKER, Role.FACILITATOR):
        with pytest.raises(NotFound):
            said(permitted, wish, actor=Actor(PersonId(uuid4()), stranger))


def test_a_change_that_nobody_can_make_any_more_is_told_as_no_fault(session: Session) -> None:
    story = Story(session, with_pool())
    named(story)
    assert pool_ends.end_hopeless(story.later(days=200).work(SYSTEM)) == 1
    told = said(story)
    for part in ("se cerró su pedido de trabajar con", "Esto no cuenta en su contra."):
        assert part in told
    assert [one.measure for one in letters(story)] == [Measure.EMPLOYER_LAPSED]


@pytest.mark.parametrize("granted", [True, False])
def test_the_draft_of_an_employer_is_the_letter_itself(permitted: Story, granted: bool) -> None:
    farms.ask(permitted)
    agree(permitted)
    note = "" if granted else WHY
    work = permitted.work(permitted.setrass)
    seen = words_of(preview_employer(work, permitted.id, note, "es", granted=granted))
    assert DRAFT in seen
    assert letters(permitted) == []  # nothing was decided
    farms.decide(permitted, granted, note=note)
    assert seen.replace(DRAFT, "").split() == said(permitted).split()


def test_the_draft_of_identity_data_is_the_letter_itself(permitted: Story) -> None:
    renamed.ask(permitted)
    setrass, inm = permitted.work(permitted.setrass), permitted.work(permitted.inm)
    with pytest.raises(Conflict, match="no-letter"):  # INM has not said its word
        preview_identity(setrass, permitted.id, "", "es", granted=True)
    no = words_of(preview_identity(setrass, permitted.id, "No se lee.", "es", granted=False))
    assert DRAFT in no
    assert "No se lee." in no
    identity_changes.decide_change(setrass, permitted.id, "", granted=True)
    seen = words_of(preview_identity(inm, permitted.id, "", "es", granted=True))
    identity_changes.decide_change(inm, permitted.id, "", granted=True)
    assert seen.replace(DRAFT, "").split() == said(permitted).split()


Draft = Callable[..., bytes]


@pytest.mark.parametrize("draft", [preview_employer, preview_identity])
def test_only_who_may_decide_sees_a_draft_and_of_the_wish_that_was_seen(
    permitted: Story, draft: Draft
) -> None:
    def refused(actor: Actor, note: str = WHY, seen: str | None = None) -> type[DomainError]:
        with pytest.raises(DomainError) as refusal:
            draft(permitted.work(actor), permitted.id, note, "es", granted=False, seen=seen)
        return type(refusal.value)

    assert refused(permitted.worker) is Forbidden
    assert refused(permitted.setrass) is Conflict  # nothing is asked
    if draft is preview_employer:
        farms.ask(permitted)
        assert refused(permitted.inm) is Forbidden
    else:
        renamed.ask(permitted)
    assert refused(permitted.setrass, note=" ") is Invalid
    assert refused(permitted.setrass, seen="0" * 64) is Stale
