"""Whoever is on duty for children hears of a minor without a parent, once, and no name."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.services import child_alerts, crossings, device_ends, devices, notices, retention
from app.services.device_ends import Debt
from app.services.ports import ChildDuty, Ports
from app.storage.audit import audit_events
from app.storage.crossings import crossings as recorded_crossings
from app.storage.database import Session
from app.storage.outbox import outbox
from app.web.i18n import OFFERED, locale_for
from permits.audit import Act
from permits.crossings import Crossing, CrossingId, Direction, Outcome
from permits.deadlines import legal_day
from permits.errors import Forbidden
from permits.minors import AlertId, ChildAlert, Minor
from permits.notices import Notice, NoticeKind
from permits.people import NOBODY, SYSTEM_PERSON
from permits.retention_terms import CROSSING_KEPT
from tests.builders import NOW
from tests.services.border import Post, make_post
from tests.services.test_notices import TEMPLATES, write_day

ALONE = Minor(passport=False, parent=False)
NUMBER = "15NR9NK9R1C2"


@pytest.fixture
def post(session: Session, ports: Ports) -> Post:
    return make_post(session, ports)


def alert(post: Post, **changes: object) -> ChildAlert:
    made = ChildAlert(
        AlertId(uuid4()), "HN-GT-1", "entry", "device", post.agent.person, NOW, (ALONE,), NUMBER
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def told(session: Session) -> list[Notice]:
    rows = session.execute(select(outbox.c.payload).order_by(outbox.c.id)).scalars()
    found = [notices.read(payload) for payload in rows if "kind" in payload]
    return [notice for notice in found if notice.kind is NoticeKind.CHILD_ALERT]


@pytest.mark.feature("B9")
def test_an_alert_tells_whoever_is_on_duty_once_and_names_nobody(post: Post) -> None:
    work, sent = post.work(post.agent), alert(post)
    outcomes = [child_alerts.raise_alerts(work, [sent])[0].outcome for _ in range(2)]
    assert outcomes == [Outcome.RECORDED, Outcome.ALREADY_RECORDED]
    (notice,) = told(post.session)
    assert (notice.email, notice.phone) == ("ninez@example.org", "+50422000000")
    assert dict(notice.facts) == {
        "post": "El Florido",
        "direction": "entry",
        "minors": "1",
        "day": "2026-11-23",
        "hour": "09:00",
    }
    events = post.session.execute(
        select(audit_events.c.facts).where(audit_events.c.act == Act.CHILD_ALERT_RAISED.value)
    ).scalars()
    assert list(events) == [{"post": "HN-GT-1", "direction": "entry", "minors": 1}]


@pytest.mark.feature("B9")
def test_a_minor_without_a_parent_is_never_recorded_as_a_crossing(post: Post) -> None:
    sent = Crossing(
        CrossingId(uuid4()),
        NUMBER,
        Direction.ENTRY,
        "HN-GT-1",
        "device",
        post.agent.person,
        NOW,
        "green",
        "ok",
        offline=False,
        minors=(Minor(passport=True, parent=True), ALONE),
    )
    (answer,) = crossings.record_crossings(post.work(post.agent), [sent])
    assert (answer.outcome, [fault.code for fault in answer.faults]) == (
        Outcome.REFUSED,
        ["minor-without-parent"],
    )
    with_parent = replace(sent, minors=sent.minors[:1])
    (answer,) = crossings.record_crossings(post.work(post.agent), [with_parent])
    assert answer.outcome is Outcome.RECORDED
    rows = post.session.execute(select(recorded_crossings.c.minors)).scalars().all()
    assert rows == [[{"passport": True, "parent": True}]]
    (again,) = crossings.record_crossings(post.work(post.agent), [replace(sent, minors=())])
    assert [fault.code for fault in again.faults] == ["id-used-for-another"]


def test_a_faulty_alert_stops_no_other(post: Post) -> None:
    sent = [alert(post, minors=(Minor(passport=True, parent=True),)), alert(post)]
    answers = child_alerts.raise_alerts(post.work(post.agent), sent)
    assert [one.outcome for one in answers] == [Outcome.REFUSED, Outcome.RECORDED]
    assert len(told(post.session)) == 1


def test_with_nobody_on_duty_the_alert_is_kept_all_the_same(post: Post) -> None:
    post.ports = replace(post.ports, child_duty=ChildDuty())
    child_alerts.raise_alerts(post.work(post.agent), [alert(post)])
    listed = child_alerts.list_alerts(post.work(post.supervisor), legal_day(NOW))
    assert [one.alert.number for one in listed] == [NUMBER]
    assert told(post.session) == []


@pytest.mark.promise("P15")
def test_a_post_reads_its_own_alerts_and_nobody_else_does(post: Post) -> None:
    child_alerts.raise_alerts(post.work(post.agent), [alert(post)])
    day = legal_day(NOW)
    other = make_post(post.session, post.ports, "HN-GT-2")
    assert child_alerts.list_alerts(other.work(other.supervisor), day) == []
    assert child_alerts.list_alerts(other.work(other.supervisor), day, "HN-GT-1") == []
    assert child_alerts.list_alerts(post.work(post.supervisor), day - timedelta(days=1)) == []
    assert len(child_alerts.list_alerts(post.work(post.supervisor), day, "HN-GT-1")) == 1
    with pytest.raises(Forbidden):
        child_alerts.list_alerts(post.work(NOBODY), day)
    with pytest.raises(Forbidden):
        child_alerts.raise_alerts(post.work(NOBODY), [alert(post)])


@pytest.mark.feature("B8", "B9")
def test_an_ended_devices_alert_waits_for_nobody(post: Post) -> None:
    machine = post.machine()
    devices.revoke_device(post.work(post.supervisor), machine.device.id)
    own, strange = (
        alert(post, device=device, agent=SYSTEM_PERSON) for device in (str(machine.device.id), "x")
    )
    work = post.work()
    answered = machine.answer(work, "hand-in", "d" * 64)
    assert device_ends.hand_in(work, answered, "d" * 64, Debt((), [own, strange])) is None
    assert len(told(post.session)) == 1


def test_an_alert_is_forgotten_after_a_year(post: Post) -> None:
    child_alerts.raise_alerts(post.work(post.agent), [alert(post)])
    after = replace(post.work(), now=CROSSING_KEPT.after(NOW) + timedelta(seconds=1))
    assert retention.plan_retention(after).counts["child_alerts"] == 1
    assert retention.run_retention(after).counts["child_alerts"] == 1
    assert child_alerts.list_alerts(post.work(post.supervisor), legal_day(NOW)) == []


@pytest.mark.feature("B9")
@pytest.mark.parametrize("language", [language.code for language in OFFERED])
@pytest.mark.parametrize("direction", ["entry", "exit"])
def test_the_alert_is_one_sms_or_an_e_mail(language: str, direction: str) -> None:
    wording = NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, write_day)
    facts = {
        "post": "El Florido",
        "direction": direction,
        "minors": "2",
        "day": "2026-11-23",
        "hour": "09:00",
    }
    notice = Notice(NoticeKind.CHILD_ALERT, language, "k", "+50422000000", "x@example.org", facts)
    sms, mail = wording.render(notice)
    assert sms_text.parts(sms.body) == 1
    for letter in (sms, mail):
        assert "El Florido" in letter.body
        assert "09:00" in letter.body
