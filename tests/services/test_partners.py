"""Partners at work: added, taken from, verified, removed; each act in the log before it counts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.list_sources import ListSources
from app.adapters.outbound import Outbound
from app.adapters.partners import PartnerFile
from app.services import partners, published
from app.services.ports import Ports
from app.services.verification import check_permit
from app.services.work import Work
from app.storage import audit
from app.storage.database import Session
from permits import status_list
from permits.errors import Conflict, NotFound
from permits.people import SYSTEM, SYSTEM_PERSON
from permits.signing import KeyUse
from permits.status_list import MAX_SIZE, Status
from tests.builders import work_of
from tests.memory_files import MemorySources
from tests.permits.test_partners import LIST, PARTNER
from tests.vectors import forge

pytestmark = [pytest.mark.feature("D7"), pytest.mark.promise("P8")]

NOW = datetime.fromtimestamp(forge.NOW, UTC)


@pytest.fixture
def work(session: Session, ports: Ports) -> Work:
    return work_of(session, SYSTEM, ports, NOW)


def offer(
    work: Work,
    issued_at: int = forge.NOW - 60,
    key: forge.FixedKey = forge.PARTNERS_STATUS,
    uri: str = LIST.uri,
    revoked: int | None = None,
) -> bytes:
    """Let the partner publish a list, and return it."""
    told = forge.make_list(issued_at, uri)
    if revoked is not None:
        told = replace(told, packed=status_list.pack([(revoked, Status.INVALID)]))
    sources = work.ports.partner_lists
    assert isinstance(sources, MemorySources)
    sources.lists[LIST.source] = status_list.sign(told, key)
    return sources.lists[LIST.source]


def permit() -> str:
    """A permit of the partner's."""
    return forge.permit(
        key=forge.PARTNERS, changes={1: forge.PARTNER}, uri=f"{forge.PARTNER}/st/1"
    ).text()


def test_a_partner_s_permit_is_green_with_its_issuer_named_once_its_list_is_here(
    work: Work,
) -> None:
    assert check_permit(work, permit()).verdict.reason.value == "unknown-key"
    partners.add_partner(work, PARTNER)
    assert check_permit(work, permit()).verdict.reason.value == "list-too-old"
    offer(work)
    assert (partners.take_lists(work), partners.take_lists(work)) == (1, 0)
    check = check_permit(work, permit())
    assert check.verdict.reason.value == "ok"
    assert check.issuer is not None
    assert (check.issuer.uri, check.issuer.name) == (forge.PARTNER, "Ministerio de Trabajo")
    assert check.issuer.countries == ("GTM",)
    offer(work, forge.NOW, revoked=forge.VALID_INDEX)
    assert partners.take_lists(work) == 1
    assert check_permit(work, permit()).verdict.reason.value == "revoked"


def test_what_was_done_is_in_the_log(work: Work) -> None:
    partners.add_partner(work, PARTNER)
    offer(work)
    partners.take_lists(work)
    partners.remove_partner(work, PARTNER.issuer, in_force=True)
    subject = partners.subject_of(PARTNER.issuer)
    told = [(event.act.value, event.facts) for event in audit.list_events(work.session, subject)]
    assert told == [
        ("partner:add", {"issuer": PARTNER.issuer, "keys": [k.kid.hex() for k in PARTNER.keys]}),
        ("partner:remove", {"issuer": PARTNER.issuer}),
    ]
    (taken,) = (
        event
        for event in audit.list_events(work.session, SYSTEM_PERSON)
        if event.act.value == "partner-list:take"
    )
    assert taken.facts == {"uri": LIST.uri, "issued_at": forge.NOW - 60}


def test_a_list_that_cannot_be_believed_or_is_older_changes_nothing(work: Work) -> None:
    partners.add_partner(work, PARTNER)
    held = offer(work)
    partners.take_lists(work)
    for bad in (
        lambda: offer(work, forge.NOW - 61),
        lambda: offer(work, key=forge.STATUS),
        lambda: offer(work, uri=f"{forge.PARTNER}/st/2"),
        lambda: work.ports.partner_lists.lists.update({LIST.source: b"<html>"}),  # type: ignore[attr-defined]
        lambda: work.ports.partner_lists.lists.clear(),  # type: ignore[attr-defined]
    ):
        bad()
        assert partners.take_lists(work) == 0
        assert work.ports.public.get(published.partner_name(LIST.uri)) == held


def test_a_partner_leaves_with_its_list_and_not_while_its_permits_are_in_force(work: Work) -> None:
    with pytest.raises(NotFound, match="partner-unknown"):
        partners.remove_partner(work, PARTNER.issuer)
    partners.add_partner(work, PARTNER)
    offer(work)
    partners.take_lists(work)
    with pytest.raises(Conflict, match="partner-in-force") as refused:
        partners.remove_partner(work, PARTNER.issuer)
    assert refused.value.facts == {"until": "2027-12-28"}
    partners.remove_partner(work, PARTNER.issuer, in_force=True)
    assert (list(partners.list_partners(work)), work.ports.public.names("st/partners")) == ([], [])
    assert check_permit(work, permit()).verdict.reason.value == "unknown-key"


def test_a_file_that_would_turn_people_away_is_refused_and_nothing_is_logged(work: Work) -> None:
    partners.add_partner(work, PARTNER)
    status = [key for key in PARTNER.keys if key.use is KeyUse.STATUS]
    for wrong, code in (
        (replace(PARTNER, keys=tuple(status)), "partner-lacks-key"),
        (replace(PARTNER, status_lists=()), "partner-lacks-list"),
        (replace(PARTNER, issuer=work.ports.issuer), "partner-is-us"),
    ):
        with pytest.raises(Conflict, match=code):
            partners.add_partner(work, wrong)
    assert list(partners.list_partners(work)) == [PARTNER]
    subject = partners.subject_of(PARTNER.issuer)
    assert len(audit.list_events(work.session, subject)) == 1


def test_the_file_of_partners_is_seen_by_other_processes(tmp_path: Path) -> None:
    here, there = PartnerFile(tmp_path), PartnerFile(tmp_path)
    assert there.all() == []
    here.put(PARTNER)
    assert there.all() == [PARTNER]
    here.put(replace(PARTNER, name="Otro nombre"))
    assert [one.name for one in there.all()] == ["Otro nombre"]
    here.remove(PARTNER.issuer)
    here.remove(PARTNER.issuer)
    assert there.all() == []
    assert json.loads((tmp_path / "partners.json").read_text()) == []


def test_a_list_is_taken_from_a_file_that_somebody_brings(tmp_path: Path) -> None:
    sources, path = ListSources(Outbound()), tmp_path / "lista de Guatemala.cwt"
    with pytest.raises(OSError, match="No such file"):
        sources.fetch(path.as_uri())
    path.write_bytes(b"list")
    assert sources.fetch(path.as_uri()) == b"list"
    path.write_bytes(b"x" * (MAX_SIZE + 1))
    with pytest.raises(OSError, match="too long"):
        sources.fetch(path.as_uri())
    with pytest.raises(OSError, match="not-https"):
        sources.fetch("http://lists.partner.example/1")
