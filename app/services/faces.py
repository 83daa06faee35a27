"""The signed face of a card: made with it where its programme asks, and read beside it."""

from app.services.case import programme_of
from app.services.work import Work
from app.storage import documents, faces
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.errors import Invalid
from permits.face import MAX_PICTURE, prepare_face, seal_face
from permits.issuing import Credential, CredentialState
from permits.permit_claims import read_claims
from permits.signing import KeyUse
from permits.submissions import DocumentKind


def sign_face(work: Work, credential: Credential, authorisation: Authorisation) -> bool:
    """Sign the photo of a card that was just signed; False where there is none to sign.

    1. does the programme ask for it; 2. is there a photo that can be made small enough: whoever
    brings it to an office gets a card without, and is compared with the printed one; 3. the face,
    bound to the number and the last day of the card; 4. stored once.
    """
    if not programme_of(work, authorisation.programme).signed_face:  # 1
        return False
    picture = _picture(work, authorisation)  # 2
    if picture is None:
        return False
    signer = work.ports.keys.signer(KeyUse.FACE)
    prepared = prepare_face(read_claims(credential.payload), picture, work.now, signer.kid)  # 3
    text = seal_face(prepared, signer.sign(prepared.message))
    facts = {"number": credential.number, "kid": signer.kid.hex()}
    event = work.event(Act.FACE_SIGNED, credential.id, facts)
    faces.add_face(  # 4
        work.session, work.ports.vault, credential.id, signer.kid, text, work.now, event=event
    )
    return True


def face_of(work: Work, credential: Credential) -> str | None:
    """The text of the second symbol of a card that stands; who may read it asked before."""
    if credential.state is not CredentialState.ISSUED:
        return None
    return faces.find_face(work.session, work.ports.vault, credential.id)


def _picture(work: Work, authorisation: Authorisation) -> bytes | None:
    for document in documents.list_documents(work.session, authorisation.application):
        if document.kind is DocumentKind.PHOTO:
            try:
                photo = work.ports.objects.get(document.object_key)
                return work.ports.pictures.face(photo, MAX_PICTURE)
            except (KeyError, Invalid):
                return None
    return None
