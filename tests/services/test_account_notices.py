"""What people with an account are told, in each language and for each channel."""

import pytest

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.web.i18n import OFFERED, locale_for
from permits.notices import ABOUT_ACCOUNTS, Notice, NoticeKind
from tests.services.test_notices import LONG_HOST, TEMPLATES, write_day

TOKEN = "A" * 43
CHANGED = {"day": "2026-09-30", "link": f"{LONG_HOST}/mi-cuenta"}
FACTS = {
    NoticeKind.FACTOR_ADDED: CHANGED,
    NoticeKind.FACTOR_REMOVED: CHANGED,
    NoticeKind.NEW_BROWSER: CHANGED | {"browser": "Firefox, Android"},
    NoticeKind.PASSWORD_CHANGED: CHANGED,
    NoticeKind.PASSWORD_KNOWN: CHANGED,
    NoticeKind.ACCOUNTS_REVIEWED: {
        "roles_conflict": "1",
        "no_second_factor": "2",
        "long_unused": "3",
        "link": f"{LONG_HOST}/administracion/cuentas",
    },
    NoticeKind.ACCOUNT_INVITED: {"link": f"{LONG_HOST}/invitacion/{TOKEN}"},
    NoticeKind.ACCOUNT_RESET: {"link": f"{LONG_HOST}/invitacion/{TOKEN}"},
    NoticeKind.CASES_OVERDUE: {"cases": "1000", "link": f"{LONG_HOST}/bandeja?vence=vencidas"},
    NoticeKind.REQUESTS_OVERDUE: {"cases": "1000", "link": f"{LONG_HOST}/cambios-de-empleador"},
    NoticeKind.WISH_ANSWERED: {"link": f"{LONG_HOST}/casos/00380048-c94f-4096-a32e-328e8bc2f57b"},
    NoticeKind.AGE_MARKED: {"link": f"{LONG_HOST}/parece-menor"},
    NoticeKind.CHECK_IN_ALARM: {"link": f"{LONG_HOST}/durante-el-trabajo"},
    NoticeKind.BREAK_GLASS_OPENED: {"receipt": "2026-0042-1234", "link": f"{LONG_HOST}/p/1"},
}


@pytest.mark.feature("W11", "W28")
@pytest.mark.parametrize("language", [language.code for language in OFFERED])
@pytest.mark.parametrize("kind", sorted(ABOUT_ACCOUNTS))
def test_an_account_notice_is_one_sms_or_an_e_mail_with_one_link(
    kind: NoticeKind, language: str
) -> None:
    wording = NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, write_day)
    facts = FACTS[kind]
    notice = Notice(kind, language, "key", "+50499990000", "x@demo.example", facts)
    sms, mail = wording.render(notice)
    assert sms.body.startswith("Vereda: ")
    assert sms_text.parts(sms.body) == 1, sms.body
    for letter in (sms, mail):
        assert [word for word in letter.body.split() if "://" in word] == [facts["link"]]
        assert "%(" not in letter.body + letter.subject
    assert 0 < len(mail.subject) <= 120
