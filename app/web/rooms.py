"""A room of the site: a router that is asked only about addresses that begin as its own do.

FastAPI tries every route in turn, and a site of eight hundred takes 3 ms of a core to find that an
address is none. By the first words of the address whole rooms are passed over.
"""

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette._utils import get_route_path
from starlette.routing import Match
from starlette.types import Scope

API = "/api/v1"


class Room(APIRouter):
    """The routes of one router below a prefix, in their order."""

    def __init__(self, router: APIRouter, prefix: str = "") -> None:
        super().__init__()
        self.include_router(router, prefix=prefix)
        self._below = prefix
        paths = [context.path or "" for context in iter_route_contexts(self.routes)]
        self._words = frozenset(_first_word(path.removeprefix(prefix)) for path in paths)
        self._takes_any = any("{" in word for word in self._words)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any router, but at once where nothing of the room begins with these words."""
        path = get_route_path(scope)
        if not path.startswith(self._below):
            return Match.NONE, {}
        word = _first_word(path.removeprefix(self._below))
        if word not in self._words and not self._takes_any:
            return Match.NONE, {}
        return super().matches(scope)


def _first_word(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]
