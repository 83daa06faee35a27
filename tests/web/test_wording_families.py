"""A code that two rooms put into words would be said in the words of one of them alone."""

from enum import StrEnum

import pytest

from app.storage.complaint_files import Step
from app.web import wording
from app.web.i18n import locale_for
from app.web.wording import complaint_desk
from app.web.wording.families import once
from recruitment.complaints.custody import Reason
from recruitment.complaints.filed import Evidence
from recruitment.complaints.referrals import Report


def test_a_code_that_two_rooms_put_into_words_is_refused() -> None:
    with pytest.raises(ValueError, match=r"worded twice: out-of-range$"):
        once({"missing": "a", "out-of-range": "b"}, {"out-of-range": "c"}, {"late": "d"})
    assert once({"missing": "a"}, {"late": "d"}) == {"missing": "a", "late": "d"}


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("custody-step", Step),
        ("evidence-kind", Evidence),
        ("opened-for", Reason),
        ("referral-report", Report),
    ],
)
def test_every_code_of_the_complaints_office_has_words(family: str, codes: type[StrEnum]) -> None:
    assert set(complaint_desk.FAMILIES[family]) == {one.value for one in codes}


def test_a_day_among_the_facts_is_told_as_a_day() -> None:
    facts = {"paper": "criminal-record", "shown_on": "2026-11-28", "agency-short": "inm"}
    told = [wording.say(locale_for(code), "finding", "paper-shown", facts) for code in ("es", "en")]
    assert told == [
        "Lo vio el INM el 28 de noviembre de 2026: constancia de antecedentes.",
        "Seen by INM on 28 November 2026: criminal record certificate.",
    ]
