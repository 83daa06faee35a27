"""A code that two rooms put into words would be said in the words of one of them alone."""

from enum import StrEnum

import pytest

from app.storage.complaint_files import Step
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
