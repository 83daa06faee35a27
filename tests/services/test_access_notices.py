"""What is told about somebody's access fits one SMS, in every language."""

from datetime import datetime
from pathlib import Path

import pytest

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.web.i18n import OFFERED, locale_for
from permits.notices import ABOUT_ACCESS, Notice, NoticeKind
from tests.builders import PHONE


@pytest.mark.feature("W11", "W28")
@pytest.mark.parametrize("language", [one.code for one in OFFERED])
@pytest.mark.parametrize("kind", sorted(ABOUT_ACCESS))
def test_what_is_told_about_access_is_one_sms(kind: NoticeKind, language: str) -> None:
    templates = Path(__file__).parents[2] / "templates"

    def day(written: str, spoken: str) -> str:
        return locale_for(spoken).day(datetime.fromisoformat(written).date())

    wording = NoticeWording(templates, lambda code: locale_for(code).catalogue, day)
    link = "https://permisos.trabajo.gob.hn/retomar"
    facts = {"code": "123456", "link": link, "ending": "789"}
    (sms,) = wording.render(Notice(kind, language, "k", PHONE, None, facts))
    assert sms.body.startswith("Vereda: ")
    assert sms_text.parts(sms.body) == 1, (sms_text.places(sms.body), sms.body)
