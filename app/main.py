"""The web door: wires the house together; decides nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from app.demo.officials import demo_accounts, demo_secrets
from app.settings import Settings
from app.web import assets, documentation, problems, prompts, routes
from app.web.api.status_lists import OWN_CODING
from app.web.clock import Clock, utc_now
from app.web.paces import Flood, Pace
from app.web.security import protect
from app.web.templating import Pages, Site
from app.wiring import House, open_house


def create_app(settings: Settings) -> FastAPI:
    """The application of one process, on the database that the settings name."""
    return build_app(open_house(settings))


def build_app(house: House, clock: Clock = utc_now) -> FastAPI:
    """The application on a house that stands already, as the tests build it with their clock."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # As many threads as connections: more would only wait for one (protection.md 4).
        anyio.to_thread.current_default_thread_limiter().total_tokens = house.settings.threads
        yield
        house.engine.dispose()

    app = FastAPI(
        title="Vereda",
        version="0.2.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        **documentation.ABOUT,
    )
    demo = house.settings.is_demo
    _furnish(app, house, clock)
    problems.install(app)
    routes.install(app, demo=demo)
    app.mount(assets.PREFIX, assets.Fingerprinted(beside=_voices(house)), name="static")
    app.add_middleware(
        GZipMiddleware,
        minimum_size=600,
        compresslevel=6,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *OWN_CODING),
    )
    protect(app, public_url=house.settings.public_url, any_address=demo)
    return app


def _furnish(app: FastAPI, house: House, clock: Clock) -> None:
    """What the requests find in the application."""
    demo = house.settings.is_demo
    app.state.clock = clock
    app.state.settings = house.settings
    app.state.ports = house.ports
    app.state.checks = Pace(300, 60)
    app.state.complaints = Pace(60, 600)
    app.state.flood = Flood()
    app.state.sessions = house.sessions
    app.state.read_sessions = house.read_sessions
    app.state.demo_accounts = demo_accounts() if demo else ()
    app.state.demo_secrets = demo_secrets() if demo else {}
    app.state.pages = _pages(demo, _voices(house))


@cache
def _pages(demo: bool, voices: Path) -> Pages:
    """The pages of a process; what was compiled for one application serves the next one too."""
    sounds, untraced = prompts.read_prompts(), prompts.read_untraced()
    return Pages(Site(assets.read_manifest(), sounds, untraced, voices, demo=demo))


def _voices(house: House) -> Path:
    """Of the data nothing but the sounds: beside them lie keys."""
    return house.settings.data_dir / prompts.VOICES
