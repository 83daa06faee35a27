"""What the log's tree holds of an event: every field, as bytes that anybody can make again."""

from typing import NamedTuple

import cbor2

LEAF_FORM = 1
"""The first item of every leaf; another form of leaf would have another number."""

_NINE = b"\x89"


class LoggedEvent(NamedTuple):
    """An event as it stands in the log, its fields not interpreted: damaged ones can be hashed.

    `subject` and `person` are the 16 bytes of their UUIDs; `at` is microseconds since
    1970-01-01T00:00:00Z; `facts` are encoded already (`cose.dump`), as most recur.
    """

    id: int
    act: str
    subject: bytes
    person: bytes
    role: str
    at: int
    request: str
    facts: bytes


def leaf_bytes(event: LoggedEvent) -> bytes:
    """Return the leaf of an event: one CBOR array of nine items (RFC 8949), always definite.

        89                array of 9
        01                the form of the leaf, 1
        id                unsigned integer: `audit_events.id`
        act               text string: subject:verb, as in `permits.audit.Act`
        subject           byte string of 16 bytes: the UUID in network order
        person            byte string of 16 bytes
        role              text string: as in `permits.people.Role`
        at                integer: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted
        request           text string, often empty
        facts             map from text string to text string, integer, true, false, null or an
                          array of text strings

    The encoding is the deterministic one of RFC 8949 section 4.2.1: every length and integer in
    its shortest form, the keys of the map in the bytewise order of their encodings. Text is UTF-8
    as stored, without normalisation. Facts never hold fractions; where somebody wrote one into
    the database, it is encoded as a float and so differs from whatever stood there.
    """
    # No map among the first eight: so the plain encoding is the deterministic one, and faster.
    return _NINE + cbor2.dumps((LEAF_FORM, *event[:-1]))[1:] + event.facts
