"""Costly work that anybody may ask for waits its turn, and keeps no thread while it waits.

A password hash takes 26 ms and 19 MB. With four threads a storm of sign-ins would hold them all,
and a permit could not be checked at the border meanwhile: so two at once go on, the others wait in
the event loop with neither a thread nor a connection of the database.
"""

from collections.abc import AsyncIterator

import anyio
from anyio.lowlevel import RunVar
from fastapi import Depends

from app.web.dependencies import Received

AT_ONCE = 2
"""Of each process; as many as app/adapters/passwords.py lets hash at once."""

_TURNS: RunVar[anyio.CapacityLimiter] = RunVar("turns")


def taking_turns() -> anyio.CapacityLimiter:
    """The places of this process, to be taken for as long as a slow hash may run."""
    try:
        turns = _TURNS.get()
    except LookupError:
        turns = anyio.CapacityLimiter(AT_ONCE)
        _TURNS.set(turns)
    return turns


async def _in_turn(form: Received) -> AsyncIterator[None]:
    """Take a place until the route is done; the form is here by then, whoever sends it slowly."""
    async with taking_turns():
        yield


IN_TURN = [Depends(_in_turn, scope="function")]
"""For `dependencies` of a route that hashes what anybody sends by a form."""
