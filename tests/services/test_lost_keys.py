"""A key is given up while permits wait for it, or after: each is followed by one other, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Row, select

from app.services import credentials as services
from app.services import effects, issuing, keys, lost_keys, status_lists
from app.services.verification import judge
from app.storage.audit import audit_events
from app.storage.credentials import TEXT, credentials
from app.storage.grants import APP, WORKER
from permits import keys as law
from permits.errors import Conflict, Invalid
from permits.issuing import RevocationReason
from permits.keys import Key
from permits.people import SYSTEM
from permits.replacements import is_first
from permits.signing import KeyUse
from tests import key_acts
from tests.builders import Story, work_of
from tests.databases import Database
from tests.outside import MemoryKeys
from tests.services.crash_child import lasting_ports


def ring_of(story: Story) -> MemoryKeys:
    ring = story.ports.keys
    assert isinstance(ring, MemoryKeys)
    return ring


def signing(story: Story) -> Key:
    found = law.find_signing(ring_of(story).list_keys(), KeyUse.PERMIT)
    assert found is not None
    return found


def rows(story: Story) -> list[Row[tuple[object, ...]]]:
    query = select(credentials).order_by(credentials.c.prepared_at, credentials.c.replacement)
    return list(story.session.execute(query))


def verdict_of(story: Story, row: Row[tuple[object, ...]], days: int = 10) -> str:
    at = story.now + timedelta(days=days)
    work = work_of(story.session, SYSTEM, story.ports, at)
    status_lists.publish_status_list(work, 1)
    return judge(work, story.ports.vault.open(TEXT, row.id, row.text)).reason.value


def signed_under(story: Story) -> list[str]:
    signed = audit_events.c.act == "credential:sign"
    query = select(audit_events.c.facts).where(signed).order_by(audit_events.c.id)
    return [facts["kid"] for facts in story.session.scalars(query)]


@pytest.mark.promise("P4", "P10")
@pytest.mark.feature("D7", "W13")
def test_what_waits_for_a_key_that_is_given_up_is_prepared_anew(story: Story) -> None:
    lost = signing(story)
    story.start().submit().approve()
    follower = keys.make_key(story.work(SYSTEM), KeyUse.PERMIT)
    loss = keys.compromise_key(story.work(SYSTEM), lost.kid, None)
    assert loss.uses.pending == 1
    story.sign()
    assert [row.state for row in rows(story)] == ["pending"]  # nothing is signed with it
    assert signed_under(story) == []

    story.later(minutes=1)
    assert lost_keys.prepare_anew(story.work(SYSTEM)) == 1
    assert lost_keys.prepare_anew(story.work(SYSTEM)) == 0
    story.sign()
    before, after = rows(story)
    assert (before.state, before.revocation_reason, before.text) == (
        "revoked",
        "key-compromised",
        None,
    )
    assert (after.state, after.replaces, after.kid) == ("issued", before.id, follower.kid)
    assert after.number != before.number
    assert after.status_index != before.status_index
    assert signed_under(story) == [follower.name]
    assert verdict_of(story, after) == "ok"
    effects.run_past_effects(story.work(SYSTEM))  # that of the one before comes late
    assert [row.state for row in rows(story)] == ["revoked", "issued"]


@pytest.mark.promise("P10")
def test_while_no_key_signs_what_waits_goes_on_waiting(story: Story) -> None:
    story.start().submit().approve()
    keys.compromise_key(story.work(SYSTEM), signing(story).kid, None)
    assert lost_keys.prepare_anew(story.work(SYSTEM)) == 0
    story.sign()
    assert [row.state for row in rows(story)] == ["pending"]
    keys.make_key(story.work(SYSTEM), KeyUse.PERMIT)
    assert lost_keys.prepare_anew(story.work(SYSTEM)) == 1
    story.sign()
    assert [row.state for row in rows(story)] == ["revoked", "issued"]


@pytest.mark.promise("P10")
@pytest.mark.feature("D7", "W15")
def test_exactly_what_turned_red_is_followed_by_another(story: Story) -> None:
    lost = signing(story)
    early = Story(story.session, story.ports, story.now).start().submit().approve().sign()
    cutoff = story.later(hours=1).now
    late = Story(story.session, story.ports, story.now).start().submit().approve().sign()
    story.later(hours=1)
    keys.make_key(story.work(SYSTEM), KeyUse.PERMIT)
    keys.compromise_key(story.work(SYSTEM), lost.kid, cutoff)
    assert [verdict_of(story, row) for row in rows(story)] == ["ok", "key-revoked"]

    assert lost_keys.reissue(story.work(SYSTEM), lost.kid, cutoff) == 1
    assert lost_keys.reissue(story.work(SYSTEM), lost.kid, cutoff) == 0
    story.sign()
    first, second, third = rows(story)
    assert [row.state for row in (first, second, third)] == ["issued", "replaced", "issued"]
    assert (third.replaces, third.replacement_reason) == (second.id, "key-compromised")
    assert [verdict_of(story, row) for row in (first, third)] == ["ok", "ok"]
    assert verdict_of(story, second) == "key-revoked"
    for told, standing in ((early, first), (late, third)):
        permit = services.find_permit_of(story.work(told.worker), told.id)
        assert permit is not None
        assert permit.credential.id == standing.id
        assert is_first(permit.credential)  # the worker's own first replacement is not used up


def test_who_acts_for_an_office_may_not_say_that_a_key_was_given_up(story: Story) -> None:
    story.start().submit().approve().sign()
    (row,) = rows(story)
    work, reason = story.work(story.setrass), RevocationReason.KEY_COMPROMISED
    with pytest.raises(Invalid):
        services.revoke_credential(work, row.id, reason, seen_version=row.version)


@pytest.mark.promise("P10")
def test_no_permit_outlives_the_key_that_would_sign_it(story: Story) -> None:
    key = signing(story)
    ring_of(story).standing[key.kid] = replace(key, expires=story.now + timedelta(days=30))
    story.start().submit()
    with pytest.raises(Conflict) as refused:
        story.approve()
    assert refused.value.code == "key-too-old"


@pytest.mark.promise("P10", "P18")
@pytest.mark.parametrize("user", [WORKER, APP])
def test_the_worker_s_own_user_and_the_command_line_s_may_do_it(
    database: Database, user: object
) -> None:
    ports = lasting_ports()
    with database.of(APP).sessions.begin() as session:
        story = Story(session, ports).start().submit().approve()
        keys.make_key(story.work(SYSTEM), KeyUse.PERMIT)
        lost = law.find_signing(ports.keys.list_keys(), KeyUse.PERMIT)
        assert lost is not None
        key_acts.compromise(ports.keys, lost.kid, None, story.now)
        waiting = law.find_waiting(ports.keys.list_keys(), KeyUse.PERMIT)
        assert waiting is not None
        key_acts.activate(ports.keys, waiting.kid, story.now)
    with database.of(user).sessions.begin() as session:  # type: ignore[arg-type]
        assert lost_keys.prepare_anew(work_of(session, SYSTEM, ports)) == 1
    with database.of(WORKER).sessions.begin() as session:
        assert issuing.sign_pending(work_of(session, SYSTEM, ports)) == 1
