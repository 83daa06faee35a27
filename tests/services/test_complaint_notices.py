"""What is told about complaints, to the office and outside: one SMS, one link, no content."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.services.complaint_letters import Line, write
from app.storage.accounts import Account
from app.web.i18n import OFFERED, locale_for
from permits.notices import ABOUT_COMPLAINTS, Notice, NoticeKind
from permits.people import Actor, PersonId, Role
from recruitment.complaints.filed import ComplaintId
from tests.builders import Story
from tests.services.test_notices import LONG_HOST, TEMPLATES, write_day

LONGEST = {
    NoticeKind.COMPLAINT_OUTSIDE: f"/remisiones/aviso/{'x' * 50}",
    NoticeKind.COMPLAINT_REFERRED: f"/remisiones/{uuid4()}",
}


@pytest.mark.feature("H4", "N1")
@pytest.mark.parametrize("language", [language.code for language in OFFERED])
def test_a_notice_about_complaints_is_one_sms_or_an_e_mail_with_one_link(language: str) -> None:
    wording = NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, write_day)
    for kind in sorted(ABOUT_COMPLAINTS):
        link = LONG_HOST + LONGEST.get(kind, "/quejas")
        facts = {"link": link, "reference": "Q-6448-1A8E", "lines": "Q-6448-1A8E|decision|red|"}
        facts["check"] = f"{LONG_HOST}/remisiones/oficio?firma=eyJ"
        both = Notice(kind, language, "key", "+50499990000", "x@demo.example", facts)
        sms, mail = wording.render(both)
        assert sms_text.parts(sms.body) == 1, (kind, sms.body)
        assert [letter.body.count(link) for letter in (sms, mail)] == [1, 1]
        if kind is NoticeKind.COMPLAINT_OUTSIDE:
            assert "Q-6448" not in sms.body + mail.body + mail.subject


@pytest.mark.feature("H4", "N1")
def test_danger_rings_the_telephone_too_and_its_sms_names_no_case(story: Story) -> None:
    handler = Actor(PersonId(uuid4()), Role.COMPLAINT_HANDLER, "Quien atiende")
    both = replace(Account.of(handler, "q@demo.example", ""), phone="+50499990000")
    line, work = Line(ComplaintId(uuid4()), "acknowledge", "red", ""), story.work(handler)
    for kind in (NoticeKind.COMPLAINT_DANGER, NoticeKind.COMPLAINT_LATE):
        for one in (both, replace(both, phone=None), replace(both, email=None)):
            write(work, kind, one, [line])
    sent = story.session.execute(
        text(
            "SELECT payload ->> 'kind' AS kind, payload ->> 'phone' AS phone,"
            " payload ->> 'email' AS email, payload -> 'facts' ->> 'lines' AS lines FROM outbox"
            " WHERE payload ->> 'kind' LIKE 'complaint-%' ORDER BY id"
        )
    ).all()
    told = [(one.kind, bool(one.phone), bool(one.email), bool(one.lines)) for one in sent]
    mail, sms = (False, True, True), (True, False, True)
    assert told == [
        ("complaint-danger", *mail),
        ("complaint-danger", True, False, False),
        ("complaint-danger", *mail),
        ("complaint-danger", *sms),
        ("complaint-late", *mail),
        ("complaint-late", *mail),
        ("complaint-late", *sms),
    ]
