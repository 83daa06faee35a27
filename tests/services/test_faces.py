"""The signed photo: made with the card where its programme asks, bound to it, gone with it."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from app.services import documents, erasing, faces
from app.services.work import Work
from app.storage import erasures
from app.storage.documents import list_documents
from app.storage.faces import faces as table
from permits import trust_list
from permits.erasure import Cause
from permits.face import MAX_PICTURE, FaceReason, FaceVerdict, judge_face
from permits.issuing import Credential
from permits.people import SYSTEM
from permits.permit_claims import read_claims
from permits.submissions import DocumentKind
from tests.builders import Story
from tests.rights import RightStory
from tests.web.pages.walking import photo


def pictured(story: Story) -> Story:
    """A card of somebody who sent a photo."""
    documents.attach_document(
        story.start().work(story.worker), story.id, DocumentKind.PHOTO, photo()
    )
    return story.submit().approve().sign()


def read(work: Work, text: str | None, card: Credential) -> FaceVerdict:
    """As the border reads it beside this card."""
    trust = trust_list.read(work.ports.keys.trust_list(), work.ports.keys.roots())
    return judge_face(text or "", read_claims(card.payload), trust, work.now)


@pytest.mark.feature("B4")
def test_a_photo_is_signed_with_the_card_and_is_of_no_other(story: Story) -> None:
    lived = RightStory(pictured(story))
    first, work = lived.permit.credential, story.work(SYSTEM)
    face = faces.face_of(work, first)
    told = read(work, face, first)
    assert told.reason is FaceReason.OK
    assert told.picture is not None
    with Image.open(BytesIO(told.picture)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (48, 64))
    assert len(told.picture) <= MAX_PICTURE

    second = lived.lose_card().permit.credential
    ended = lived.right.credentials[-1]
    assert (ended.id, faces.face_of(work, ended)) == (first.id, None)  # it is shown no more
    assert read(work, face, second).reason is FaceReason.OTHER_PERMIT
    assert read(work, faces.face_of(work, second), second).reason is FaceReason.OK


def test_without_a_photo_a_card_has_none(story: Story) -> None:
    story.start().submit().approve().sign()
    assert faces.face_of(story.work(SYSTEM), RightStory(story).permit.credential) is None


def test_a_programme_that_does_not_ask_for_it_gets_none(story: Story) -> None:
    plain = replace(story.ports.reference.programmes["coffee-hn-gt"], signed_face=False)
    reference = replace(story.ports.reference, programmes={"coffee-hn-gt": plain})
    story.ports = replace(story.ports, reference=reference)
    pictured(story)
    assert faces.face_of(story.work(SYSTEM), RightStory(story).permit.credential) is None


def test_a_photo_that_is_gone_keeps_no_permit_waiting(story: Story) -> None:
    documents.attach_document(
        story.start().work(story.worker), story.id, DocumentKind.PHOTO, photo()
    )
    story.submit().approve()
    for document in documents_of(story):
        story.ports.objects.delete(document)
    story.sign()
    card = RightStory(story).permit.credential
    assert card.text is not None
    assert faces.face_of(story.work(SYSTEM), card) is None


def documents_of(story: Story) -> list[str]:
    """Where its pictures lie."""
    return [one.object_key for one in list_documents(story.session, story.id)]


def test_an_erased_file_leaves_no_face(story: Story) -> None:
    pictured(story)
    kept = erasures.get_case(story.session, story.id, lock=True)
    erasing.erase(story.work(SYSTEM), kept, Cause.TIME)
    assert story.session.execute(table.select()).all() == []
