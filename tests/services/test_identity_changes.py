"""Another name under the same right: both agencies decide, the rounds stay, the card is another."""

import json
from datetime import date

import pytest

from app.services import identity_changes, queues
from app.services.case import load_case
from app.services.dossiers import read_dossier
from app.services.queues import QueueFilter
from app.storage import audit, credentials, rounds
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from permits.identity_changes import IdentityOutcome, IdentityReason
from permits.identity_documents import cui_remainder
from permits.issuing import CredentialState, RevocationReason
from permits.people import Agency
from permits.permit_claims import read_claims
from tests.builders import Story
from tests.renamed import ask, decide, other_data, renamed, right_of
from tests.rights import RightStory

OTHER = f"90000081{cui_remainder('90000081')}2004"
NAME, NEW = "María Ángela Gutiérrez Ñamendí", "María Ángela Gutiérrez de Paz"


@pytest.fixture
def permitted(story: Story) -> Story:
    return story.start().submit().approve().sign()


def cards(story: Story) -> list[tuple[CredentialState, RevocationReason | None, str]]:
    listed = credentials.list_of_right(story.session, story.ports.vault, right_of(story).id)
    return [
        (card.state, card.replacement_reason, read_claims(card.payload).full_name)
        for card in listed
    ]


def found(story: Story, text: str) -> int:
    return queues.list_queue(story.work(story.setrass), QueueFilter(text=text)).total


@pytest.mark.feature("O15")
def test_both_agencies_approve_one_digest_and_the_next_card_says_the_new_name(
    permitted: Story,
) -> None:
    before = right_of(permitted)
    change = ask(permitted)
    seen = read_dossier(permitted.work(permitted.inm), permitted.id).identity_change
    assert seen is not None
    assert [(d.field, d.mine, d.theirs) for d in seen.change.differences] == [
        ("surnames", "Gutiérrez Ñamendí", "Gutiérrez de Paz")
    ]
    assert seen.obstacle is None
    work = permitted.work(permitted.setrass)
    half = identity_changes.decide_change(work, permitted.id, "", granted=True)
    assert (half.outcome, half.waiting_for) == (IdentityOutcome.ASKED, (Agency.INM,))
    assert [one[2] for one in cards(permitted)] == [NAME]
    with pytest.raises(Conflict, match="agency-already-decided"):
        identity_changes.decide_change(work, permitted.id, "", granted=True)
    work = permitted.work(permitted.inm)
    done = identity_changes.decide_change(work, permitted.id, "", granted=True)
    permitted.sign()
    assert (done.outcome, done.digest) == (IdentityOutcome.GRANTED, change.digest)
    assert cards(permitted) == [
        (CredentialState.ISSUED, RevocationReason.IDENTITY_CHANGED, NEW),
        (CredentialState.REPLACED, None, NAME),
    ]
    after = right_of(permitted)
    assert (after.digest, after.round, after.valid_until) == (
        before.digest,
        before.round,
        before.valid_until,
    )


@pytest.mark.feature("O15")
def test_what_was_decided_stays_readable_and_both_names_find_the_case(permitted: Story) -> None:
    renamed(permitted).sign()
    kept = rounds.find_round(permitted.session, permitted.ports.vault, permitted.id, 1)
    assert kept is not None
    assert json.loads(kept.content)["answers"]["surnames"] == "Gutiérrez Ñamendí"
    assert load_case(permitted.work(permitted.setrass), permitted.id).answers.full_name == NEW
    for name in ("Ñamendí", "de Paz", "nombre: gutierrez"):
        assert found(permitted, name) == 1
    acts = [event.act for event in audit.list_events(permitted.session, right_of(permitted).id)]
    assert acts.count(Act.IDENTITY_CHANGE_ASKED) == 1
    assert acts.count(Act.IDENTITY_CHANGE_DECIDED) == 2
    number = permitted.application.worker_number
    ask(permitted, document_number=OTHER)  # the next change goes on from the new name
    assert decide(permitted).before.surnames == "Gutiérrez de Paz"
    assert permitted.application.worker_number == number
    assert found(permitted, f"documento: {OTHER}") == 1


@pytest.mark.feature("O15")
def test_a_refusal_says_why_and_leaves_everything(permitted: Story) -> None:
    ask(permitted)
    with pytest.raises(Invalid) as refused:
        identity_changes.decide_change(
            permitted.work(permitted.inm), permitted.id, " ", granted=False
        )
    assert [one.code for one in refused.value.faults] == ["refusal-without-reason"]
    assert decide(permitted, granted=False).outcome is IdentityOutcome.REFUSED
    assert [one[2] for one in cards(permitted)] == [NAME]
    with pytest.raises(Conflict, match="no-identity-change"):
        decide(permitted)
    ask(permitted)
    identity_changes.withdraw_change(permitted.work(permitted.worker), right_of(permitted).id)
    with pytest.raises(Conflict, match="no-identity-change"):
        decide(permitted)


@pytest.mark.feature("O15")
def test_an_approval_is_for_the_data_that_were_looked_at_and_no_others(permitted: Story) -> None:
    looked_at = ask(permitted)
    identity_changes.withdraw_change(permitted.work(permitted.worker), right_of(permitted).id)
    ask(permitted, surnames="Otra Persona")  # while the official reads
    work = permitted.work(permitted.setrass)
    with pytest.raises(Stale, match="changed-meanwhile"):
        identity_changes.decide_change(work, permitted.id, "", granted=True, seen=looked_at.digest)
    waiting = identity_changes.find_waiting(work, right_of(permitted).id)
    assert waiting is not None
    assert (waiting.approvals, waiting.outcome) == ({}, IdentityOutcome.ASKED)


@pytest.mark.feature("O15")
def test_what_proves_nothing_or_stands_on_nothing_is_refused(permitted: Story) -> None:
    work, right = permitted.work(permitted.worker), right_of(permitted).id
    told = other_data(permitted, surnames="Gutiérrez Ñamendí")
    wrong = other_data(permitted, surnames="4", date_of_birth=date(2010, 1, 1))
    for data, faults in (
        (told, ["nothing-changed", "evidence-missing"]),
        (wrong, ["underage", "name-characters", "evidence-missing"]),
    ):
        with pytest.raises(Invalid) as refused:
            identity_changes.ask_change(work, right, data, IdentityReason.MISTYPED, None)
        assert sorted(f.code for f in refused.value.faults) == sorted(faults)
    ask(permitted)
    with pytest.raises(Conflict, match="identity-change-asked"):
        ask(permitted)
    with pytest.raises(Forbidden):
        identity_changes.decide_change(
            permitted.work(permitted.worker), permitted.id, "", granted=True
        )
    stranger = Story(permitted.session, permitted.ports).start()
    with pytest.raises(NotFound):
        identity_changes.withdraw_change(stranger.work(stranger.worker), right)
    RightStory(permitted).suspend()
    with pytest.raises(Conflict, match="right-not-active"):
        decide(permitted)
    assert permitted.application.status.value == "approved"
    assert Opinion.APPROVE in {d.opinion for d in load_case(work, permitted.id).decisions}
