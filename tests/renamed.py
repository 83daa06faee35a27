"""A permit whose worker has married: the wish for another name, with the photo that proves it."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image

from app.services import identity_changes
from app.services.case import load_case
from app.storage.authorisations import find_of_application
from permits.authorisations import Authorisation
from permits.identity_changes import IdentityChange, IdentityReason, identity_of
from permits.submissions import Answers
from tests.builders import Story
from tests.services.test_employer_changes import change


def right_of(story: Story) -> Authorisation:
    """The right that the story has come to."""
    found = find_of_application(story.session, story.id)
    assert found is not None
    return found


def other_data(story: Story, **changes: Any) -> Answers:  # noqa: ANN401
    """The identity data as they stand, but for some; another surname unless a test says more."""
    now = identity_of(load_case(story.work(story.worker), story.id).answers)
    return replace(now, **(changes or {"surnames": "Gutiérrez de Paz"}))


def ask(story: Story, **changes: Any) -> IdentityChange:  # noqa: ANN401
    """The worker asks for it, with a photo."""
    work, right = story.work(story.worker), right_of(story).id
    file = BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 60)).save(file, "JPEG")
    proof = identity_changes.keep_evidence(work, right, file.getvalue())
    told = other_data(story, **changes)
    return identity_changes.ask_change(work, right, told, IdentityReason.CIVIL_STATUS, proof.id)


def decide(story: Story, *, granted: bool = True) -> IdentityChange:
    """Both agencies approve it, or SETRASS refuses it."""
    note = "" if granted else "La partida no se lee."
    officials = (story.setrass, story.inm) if granted else (story.setrass,)
    for official in officials:
        work = story.work(official)
        decided = identity_changes.decide_change(work, story.id, note, granted=granted)
    return decided


def renamed(story: Story) -> Story:
    """Another name was asked for and given."""
    ask(story)
    decide(story)
    return story


def moved_and_renamed(story: Story) -> Story:
    """Somebody changes employer and name, and hears a no to either."""
    change(story, granted=False)
    change(story, granted=True)
    ask(renamed(story.sign()).sign(), surnames="Paz")
    decide(story, granted=False)
    return story
