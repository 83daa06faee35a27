"""What the data of a column tells about a person, and what follows from that."""

from collections.abc import Mapping
from enum import StrEnum


class DataClass(StrEnum):
    """Every column of every table has one (ASVS 14.1.1); the strictest that fits counts."""

    PUBLIC = "public"
    OPERATIONAL = "operational"
    PSEUDONYMOUS = "pseudonymous"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105


MEANING: Mapping[DataClass, str] = {
    DataClass.PUBLIC: "Anybody may read it: programmes, vacancies, status lists.",
    DataClass.OPERATIONAL: "Tells how the service runs; about a person it says nothing by itself.",
    DataClass.PSEUDONYMOUS: (
        "A random id, a permit's number or a digest: it leads to a person only by another table."
        " The log keeps nothing closer to a person than this."
    ),
    DataClass.PERSONAL: (
        "Tells who somebody is, how to reach them or what became of them: never in a log, an"
        " address or an error; in the download of whom it is about; gone when its time is over."
    ),
    DataClass.SENSITIVE: (
        "Personal, and harmful in wrong hands (document numbers, what was handed in, the bytes of"
        " a permit, pictures): besides, it stands sealed, or as a file that nobody guesses."
    ),
    DataClass.SECRET: (
        "Lets somebody in (hashes of codes, passwords and tokens, keys): never shown to anybody,"
        " nor part of a download."
    ),
}

ABOUT_SOMEBODY = frozenset({DataClass.PERSONAL, DataClass.SENSITIVE})
"""What the download of a person's data holds, and what an erasure destroys."""
