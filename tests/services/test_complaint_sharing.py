"""What leaves the desk: hand-overs that wait for their target, and shields that name no case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from app.services import (
    complaint_acts,
    complaint_desk,
    complaint_nights,
    complaint_notes,
    complaint_referrals,
)
from app.services.complaint_notes import NoteKind
from app.services.complaint_referrals import Answer, HandOver
from app.services.effects import EffectFailed, postpone_effect, run_next_effect
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound
from permits.people import Actor, Role
from permits.permit_numbers import show
from recruitment.complaints.moves import Action
from recruitment.complaints.referrals import Channel, ReferralAction, ReferralState, Report
from recruitment.complaints.words import (
    Flag,
    Outcome,
    ReferralTarget,
    Request,
    Status,
)
from tests.builders import Story, add_official
from tests.complained import Office
from tests.complaint_desk import SECRET, Desk
from tests.rights import signed


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


@pytest.mark.feature("H5")
def test_an_accused_official_goes_outside_and_stays_open_until_the_target_confirms(
    desk: Desk, story: Story
) -> None:
    desk.take().act(Action.SCREEN)
    desk.accept(flags=frozenset({Flag.OFFICIAL_ACCUSED}))
    assert desk.opened().targets == (ReferralTarget.CONADEH, ReferralTarget.PUBLIC_PROSECUTOR)
    with pytest.raises(Conflict, match="goes-outside"):
        desk.act(Action.INVESTIGATE)
    said = HandOver(ReferralTarget.CONADEH, Channel.EMAIL, SECRET, "quejas@conadeh.example")
    code = complaint_referrals.hand_over(
        desk.by(), desk.token(), desk.complaint, said, seen=desk.seen
    )
    (referral,) = desk.opened().handled.referrals
    with pytest.raises(Conflict, match="goes-outside"):
        desk.act(Action.INVESTIGATE)
    visitor = desk.office.work(now=desk.now)
    with pytest.raises(NotFound):
        complaint_referrals.open_package(visitor, referral.id, "0000 0000 0000 0000")
    opened = complaint_referrals.open_package(visitor, referral.id, code)
    assert (opened.summary, opened.facts["severity"]) == (SECRET, "s2")
    complaint_referrals.answer_by_code(
        visitor, referral.id, code, Answer(ReferralAction.CONFIRM, "C-77")
    )
    complaint_referrals.answer_by_code(
        visitor, referral.id, code, Answer(ReferralAction.CONFIRM)
    )  # again
    with pytest.raises(Conflict, match="no-such-referral-move"):
        complaint_referrals.answer_by_code(
            visitor, referral.id, code, Answer(ReferralAction.DECLINE)
        )
    (referral,) = desk.opened().handled.referrals
    assert (referral.state, referral.number) == (ReferralState.CONFIRMED, "C-77")
    desk.act(Action.INVESTIGATE)
    told = story.session.execute(
        text("SELECT payload::text AS said FROM outbox WHERE key LIKE 'complaint-referred%'")
    ).scalar_one()
    assert "CANARIO" not in told
    assert code.replace(" ", "") not in told.replace(" ", "")


@pytest.mark.feature("H5", "D1")
def test_a_partner_authority_confirms_its_own_and_reads_no_content(
    desk: Desk, story: Story
) -> None:
    desk.take().act(Action.SCREEN)
    for target in (ReferralTarget.MINTRAB_GT, ReferralTarget.CONADEH, ReferralTarget.CONSULATE_GT):
        said = HandOver(target, Channel.LETTER, SECRET)
        complaint_referrals.hand_over(desk.by(), desk.token(), desk.complaint, said, seen=desk.seen)
    mintrab, consulate, conadeh = sorted(
        desk.opened().handled.referrals, key=lambda one: one.target.value, reverse=True
    )
    partner = add_official(story.session, story.ports, Role.COMPLAINT_HANDLER)
    authority = desk.office.work(
        Actor(partner.person, Role.PARTNER_AUTHORITY, country="GTM"), desk.now
    )
    ((listed, reference),) = complaint_referrals.list_own(authority)
    assert listed.id == mintrab.id
    assert reference == desk.opened().reference
    complaint_referrals.answer_by_account(
        authority, mintrab.id, Answer(ReferralAction.CONFIRM, "GT-1")
    )
    consul = desk.office.work(
        Actor(partner.person, Role.CONSULATE_OFFICER, country="GTM"), desk.now
    )
    for work, foreign in ((authority, conadeh), (authority, consulate), (consul, mintrab)):
        with pytest.raises(Hidden):
            complaint_referrals.answer_by_account(work, foreign.id, Answer(ReferralAction.CONFIRM))
    complaint_referrals.answer_by_account(consul, consulate.id, Answer(ReferralAction.CONFIRM))
    complaint_referrals.answer_by_phone(desk.by(), conadeh.id, Answer(ReferralAction.DECLINE))
    report = Answer(ReferralAction.REPORT)
    with pytest.raises(Invalid):
        complaint_referrals.answer_by_account(authority, mintrab.id, report)
    for what in (Report.ATTENDED, Report.INVESTIGATING):
        said_it = replace(report, report=what)
        complaint_referrals.answer_by_account(authority, mintrab.id, said_it)
        assert {one.report for one in desk.opened().handled.referrals} == {None, what}
    with pytest.raises(Forbidden):
        complaint_desk.open_on_desk(authority, "", desk.complaint)
    desk.act(Action.REFER_OUT, "Lo atiende MINTRAB.")
    assert desk.status is Status.REFERRED_OUT


@pytest.mark.feature("N12", "H2", "H6")
def test_protection_shields_the_permit_and_no_row_leads_from_it_to_the_case(
    desk: Desk, story: Story
) -> None:
    lived = signed(story)
    number = show(lived.permit.credential.number)
    desk.take().act(Action.SCREEN)
    desk.accept()
    complaint_acts.protect(desk.by(), desk.token(), desk.complaint, SECRET, number, seen=desk.seen)
    assert Flag.PROTECTION in desk.opened().handled.filed.flags
    complaint_notes.add_note(
        desk.by(), desk.token(), desk.complaint, NoteKind.PERSONAL, "Sólo para mí."
    )
    complaint_notes.add_note(
        desk.by(), desk.token(), desk.complaint, NoteKind.INTERNAL, "Para la oficina."
    )
    read = [
        [one.words for one in opened.content.notes]  # type: ignore[union-attr]
        for opened in (desk.opened(), desk.opened(1))
    ]
    assert sorted(read[0]) == ["Para la oficina.", "Sólo para mí."]
    assert read[1] == ["Para la oficina."]
    shield = story.session.execute(text("SELECT * FROM permit_shields ORDER BY id")).one()
    dump = _dump_of_complaints(story)
    assert "CANARIO" not in dump
    assert str(shield.id) not in dump
    assert str(shield.worker) not in dump
    desk.find(Outcome.UNSUBSTANTIATED)
    desk.act(Action.CLOSE_NO_ACTION, "No se pudo comprobar.")
    ends_on = story.session.execute(text("SELECT ends_on FROM permit_shields")).scalar_one()
    assert ends_on == date(2026, 11, 23) + timedelta(days=90)
    desk.says("Apelo.", Request.APPEAL)
    desk.act(Action.APPEAL, "Pidió apelar.")
    third = desk.office.handlers.index(desk.office.join())
    desk.act(Action.UPHOLD, "Queda así.", number=third)
    assert desk.status is Status.CLOSED_UPHELD
    _shredded(desk, story)


@pytest.mark.feature("H1", "D1")
def test_who_found_approved_or_closed_decides_no_appeal(desk: Desk) -> None:
    closer = desk.office.handlers.index(desk.office.join())
    other = desk.office.handlers.index(desk.office.join())
    desk.take().act(Action.SCREEN)
    desk.accept()
    desk.find(Outcome.UNSUBSTANTIATED)
    desk.take(closer)
    desk.act(Action.CLOSE_NO_ACTION, "No se pudo comprobar.", closer)
    desk.says("Apelo.", Request.APPEAL)
    desk.take(other).act(Action.APPEAL, "Pidió apelar.", other)
    for judged in (0, 1, closer):
        offered = desk.opened(judged).actions
        assert not {Action.UPHOLD, Action.GRANT_APPEAL} & set(offered)
        with pytest.raises(Forbidden, match="reviewed-by-another"):
            desk.act(Action.UPHOLD, "Queda así.", judged)
        with pytest.raises(Forbidden, match="reviewed-by-another"):
            desk.act(Action.GRANT_APPEAL, "Sí.", judged, outcome=Outcome.PARTLY)
    desk.act(Action.UPHOLD, "Queda así.", other)
    assert desk.status is Status.CLOSED_UPHELD


def _dump_of_complaints(story: Story) -> str:
    tables = story.session.scalars(
        text(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_name LIKE 'complaint%' ORDER BY 1"
        )
    ).all()
    rows = (story.session.execute(text(f"SELECT t::text FROM {one} t")).scalars() for one in tables)
    return "\n".join(line for found in rows for line in found)


def _shredded(desk: Desk, story: Story) -> None:
    desk.now += timedelta(days=800)
    assert complaint_nights.shred_due(desk.system) == 1
    left = {"complaint_steps", "complaint_notes", "complaint_remedies", "complaint_referrals"}
    for table in sorted(left):
        assert story.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


@dataclass
class Calls:
    """The system of CONADEH, which is away at first."""

    away: bool = True
    told: list[tuple[str, str]] = field(default_factory=list)

    def takes(self, target: ReferralTarget) -> bool:
        return target is ReferralTarget.CONADEH

    def call(
        self, target: ReferralTarget, identity: str, at: datetime, content: Mapping[str, object]
    ) -> None:
        if self.away:
            raise OSError
        self.told.append((identity, json.dumps(content)))


@pytest.mark.feature("H5")
def test_a_system_is_told_where_it_waits_and_nothing_of_whom(story: Story) -> None:
    calls = Calls()
    desk = Desk(Office(story.session, replace(story.ports, webhooks=calls))).begin().take()
    desk.act(Action.SCREEN)
    none = HandOver(ReferralTarget.SENAF, Channel.WEBHOOK, SECRET)
    with pytest.raises(Invalid) as refused:
        complaint_referrals.hand_over(desk.by(), desk.token(), desk.complaint, none, seen=desk.seen)
    assert [(one.code, one.field) for one in refused.value.faults] == [("not-an-option", "channel")]
    said = replace(none, target=ReferralTarget.CONADEH)
    code = complaint_referrals.hand_over(
        desk.by(), desk.token(), desk.complaint, said, seen=desk.seen
    )
    (referral,) = desk.opened().handled.referrals
    kinds = [complaint_referrals.WEBHOOK]
    with pytest.raises(EffectFailed) as failed:
        run_next_effect(desk.system, kinds)
    postpone_effect(desk.system, failed.value.due, failed.value.reason)
    assert run_next_effect(desk.system, kinds) is None  # it waits before it tries again
    calls.away = False
    desk.later(minutes=1)
    assert run_next_effect(desk.system, kinds)
    ((identity, content),) = calls.told
    assert identity == f"referral_{referral.id}"
    assert json.loads(content) == {
        "type": "complaint.referred",
        "timestamp": "2026-11-23T06:00:00+00:00",
        "data": {
            "id": str(referral.id),
            "link": f"{story.ports.public_url}/remisiones/{referral.id}",
        },
    }
    assert code not in content
