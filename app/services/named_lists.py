"""The queue as an official's own list, read by whoever stands at the server's console."""

from app.services import saved_views
from app.services.saved_views import SavedView
from app.services.work import Work
from app.storage import accounts, audit
from permits.audit import Act
from permits.errors import NotFound
from permits.people import NOBODY, SYSTEM
from permits.policies import check_review


def at_desk(work: Work, name: str) -> Work:
    """The same work as the official of this sign-in name, bounded as they are.

    Nobody holds two roles of an agency at once. NotFound for an account that is unknown or
    disabled; Forbidden for who is no official of an agency.
    """
    account = accounts.find_account(work.session, name.strip())
    if account is None or account.disabled:
        raise NotFound("no-such-account")
    actor = next((actor for actor in account.actors if actor.agency), NOBODY)
    check_review(actor)
    return work.as_actor(actor)


def find_view(work: Work, name: str) -> SavedView:
    """The view of this name: the official's own before one that a colleague shares."""
    named = [view for view in saved_views.list_views(work) if view.name == name]
    named.sort(key=lambda view: view.official != work.actor.person)
    if not named:
        raise NotFound("no-such-view")
    return named[0]


def note_reading(work: Work, cases: int) -> None:
    """Log that the list of this official was read out.

    It is told of the service and about the official: nobody who stands at the console has shown
    to be that person.
    """
    facts = {"role": work.actor.role.value, "cases": cases}
    event = work.as_actor(SYSTEM).event(Act.QUEUE_READ_OUT, work.actor.person, facts)
    audit.append(work.session, event)
