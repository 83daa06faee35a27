"""The border agent's scanner: its page, its service worker and the settings of a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.services import posts
from app.web import assets
from app.web.dependencies import SignedInReading
from app.web.i18n import locale_for, remembered
from app.web.templating import render
from app.web.wording import say

router = APIRouter(include_in_schema=False)

FOLDER = assets.BUILT / "scanner"
SCOPE = "/escaner/"


@dataclass(frozen=True)
class ScannerPage:
    """`assets` maps the plain names of the scanner's own build to their addresses."""

    assets: Mapping[str, str]


class Root(BaseModel):
    """An offline root key of P-256: its name and coordinates, in hexadecimal."""

    kid: str
    x: str
    y: str


class Post(BaseModel):
    """A border post."""

    code: str
    name: str


class Freshness(BaseModel):
    """How old a status list may be for green, and for amber; the device is never laxer."""

    green_hours: int
    amber_hours: int


class Config(BaseModel):
    """What a device keeps to work with no network; labels are in the language of the page.

    `faces` are the programmes whose cards carry a signed photo; `halted` puts every scanner out of
    service.
    """

    server_time: datetime
    roots: list[Root]
    post: str | None
    posts: list[Post]
    departments: dict[str, str]
    occupations: dict[str, str]
    programmes: dict[str, str]
    issuers: dict[str, str]
    faces: list[str]
    freshness: Freshness
    result_seconds: int
    halted: bool
    child_duty_phone: str | None


@router.get("/escaner")
def go_to_scanner() -> Response:
    """The address as people type it."""
    return RedirectResponse(SCOPE, 308)


@router.get(SCOPE)
def show_scanner(request: Request, idioma: str = "") -> Response:
    """The shell, the same for everybody: devices keep it and show it with no network."""
    locale = locale_for(idioma or remembered(request))
    page = ScannerPage(assets.read_manifest(FOLDER))
    return render(request, "scanner.html", page, locale=locale)


@router.get("/escaner/sw.js")
def get_service_worker() -> Response:
    """The service worker; browsers ask again each time, so that a new version is seen."""
    headers = {"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
    return FileResponse(_built("sw.js"), media_type="text/javascript", headers=headers)


@router.get("/escaner/config.json", response_model=Config)
def get_config(request: Request, work: SignedInReading) -> Config:
    """Roots, posts and labels for a border agent who has signed in; 401 for everybody else."""
    locale = locale_for(remembered(request))
    outfit = posts.read_outfit(work)
    return Config(
        server_time=work.now,
        roots=[_root(kid.hex(), key) for kid, key in outfit.roots],
        post=outfit.post,
        posts=[Post(code=code, name=name) for code, name in outfit.posts.items()],
        departments=dict(outfit.departments),
        occupations={code: say(locale, "occupation", code) for code in outfit.occupations},
        programmes={
            code: one.name_es if locale.language.code == "es" else one.name_en
            for code, one in outfit.programmes.items()
        },
        issuers=dict(outfit.issuers),
        faces=sorted(code for code, one in outfit.programmes.items() if one.signed_face),
        freshness=Freshness(green_hours=outfit.green_hours, amber_hours=outfit.amber_hours),
        result_seconds=outfit.result_seconds,
        halted=outfit.halted,
        child_duty_phone=outfit.child_duty_phone,
    )


def _root(kid: str, key: ec.EllipticCurvePublicKey) -> Root:
    point = key.public_numbers()
    return Root(kid=kid, x=f"{point.x:064x}", y=f"{point.y:064x}")


def _built(name: str) -> Path:
    path = FOLDER / name
    if not path.is_file():
        raise assets.NotBuilt("The scanner is not built. Run: npm ci && npm run build")
    return path
