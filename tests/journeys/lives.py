"""Lives led in the site's own database through the services, with dates told from today."""

from datetime import timedelta
from itertools import count
from uuid import UUID

from app.services import applications, credentials
from app.services.accounts import add_account
from app.services.second_factors import add_totp
from app.services.sign_in import open_session
from app.services.work import Work
from app.storage.database import Session
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.identity_documents import cui_remainder
from permits.issuing import Credential
from permits.people import SYSTEM, Actor, Role, Scope
from permits.programmes import Hiring
from tests.builders import ANSWERS, Story, add_vacancy
from tests.journeys.people import PASSWORD
from tests.journeys.site import SECRET, Site

POST = "HN-GT-1"


class Lives:
    """People of one site; each of them has a document number of their own."""

    def __init__(self, site: Site, session: Session) -> None:
        self.site, self.session = site, session
        self.vacancies: dict[ApplicationId, UUID] = {}
        self._numbers = count(1)

    def begin(
        self, since: int = 0, until: int = 60, *, ago: int = 0, hiring: Hiring = Hiring.OPEN
    ) -> Story:
        """A draft with every answer, made `ago` days ago, for work from day to day of today."""
        today = legal_day(self.site.now())
        story = Story(self.session, self.site.house.ports, self.site.now() - timedelta(days=ago))
        vacancy = add_vacancy(
            self.session,
            self.site.house.ports,
            hiring=hiring,
            starts_on=today + timedelta(days=since),
            ends_on=today + timedelta(days=until),
        )
        story.start(vacancy=str(vacancy), document_number=self._cui())
        self.vacancies[story.id] = vacancy
        return story

    def permit(self, since: int = 0, until: int = 60, *, ago: int = 0) -> Story:
        """A person whose permit is signed."""
        return self.begin(since, until, ago=ago).submit().approve().sign()

    def twice(self) -> Story:
        """Somebody with a permit who applies anew for the same days."""
        story = self.permit()
        vacancy, work = self.vacancies[story.id], story.work(story.worker)
        said = {**ANSWERS, "vacancy": str(vacancy), "document_number": self._cui()}
        story.id = applications.create_application(work, "coffee-hn-gt").id
        applications.save_answers(work, story.id, said)
        return story.submit()

    def credential(self, story: Story) -> Credential:
        """What stands for a story's right; AssertionError where nothing was issued."""
        work = story.work(story.worker)
        found = credentials.find_permit_of(work, UUID(str(story.id)))
        assert found is not None
        return found.credential

    def official(self, email: str, role: Role, name: str = "") -> Actor:
        """An official who can sign in with PASSWORD; an agent stands at El Florido."""
        post = POST if role is Role.BORDER_AGENT else None
        work = Work(self.session, SYSTEM, self.site.now(), self.site.house.ports, "test")
        name = name or f"Oficial {role.value}"
        person = add_account(work, email, PASSWORD, role, name, Scope(post))
        add_totp(work, person, SECRET, "Aplicación")
        return Actor(person, role, name, post)

    def token(self, actor: Actor) -> str:
        """What stands in the cookie of somebody who has signed in."""
        work = Work(self.session, SYSTEM, self.site.now(), self.site.house.ports, "test")
        return open_session(work, actor, "test").token

    def _cui(self) -> str:
        serials = (f"9{number:07d}" for number in self._numbers)
        serial = next(serial for serial in serials if cui_remainder(serial) != 10)
        return f"{serial}{cui_remainder(serial)}2004"
