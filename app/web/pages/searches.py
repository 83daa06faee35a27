"""The one field by which a list is searched, in its address and on its page."""

from typing import Annotated

from fastapi import Query

from app.services.seeking import LONGEST
from app.web.forms import Form

Typed = Annotated[str, Query(max_length=LONGEST)]
"""What was typed, as the address has it in `q`."""


def searched(text: str) -> Form:
    """The field with what was typed in it; templates/widgets/search.html draws it."""
    return Form({"q": (text,)})
