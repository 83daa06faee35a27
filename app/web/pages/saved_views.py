"""Views of the queue under a name: saved, and taken away again."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import saved_views
from app.web import forms, queue_words
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.pages import queues
from app.web.queue_words import address, wanted_of, words_to_save
from permits.errors import Conflict, Invalid

router = APIRouter(include_in_schema=False)

PATH = f"{queue_words.PATH}/vistas"


@router.post(PATH)
def save_view(request: Request, work: SignedInWork, form: Posted) -> Response:
    """Keep the filter of the page under a name."""
    typed = Form(forms.typed(form))
    wanted = wanted_of(work, typed.value("words"))
    shared, words = typed.value("shared") == "yes", words_to_save(wanted)
    try:
        saved_views.save_view(work, typed.value("name"), words, shared=shared)
    except Invalid as invalid:
        return queues.show(request, work, wanted, 422, form=Form(typed.values, invalid.faults))
    except Conflict as refusal:
        return queues.show(request, work, wanted, 409, form=typed, refusal=refusal)
    return RedirectResponse(address(wanted), 303)


@router.post(PATH + "/{view:uuid}/quitar")
def remove_view(work: SignedInWork, view: UUID) -> Response:
    """Forget an own view; where it is gone already, nothing is missing."""
    saved_views.remove_view(work, view)
    return RedirectResponse(queue_words.PATH, 303)
