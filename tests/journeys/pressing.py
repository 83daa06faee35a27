"""What is pressed on a page that is looked at: its form as it stands, its button, its folds."""

from playwright.sync_api import Page

from tests.builders import PHONE
from tests.journeys.inspection import Act


def send(page: Page) -> None:
    """Send the form of the page as it stands; the page that answers has a fault."""
    form = page.locator("main form:not([data-passkey])").last
    if form.get_attribute("data-stays") is not None:  # it is sent from within the page, which stays
        form.evaluate("form => form.requestSubmit()")
        page.locator(".govuk-error-summary").wait_for()
    else:
        with page.expect_navigation(wait_until="load"):
            form.evaluate("form => form.requestSubmit()")
    assert page.locator(".govuk-error-summary").count() == 1, page.url


def press(page: Page) -> None:
    """Press the one button of the page, which asks nothing."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main form").last.evaluate("form => form.requestSubmit()")


def unfold(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def await_result(page: Page) -> None:
    """Wait for what the browser says of a code."""
    page.locator("#result").wait_for(state="visible")


def tracked(receipt: str) -> Act:
    """Ask how the application of a receipt stands, in words of the person's phone."""

    def track(page: Page) -> None:
        page.fill("#receipt", receipt)
        page.fill("#ending", PHONE[-4:])
        with page.expect_navigation(wait_until="load"):
            page.locator("main form").last.evaluate("form => form.requestSubmit()")
        assert page.locator(".notice--look").count() == 1, page.url

    return track
