"""A farm's register: kept once, judged by R39, seen by its worker, its employer and inspectors."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import farm_answers, farm_inspections, farm_register, foreman_links
from app.services.farm_register import Answer, Sent
from app.services.throttling import allow_try
from app.storage import audit
from app.storage.outbox import outbox
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, NotFound
from permits.people import NOBODY, Role
from recruitment.farm_register import Belonging, Direction, Said
from tests.builders import Story, add_official, add_vacancy
from tests.farmed import add_farm, another_employer, owner_of, working
from tests.services.test_worker_numbers import OWN

pytestmark = pytest.mark.feature("E7")


def sent(story: Story, **changes: object) -> Sent:
    number = story.application.worker_number or ""
    return replace(Sent(uuid4(), Direction.ENTRY, story.now, number), **changes)  # type: ignore[arg-type]


def test_a_gate_keeps_each_movement_once_and_everybody_sees_what_is_theirs(story: Story) -> None:
    employer = working(story)
    farm = add_farm(story.work(story.setrass), employer)
    owner, stranger = owner_of(employer), owner_of(uuid4())
    gate = story.work(owner)
    one = sent(story)
    [answer] = farm_register.record(gate, farm, [one])
    assert answer == Answer(one.id, Belonging.AUTHORISED)
    again, other, bad = farm_register.record(
        gate,
        farm,
        [one, replace(one, direction=Direction.EXIT), sent(story, text="T-000-000-0000")],
    )
    assert again == answer  # a lost reply is asked for again
    assert [fault.code for fault in other.faults] == ["id-used-for-another"]
    assert [fault.code for fault in bad.faults] == ["permit-not-found"]
    register = farm_register.read_register(gate, farm)
    assert [named.movement.id for named in register.inside] == [one.id]
    assert [hand.application for hand in register.hands] == [story.id]
    with pytest.raises(NotFound):
        farm_register.read_register(story.work(stranger), farm)
    with pytest.raises(Forbidden):
        farm_register.read_register(story.work(story.inm), farm)
    own = farm_answers.list_own(story.work(story.worker), story.id)
    assert [named.movement.id for named in own] == [one.id]
    with pytest.raises((Hidden, Forbidden)):
        farm_answers.list_own(story.work(owner), story.id)
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    listed = farm_inspections.list_farms(story.work(inspector))
    assert (farm, 1) in [(found.id, inside) for found, inside in listed.farms]
    farm_inspections.read_register(story.work(inspector), farm)
    assert audit.list_events(story.session, farm)[-1].act is Act.FARM_REGISTER_READ
    out = sent(story, direction=Direction.EXIT, text="", application=story.id)
    farm_register.record(gate, farm, [replace(out, happened_at=story.now + timedelta(minutes=5))])
    assert farm_register.read_register(gate, farm).inside == []


def test_a_worker_on_another_farm_is_asked_first_and_once(story: Story) -> None:
    employer = working(story)
    elsewhere = another_employer(story)
    other = add_farm(story.work(story.setrass), elsewhere, "Otra Finca")
    second = add_farm(story.work(story.setrass), employer, "La segunda finca")
    strange = sent(story)
    assert farm_register.record(story.work(owner_of(elsewhere)), other, [strange]) == [
        Answer(strange.id, Belonging.OTHER_FARM)
    ]
    key = f"other-farm-asked:{story.id}:{other}:{legal_day(story.now)}"
    assert story.session.scalars(select(outbox.c.key).where(outbox.c.key == key)).all() == [key]
    seen = farm_register.read_register(story.work(owner_of(elsewhere)), other).inside
    assert [one.worker_name for one in seen] == ["M. Á. G. Ñ."]
    [fine] = farm_register.record(story.work(owner_of(employer)), second, [sent(story)])
    assert fine.belonging is Belonging.AUTHORISED  # another farm of the same employer
    inspector = story.work(add_official(story.session, story.ports, Role.LABOUR_INSPECTOR))
    [named] = [
        one for one in farm_inspections.list_farms(inspector).strange if one.movement.farm == other
    ]
    assert named.movement.asks_worker
    worker = story.work(story.worker)
    farm_answers.say(worker, story.id, strange.id, Said.WAS_SENT)
    with pytest.raises(Conflict, match="movement-not-asked"):
        farm_answers.say(worker, story.id, strange.id, Said.OWN_CHOICE)
    with pytest.raises(NotFound):
        farm_answers.say(worker, story.id, uuid4(), Said.OWN_CHOICE)
    told = farm_answers.list_own(worker, story.id)
    assert {one.movement.said for one in told} == {None, Said.WAS_SENT}
    statement = text("UPDATE farm_movements SET said = 'not-me', said_at = now() WHERE id = :id")
    with pytest.raises(IntegrityError), story.session.begin_nested():
        story.session.execute(statement, {"id": fine.id})


def test_a_foremans_link_opens_one_gate_until_it_is_ended(story: Story) -> None:
    employer = working(story)
    farm = add_farm(story.work(story.setrass), employer)
    owner, foreman = story.work(owner_of(employer)), story.work(NOBODY)
    morning = replace(owner, now=owner.now - timedelta(hours=4))
    token = foreman_links.make_link(morning, farm, legal_day(story.now))
    [answer] = foreman_links.record_at_gate(foreman, token, [sent(story)])
    assert answer.belonging is Belonging.AUTHORISED
    [link] = foreman_links.list_links(owner, farm)
    [event] = audit.list_events(story.session, answer.id)
    assert (event.person, event.facts["how"]) == (link.id, "number")
    with pytest.raises(NotFound, match="no-such-link"):  # over
        foreman_links.open_gate(replace(foreman, now=foreman.now + timedelta(days=1)), token)
    with pytest.raises(NotFound, match="no-such-link"):
        foreman_links.end_link(owner, add_farm(owner, employer, "La otra"), link.id)
    _hand_in_late(story, farm, employer, token)


def test_a_foremans_gate_names_no_worker_of_another_employer(story: Story) -> None:
    """As the farm itself does not: initials, inside and among those who went out again."""
    working(story)
    elsewhere = another_employer(story)
    other = add_farm(story.work(story.setrass), elsewhere, "Otra Finca")
    owner, foreman = story.work(owner_of(elsewhere)), story.work(NOBODY)
    token = foreman_links.make_link(owner, other, legal_day(story.now))
    foreman_links.record_at_gate(foreman, token, [sent(story)])
    register = foreman_links.open_gate(foreman, token).register
    assert [one.worker_name for one in register.inside] == ["M. Á. G. Ñ."]
    story.later(minutes=9)
    later = story.work(NOBODY)
    foreman_links.record_at_gate(later, token, [sent(story, direction=Direction.EXIT)])
    register = foreman_links.open_gate(later, token).register
    assert register.inside == []
    assert {one.worker_name for one in register.lately} == {"M. Á. G. Ñ."}
    assert "Gutiérrez" not in repr(register)


def test_a_stolen_link_writes_no_past_and_floods_nothing(story: Story) -> None:
    employer = working(story)
    farm = add_farm(story.work(story.setrass), employer)
    owner, thief = story.work(owner_of(employer)), story.work(NOBODY)
    token = foreman_links.make_link(owner, farm, legal_day(story.now))
    past = sent(story, happened_at=story.now - timedelta(days=3), sent_at=story.now)
    [refused] = foreman_links.record_at_gate(thief, token, [past])
    assert [fault.code for fault in refused.faults] == ["link-not-then"]
    # The employer answers for the past under their own name: what stood on paper, say.
    assert farm_register.record(owner, farm, [past])[0].belonging is not None
    ticked = [sent(story, text="", application=story.id) for _ in range(3)]
    subject = str(farm)
    for _ in range(farm_register.MOVEMENTS.tries - 3):
        allow_try(thief, farm_register.MOVEMENTS, subject)
    answers = foreman_links.record_at_gate(thief, token, ticked)
    assert [one.belonging for one in answers] == [Belonging.AUTHORISED] * 2 + [None]
    assert [fault.code for fault in answers[-1].faults] == ["notes-too-many"]


def _hand_in_late(story: Story, farm: UUID, employer: UUID, token: str) -> None:
    """What a phone noted before its link ended comes once; later notes and a lost phone do not."""
    owner, foreman = story.work(owner_of(employer)), story.work(NOBODY)
    [link] = foreman_links.list_links(owner, farm)
    hour = timedelta(hours=1)
    fast = foreman.now + 5 * hour  # the phone's clock
    note = sent(story, happened_at=fast - 3 * hour, sent_at=fast, direction=Direction.EXIT)
    foreman_links.end_link(owner, farm, link.id)
    with pytest.raises(NotFound, match="no-such-link"):
        foreman_links.open_gate(foreman, token)
    [at_once] = foreman_links.record_at_gate(foreman, token, [sent(story)])
    assert [fault.code for fault in at_once.faults] == ["link-not-then"]
    later = replace(foreman, now=foreman.now + 9 * hour)
    resent = replace(note, sent_at=later.now)  # the network set the clock; the reply was lost
    after = sent(story, happened_at=later.now - hour, sent_at=later.now)
    [first] = foreman_links.record_at_gate(foreman, token, [note])
    again, never = foreman_links.record_at_gate(later, token, [resent, after])
    assert (first.belonging, again) == (Belonging.AUTHORISED, first)
    assert [fault.code for fault in never.faults] == ["link-not-then"]
    [kept] = [
        one.movement
        for one in farm_register.read_register(owner, farm).lately
        if one.movement.id == note.id
    ]
    assert (kept.happened_at, kept.told_at) == (foreman.now - 3 * hour, note.happened_at)
    assert (kept.recorded_at, kept.offline) == (foreman.now, True)
    assert foreman_links.list_links(owner, farm) == [replace(link, ended_at=owner.now)]
    foreman_links.end_link(replace(owner, now=later.now), farm, link.id, lost=True)
    with pytest.raises(NotFound, match="no-such-link"):
        foreman_links.record_at_gate(later, token, [resent])
    assert foreman_links.list_links(replace(owner, now=later.now), farm) == []


def test_the_right_of_today_is_judged_and_not_one_of_a_season_before(story: Story) -> None:
    employer = working(story)
    farm = add_farm(story.work(story.setrass), employer)
    number, gate = sent(story).text, story.work(owner_of(employer))
    assert [one.worker for one in farm_register.read_register(gate, farm).hands] != []
    story.later(days=80)
    today = legal_day(story.now)
    elsewhere = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=today + timedelta(days=60)
    )
    again = Story(story.session, story.ports, story.now)
    again.start(vacancy=str(elsewhere), document_number=OWN).submit().approve().sign()
    same = {"number": number, "id": again.id}
    numbered = "UPDATE applications SET worker_number = :number WHERE id = :id"
    story.session.execute(text(numbered), same)
    one = Sent(uuid4(), Direction.ENTRY, story.now, number)
    gate = replace(gate, now=story.now)
    assert farm_register.read_register(gate, farm).hands == []  # no list of seasons before
    [answer] = farm_register.record(gate, farm, [one])
    assert answer.belonging is Belonging.OTHER_FARM
    [told] = farm_answers.list_own(again.work(again.worker), again.id)
    assert told.movement.asks_worker


def test_who_came_in_long_ago_is_inside_however_many_passed_since(story: Story) -> None:
    employer = working(story)
    farm = add_farm(story.work(story.setrass), employer)
    gate = story.work(owner_of(employer))
    one = sent(story)
    farm_register.record(gate, farm, [one])
    other = Story(story.session, story.ports, story.now).start(document_number=OWN)
    passing = """
        INSERT INTO farm_movements (id, farm, application, worker, direction, how, belonging,
                                    happened_at, recorded_at, recorded_by, offline)
        SELECT gen_random_uuid(), :farm, :application, :worker, 'exit', 'list', 'authorised',
               :now, :now, :farm, false FROM generate_series(1, 501)
    """
    then = story.now + timedelta(minutes=1)
    told = {"farm": farm, "application": other.id, "worker": other.worker.person, "now": then}
    story.session.execute(text(passing), told)
    register = farm_register.read_register(gate, farm)
    assert [named.movement.id for named in register.inside] == [one.id]
