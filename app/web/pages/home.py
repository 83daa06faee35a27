"""The start page: what people come for, one tap away."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.contexts import HomePage
from app.web.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_home(request: Request) -> Response:
    """Everybody's first page; needs no service and no session."""
    return render(request, "home.html", HomePage())
