"""The bytes of a leaf, one by one; and that no two events that differ share them."""

from uuid import UUID

import cbor2
from hypothesis import given
from hypothesis import strategies as st

from permits import cose
from permits.leaves import LoggedEvent, leaf_bytes

EVENT = LoggedEvent(
    id=500,
    act="person:sign-in",
    subject=UUID("00000000-0000-0000-0000-00000000000a").bytes,
    person=UUID("11111111-1111-1111-1111-111111111111").bytes,
    role="worker",
    at=1_795_000_000_000_001,
    request="r1",
    facts=cose.dump({"way": "code", "n": 3, "a": ["x"], "ok": True, "no": None}),
)


def test_a_leaf_byte_for_byte() -> None:
    at = "1b" + EVENT.at.to_bytes(8, "big").hex()
    expected = "".join(
        (
            "89",  # nine items
            "01",  # the form
            "1901f4",  # 500
            "6e" + b"person:sign-in".hex(),
            "50" + "00" * 15 + "0a",
            "50" + "11" * 16,
            "66" + b"worker".hex(),
            at,
            "62" + b"r1".hex(),
            "a5",  # five facts, the shortest keys first
            "61" + b"a".hex() + "81" + "61" + b"x".hex(),
            "61" + b"n".hex() + "03",
            "62" + b"no".hex() + "f6",
            "62" + b"ok".hex() + "f5",
            "63" + b"way".hex() + "64" + b"code".hex(),
        )
    )
    assert leaf_bytes(EVENT).hex() == expected


_VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
_EVENTS = st.builds(
    LoggedEvent,
    id=st.integers(1, 2**63 - 1),
    act=st.text(),
    subject=st.binary(min_size=16, max_size=16),
    person=st.binary(min_size=16, max_size=16),
    role=st.text(),
    at=st.integers(-(2**63), 2**63 - 1),
    request=st.text(),
    facts=st.dictionaries(st.text(), _VALUES, max_size=3).map(cose.dump),
)


@given(_EVENTS)
def test_a_leaf_tells_the_whole_event_so_no_two_events_share_one(event: LoggedEvent) -> None:
    form, *fields, facts = cbor2.loads(leaf_bytes(event))
    assert (form, LoggedEvent._make([*fields, cose.dump(facts)])) == (1, event)
    assert leaf_bytes(event) == cose.dump([1, *fields, facts])


def test_values_that_look_alike_are_not() -> None:
    alike: tuple[object, ...] = (1, 1.0, "1", True, ["1"], None, 0, False, "")
    made = {leaf_bytes(EVENT._replace(facts=cose.dump({"round": value}))) for value in alike}
    assert len(made) == len(alike)
