"""Views of the queue with a name: for who saved them, or for all of their agency."""

from uuid import UUID

from app.services.work import Work
from app.storage import saved_views
from app.storage.saved_views import SavedView
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.policies import check_review

__all__ = ["LONGEST_NAME", "MOST", "SavedView", "list_views", "remove_view", "save_view"]

LONGEST_NAME, LONGEST_WORDS, MOST = 40, 500, 20


def save_view(work: Work, name: str, words: str, *, shared: bool) -> SavedView:
    """Keep a filter under a name; the same name again replaces it.

    `words` are those of the address; what was searched for is no part of a view, so that no
    person's name is kept in it. Invalid for a name that is missing or too long.
    """
    agency, name = check_review(work.actor), " ".join(name.split())
    refuse_if(_faults(name, words))
    view = SavedView(work.new_id(), work.actor.person, agency, name, words, shared, work.now)
    known = {one.name for one in list_views(work) if one.official == work.actor.person}
    if name not in known and saved_views.count_own(work.session, work.actor.person) >= MOST:
        raise Conflict("too-many-views", most=MOST)
    saved_views.save_view(work.session, view)
    return view


def list_views(work: Work) -> list[SavedView]:
    """The official's own views and those that colleagues share, by name."""
    return saved_views.list_views(work.session, work.actor.person, check_review(work.actor))


def remove_view(work: Work, view: UUID) -> None:
    """Delete an own view; NotFound for anybody else's."""
    check_review(work.actor)
    if not saved_views.remove_view(work.session, view, work.actor.person):
        raise NotFound("no-such-view")


def _faults(name: str, words: str) -> list[Fault]:
    if not name:
        return [Fault("view-name-missing", "name")]
    if len(name) > LONGEST_NAME:
        return [Fault("too-long", "name", {"limit": LONGEST_NAME})]
    if len(words) > LONGEST_WORDS:
        return [Fault("too-long", "words", {"limit": LONGEST_WORDS})]
    return []
