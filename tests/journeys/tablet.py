"""The brigade's tablet as a facilitator uses it: prepared, filled in, sent."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from app.web.prompts import BUILT, read_prompts
from permits.people import Actor
from tests.journeys.lives import Lives
from tests.journeys.site import Site

COFFEE = "coffee-hn-gt"
MOST_PRESSES = 2400
"""Of *Enviar ahora*: forty for each of the people of a whole day."""

NOT_YET = "Guardado en este teléfono, aún NO registrado"

WEIGH = "async (one) => (await (await fetch(one)).blob()).size"

WRITE = """async (answers) => {
  const until = async (holds) => {
    for (let turn = 0; turn < 3000; turn += 1) {
      if (holds()) return;
      await new Promise((done) => setTimeout(done, 5));
    }
    throw new Error(document.body.innerText.slice(0, 1000));
  };
  const shown = () => document.querySelector("section[data-step]:not([hidden])");
  await until(shown);
  while (shown().dataset.step !== "guardar") {
    const section = shown();
    for (const field of section.querySelector("form").elements) {
      const value = answers[field.name];
      if (value === undefined) continue;
      const isTicked = field.type === "checkbox" || field.type === "radio";
      if (isTicked) field.checked = value === field.value;
      else field.value = value;
    }
    const form = section.querySelector("form");
    form.requestSubmit();
    await until(() => shown() !== section || document.getElementById("fault").textContent);
    if (shown() === section) {
      await new Promise((read) => setTimeout(read, 800));
      form.requestSubmit(); // looked at again, and meant
    }
    await until(() => shown() && shown() !== section);
  }
}"""
"""What a facilitator does at each question, as fast as the page goes."""


class Tablet:
    """The tablet's page, and who carries it."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site

    def come_in(self, actor: Actor) -> None:
        """Sign in; the browser that was killed has forgotten it."""
        with self.site.house.sessions.begin() as session:
            token = Lives(self.site, session).token(actor)
        cookie = {"name": "vereda", "value": token, "url": self.site.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self) -> None:
        """The list, whole."""
        self.page.goto(f"{self.site.url}/brigada/")
        expect(self.page.locator("#count")).not_to_be_empty()

    def prepare(self, actor: Actor) -> None:
        """Once with a network: everything is kept, and who carries it is known."""
        self.come_in(actor)
        self.open()
        expect(self.page.locator("html[data-saved='yes']")).to_be_attached()
        expect(self.page.locator("#holder")).to_contain_text(actor.name)

    def hear(self) -> None:
        """Every voice that the site has is on the tablet, whole, with no network."""
        sounds = [one for slugs in read_prompts().values() for one in slugs.values()]
        sizes = [self.page.evaluate(WEIGH, one) for one in sounds]
        assert sizes == [(BUILT / one.rsplit("/")[-1]).stat().st_size for one in sounds]

    def begin(self, programme: str = COFFEE) -> None:
        """A new registration."""
        self.page.locator(f"[data-begin='{programme}']").click()
        self.page.wait_for_selector("section:not([hidden])")

    def write(self, answers: Mapping[str, str], programme: str = COFFEE) -> None:
        """One person from the first question to the list; of work the first that is offered."""
        self.begin(programme)
        offered = self.page.locator("[name='vacancy']")
        work = {"vacancy": offered.first.get_attribute("value") or ""} if offered.count() else {}
        self.page.evaluate(WRITE, {**work, **answers})
        self.save()

    def save(self) -> None:
        """Keep it on the tablet."""
        self.page.locator("#save button").click()
        expect(self.page.locator("#count")).not_to_be_empty()

    def send_all(self) -> None:
        """Press *Enviar ahora* until nothing waits."""
        for _ in range(MOST_PRESSES):
            if NOT_YET not in self.states():
                return
            self.page.locator("[name='send']").click()
            self.page.wait_for_timeout(50)
        raise AssertionError(self.page.locator("main").inner_text())

    def states(self) -> list[str]:
        """What the list says of each."""
        return self.page.locator(".kept__state").all_inner_texts()
