"""What a target gets: letter, e-mail and package, each with a signature that anybody checks."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from app.services import (
    complaint_desk,
    complaint_evidence,
    complaint_referrals,
    complaint_terms,
    referral_papers,
)
from app.services.complaint_packages import open_sealed
from app.services.complaint_referrals import HandOver
from app.storage.complaint_referrals import Package
from permits.errors import Conflict, Forbidden, NotFound, Unauthenticated
from recruitment.complaints.custody import Reason
from recruitment.complaints.moves import Action
from recruitment.complaints.referral_papers import Vouched, claims_of
from recruitment.complaints.referrals import Channel
from recruitment.complaints.words import ReferralTarget
from tests.builders import Story
from tests.complained import Office, complain
from tests.complaint_desk import SECRET, Desk
from tests.papers import words_of

VOICE = b"OggS and a voice"
CHECKED = text(
    "SELECT payload -> 'facts' ->> 'check' FROM outbox WHERE key LIKE 'complaint-referred%'"
)


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


@pytest.mark.feature("H5")
def test_a_signed_letter_says_where_and_not_what_and_anybody_may_check_it(
    desk: Desk, story: Story
) -> None:
    desk.take().act(Action.SCREEN)
    said = HandOver(ReferralTarget.CICESCT, Channel.LETTER, SECRET)
    complaint_referrals.hand_over(desk.by(), desk.token(), desk.complaint, said, seen=desk.seen)
    (referral,) = desk.opened().handled.referrals
    paper = words_of(referral_papers.print_letter(desk.by(), desk.complaint, referral.id))
    reference = desk.opened().reference
    for told in (reference, "CICESCT", str(referral.id)):
        assert told in paper
    assert "CANARIO" not in paper
    visitor = desk.office.work(now=desk.now + timedelta(days=400))
    token = story.ports.tokens.sign_referral(claims_of(referral))
    vouched = referral_papers.check_letter(visitor, token)
    assert vouched == Vouched(referral.id, reference, ReferralTarget.CICESCT, referral.sent_on)
    claims = story.ports.tokens.read_referral(token)
    others = ({"iss": "https://other.example"}, {"aud": "nobody"}, {"iat": "1"}, {"jti": "x"})
    for other in others:
        false = story.ports.tokens.sign_referral({**claims, **other})
        with pytest.raises(Unauthenticated):
            referral_papers.check_letter(visitor, false)
    with pytest.raises(Forbidden):
        referral_papers.print_letter(desk.by(1), desk.complaint, referral.id)
    with pytest.raises(NotFound):
        referral_papers.print_letter(desk.by(), desk.complaint, desk.complaint)


@pytest.mark.feature("H5", "C4")
def test_what_is_handed_over_is_signed_and_tells_the_chain_of_its_evidence(
    desk: Desk, story: Story
) -> None:
    desk.complaint = complain(desk.office.work(now=desk.now), [VOICE]).id
    complaint_terms.begin_clocks(desk.system)
    desk.take().act(Action.SCREEN)
    held = complaint_evidence.list_pieces(desk.by(), desk.office.open(desk.complaint))
    for why in (Reason.SCREENING, Reason.REFERRAL):
        complaint_desk.read_evidence(desk.by(), desk.token(), desk.complaint, held[0].id, why)
    said = HandOver(ReferralTarget.CICESCT, Channel.EMAIL, SECRET, "c@cicesct.example")
    with pytest.raises(Conflict, match="complaints-locked"):
        complaint_referrals.hand_over(desk.by(), "", desk.complaint, said, seen=desk.seen)
    code = complaint_referrals.hand_over(
        desk.by(), desk.token(), desk.complaint, said, seen=desk.seen
    )
    (referral,) = desk.opened().handled.referrals
    visitor = desk.office.work(now=desk.now)
    opened = complaint_referrals.open_package(visitor, referral.id, code)
    (piece,) = opened.evidence
    assert (piece.sha256, piece.size) == (sha256(VOICE).hexdigest(), len(VOICE))
    name = desk.office.handlers[0].name
    assert [(one.step, one.who, one.why) for one in piece.chain] == [
        ("taken-in", "", ""),
        ("copied", name, "screening"),
        ("copied", name, "referral"),
    ]
    assert list(opened.evidence) == list(desk.opened().content.evidence)  # type: ignore[union-attr]
    assert opened.vouched
    vouched = referral_papers.check_letter(visitor, opened.signature)
    assert (vouched.referral, vouched.sha256) == (
        referral.id,
        sha256(opened.written).hexdigest(),
    )
    assert json.loads(opened.written)["summary"] == SECRET
    mail = story.session.scalars(CHECKED).one()
    assert (
        referral_papers.check_letter(visitor, mail.partition("firma=")[2]).referral == referral.id
    )


@pytest.mark.feature("H5")
def test_a_package_of_before_signatures_opens_and_says_that_nothing_vouches_for_it(
    desk: Desk,
) -> None:
    desk.take().act(Action.SCREEN)
    said = HandOver(ReferralTarget.CICESCT, Channel.LETTER, SECRET)
    complaint_referrals.hand_over(desk.by(), desk.token(), desk.complaint, said, seen=desk.seen)
    (referral,) = desk.opened().handled.referrals
    work, code, salt = desk.by(), "1" * 16, bytes(16)
    old = json.dumps({"reference": "Q-1", "summary": SECRET, "department": "HN-CP"}).encode()
    key = work.ports.seals.part(work.ports.seals.stretch(code, salt), "referral")
    sealed = work.ports.seals.seal(key, f"referral {referral.id}", old, 1024)
    opened = open_sealed(work, referral, Package(salt, sealed), code)
    assert opened is not None
    assert (opened.summary, opened.facts["department"]) == (SECRET, "Copán")
    assert (opened.vouched, opened.evidence) == (False, [])
