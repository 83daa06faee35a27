"""A code that two rooms put into words would be said in the words of one of them alone."""

import pytest

from app.web import wording
from app.web.i18n import locale_for
from app.web.wording.families import once


def test_a_code_that_two_rooms_put_into_words_is_refused() -> None:
    with pytest.raises(ValueError, match=r"worded twice: out-of-range$"):
        once({"missing": "a", "out-of-range": "b"}, {"out-of-range": "c"}, {"late": "d"})
    assert once({"missing": "a"}, {"late": "d"}) == {"missing": "a", "late": "d"}


def test_a_day_among_the_facts_is_told_as_a_day() -> None:
    facts = {"paper": "criminal-record", "shown_on": "2026-11-28", "agency-short": "inm"}
    told = [wording.say(locale_for(code), "finding", "paper-shown", facts) for code in ("es", "en")]
    assert told == [
        "Lo vio el INM el 28 de noviembre de 2026: constancia de antecedentes.",
        "Seen by INM on 28 November 2026: criminal record certificate.",
    ]
