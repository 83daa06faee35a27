"""What is told about complaints, to the office and outside: one SMS, one link, no content."""

from uuid import uuid4

import pytest

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.web.i18n import OFFERED, locale_for
from permits.notices import ABOUT_COMPLAINTS, Notice, NoticeKind
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
        both = Notice(kind, language, "key", "+50499990000", "x@demo.example", facts)
        sms, mail = wording.render(both)
        assert sms_text.parts(sms.body) == 1, (kind, sms.body)
        assert [letter.body.count(link) for letter in (sms, mail)] == [1, 1]
        if kind is NoticeKind.COMPLAINT_OUTSIDE:
            assert "Q-6448" not in sms.body + mail.body + mail.subject
