"""What may become of a case on its way, drawn by chance."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Course:
    """What becomes of a case on its way."""

    comes_back: bool = False
    attaches: bool = False
    taken: bool = False
    put_back: bool = False
    returned: bool = False
    refused_by: str = ""
    withdrawn: str = ""
    revoked: bool = False


WHOLE = Course(
    comes_back=True, attaches=True, taken=True, put_back=True, returned=True, revoked=True
)
FIRST = (WHOLE, Course(withdrawn="decided"))
"""However few cases there are, every kind of act is among them."""


def draw(chance: random.Random) -> Course:
    """Any course, the plain one most often."""
    return Course(
        comes_back=chance.random() < 0.3,
        attaches=chance.random() < 0.3,
        taken=chance.random() < 0.3,
        put_back=chance.random() < 0.5,
        returned=chance.random() < 0.2,
        refused_by=chance.choice(["setrass", "inm", *[""] * 8]),
        withdrawn=chance.choice(["draft", "decided", *[""] * 8]),
        revoked=chance.random() < 0.3,
    )
