"""The letters of what time, an office or the service did to a case: what each says, and to whom."""

from uuid import uuid4

import pytest

from app.services import answer_terms, credentials, measure_drafts
from app.services.prints import print_letter
from permits import permit_numbers
from permits.approvals import Opinion
from permits.errors import Conflict, Forbidden, NotFound
from permits.info_requests import Question, QuestionKind
from permits.issuing import RevocationReason
from permits.people import SYSTEM, Actor, Agency, PersonId, Role
from tests.barred import bar
from tests.builders import Story
from tests.lapsed import lapsed
from tests.papers import words_of
from tests.rights import RightStory, signed

pytestmark = pytest.mark.feature("O18")
DRAFT = "BORRADOR – NO VÁLIDO"


def said(story: Story, language: str = "es", actor: Actor | None = None) -> str:
    return words_of(print_letter(story.work(actor or story.worker), story.id, language))


def test_who_did_not_answer_reads_until_when_they_may_go_on(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)
    assert answer_terms.lapse_returned(story.later(days=15).work(SYSTEM)) == 1
    told = said(story)
    assert "El 8 de diciembre de 2026 se cerró su solicitud." in told
    assert "Puede seguir con ella hasta el 7 de enero de 2027, una sola vez." in told
    assert "You may go on with it until 7 January 2027, once only." in said(story, "en")
    assert said(story, actor=story.setrass) == told
    story.later(days=31)
    assert "Puede seguir con ella" not in said(story)  # that term is over


def test_what_is_asked_is_on_paper_with_its_last_day(story: Story) -> None:
    story.start().submit().ask(
        Question(QuestionKind.FACT, "¿Quién firma su contrato?"),
        Question(QuestionKind.EXPLANATION, "¿Por qué cambió de finca?"),
    )
    told = said(story)
    for part in ("¿Quién firma su contrato?", "¿Por qué cambió de finca?", "(SETRASS) le preguntó"):
        assert part in told
    assert "Responda a más tardar el 7 de diciembre de 2026." in told
    story.answer()
    with pytest.raises(Conflict, match="no-letter"):
        said(story)


def test_who_chose_a_barred_employer_is_told_to_choose_other_work(story: Story) -> None:
    story.start().submit()
    bar(story)
    told = said(story)
    assert "no se puede seguir con el trabajo que usted eligió" in told
    assert "Usted no hizo nada malo." in told
    assert "Elija otro trabajo a más tardar el 7 de diciembre de 2026." in told


def test_a_right_that_nobody_took_up_ends_with_a_letter(story: Story) -> None:
    told = said(lapsed(story))
    assert "porque nadie lo usó. No viaje con él." in told
    assert "Nadie le castiga por eso." in told


def test_a_right_that_its_worker_ended_has_no_letter_of_a_suspension(story: Story) -> None:
    lived = signed(story).suspend().reinstate()
    assert "Su permiso vale otra vez" in said(story)
    lived.end()
    with pytest.raises(Conflict, match="no-letter"):
        said(story)


def revoke_card(lived: RightStory) -> None:
    card, work = lived.permit.credential, lived.story.work(lived.officers[Agency.INM])
    reason = RevocationReason.WRONG_DATA
    credentials.revoke_credential(work, card.id, reason, seen_version=card.version)


def test_a_card_that_an_office_cancelled_says_that_the_right_stands(story: Story) -> None:
    lived = signed(story)
    revoke_card(lived)
    told, number = said(story), permit_numbers.show(lived.permit.credential.number)
    for part in (f"anuló el permiso {number}", "sigue en pie", "Tiene datos equivocados"):
        assert part in told
    lived.suspend()
    assert "Su permiso está suspendido" in said(story)  # what weighs more is told first


def test_a_dropped_proposal_is_told_as_its_draft_said(story: Story) -> None:
    lived = signed(story).propose()
    assert "Proponen revocar su permiso" in said(story)
    chief = lived.supervisors[Agency.INM]
    seen = words_of(measure_drafts.preview_drop(story.work(chief), story.id, "es"))
    assert DRAFT in seen
    assert "Proponen revocar su permiso" in said(story)  # nothing was dropped
    lived.drop(chief)
    told = said(story)
    assert "dejó de proponer que se revoque su permiso" in told
    assert seen.replace(DRAFT, "").split() == told.split()
    lived.story.later(hours=1)
    lived.suspend()
    assert "Su permiso está suspendido" in said(story)
    lived.reinstate()
    assert "Su permiso vale otra vez" in said(story)  # the newest is told


def test_only_who_may_drop_a_proposal_sees_its_draft(story: Story) -> None:
    signed(story).propose()
    with pytest.raises(Forbidden):
        measure_drafts.preview_drop(story.work(story.worker), story.id, "es")


def test_nobody_else_has_it(story: Story) -> None:
    story.start().submit().ask(Question(QuestionKind.FACT, "¿Quién firma?"))
    for stranger in (Role.WORKER, Role.FACILITATOR):
        with pytest.raises(NotFound):
            said(story, actor=Actor(PersonId(uuid4()), stranger))
