"""A code that two rooms put into words would be said in the words of one of them alone."""

import pytest

from app.web.wording.families import once


def test_a_code_that_two_rooms_put_into_words_is_refused() -> None:
    with pytest.raises(ValueError, match=r"worded twice: out-of-range$"):
        once({"missing": "a", "out-of-range": "b"}, {"out-of-range": "c"}, {"late": "d"})
    assert once({"missing": "a"}, {"late": "d"}) == {"missing": "a", "late": "d"}
