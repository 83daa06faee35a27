"""A worker without JavaScript: opens pages, fills forms in, follows where the site leads."""

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image

from app.services.ports import Ports
from permits.programmes import Hiring
from tests.builders import add_vacancy
from tests.databases import Database

CUI = "1234 56789 2004"
PHONE = "5551 2345"
E164 = "+50255512345"


def now() -> datetime:
    """The site reads the real clock, and so do the tests that walk through it."""
    return datetime.now(UTC)  # noqa: TID251


def photo(side: int = 300) -> bytes:
    """A JPEG as a phone would send it."""
    packed = BytesIO()
    Image.new("RGB", (side, side), "#336655").save(packed, "JPEG")
    return packed.getvalue()


def open_work(database: Database, ports: Ports, hiring: Hiring = Hiring.OPEN) -> UUID:
    """A vacancy that takes applications today, whatever today is."""
    today = now().date()
    with database.sessions.begin() as session:
        return add_vacancy(
            session,
            ports,
            hiring=hiring,
            starts_on=today + timedelta(days=8),
            ends_on=today + timedelta(days=60),
        )


def words(page: Response) -> str:
    """What a page says, without its marks."""
    body = page.text.split("<main")[1].split("</main>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def title(page: Response) -> str:
    """The title in the browser's tab."""
    found = re.search(r"<title>(.*?)</title>", page.text, re.S)
    return html.unescape(found[1]).strip() if found else ""


@dataclass
class Walker:
    """One browser; `page` is what it shows, `trail` the last parts of addresses posted to."""

    client: TestClient
    page: Response = field(init=False)
    trail: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The address of the page."""
        return self.page.url.path

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.path.rsplit("/", 1)[1]

    @property
    def application(self) -> str:
        """The id that stands in the address."""
        return self.path.split("/")[2]

    @property
    def _referer(self) -> dict[str, str]:
        return {"Referer": str(self.page.url)} if hasattr(self, "page") else {}

    def open(self, path: str) -> Response:
        """Go to an address and follow redirects as a browser does."""
        self.page = self.client.get(path, follow_redirects=True)
        return self.page

    def send(self, path: str | None = None, /, **answers: object) -> Response:
        """Press the button of the form on the page; dashes in names stand as double underscores."""
        self.trail.append((path or self.path).rsplit("/", 1)[1])
        data = {name.replace("__", "-"): value for name, value in answers.items()}
        self.page = self.client.post(
            path or self.path, data=data, headers=self._referer, follow_redirects=True
        )
        return self.page

    def upload(self, files: dict[str, tuple[str, bytes, str]], **answers: object) -> Response:
        """The same with photos."""
        self.page = self.client.post(
            self.path, data=answers, files=files, headers=self._referer, follow_redirects=True
        )
        return self.page

    def begin(self, phone: str = PHONE, programme: str = "coffee-hn-gt") -> str:
        """From the start to the first question; returns the code that brings back."""
        self.open(f"/solicitud/nueva/{programme}")
        self.send(phone=phone)
        shown = re.search(r"number--large\">(\d{4} \d{4})<", self.page.text)
        assert shown is not None
        self.open(f"/solicitud/{self.application}/documento")
        return shown[1]

    def answer_all(self, vacancy: UUID) -> None:
        """Every question up to the check, each reached by the redirect of the one before."""
        self.send(document_kind="gt-dpi", document_number=CUI)
        self.send(given_names="María Ángela", surnames="Gutiérrez Ñamendí")
        self.send(date_of_birth__day="27", date_of_birth__month="marzo", date_of_birth__year="1994")
        self.send(sex="female")
        self.send(municipality="jocotan")
        self.send(languages_spoken=["spa", "caa"])
        self.send(languages_read="none")
        self.open(f"/solicitud/{self.application}/trabajo/{vacancy}")
        self.send()
        self.send(brings_documents="yes")
        self.send(brings_photo="yes")
        self.send(consent="yes")
