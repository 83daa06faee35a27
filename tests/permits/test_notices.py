"""Every move of an application tells its worker, each in its own words."""

import re
from dataclasses import asdict

import pytest

from permits.applications import Action
from permits.notices import AFTER, Notice, NoticeKind


@pytest.mark.feature("W11")
def test_every_move_tells_the_worker_something_of_its_own() -> None:
    assert set(AFTER) == set(Action)
    assert len(set(AFTER.values())) == len(Action)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_kind_is_the_name_of_a_folder(kind: NoticeKind) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.value)


def test_a_notice_has_facts_of_its_own() -> None:
    one = Notice(NoticeKind.PERMIT_READY, "es", "one")
    other = Notice(NoticeKind.PERMIT_READY, "es", "other")
    assert one.facts is not other.facts
    assert asdict(one)["facts"] == {}
