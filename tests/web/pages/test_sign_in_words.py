"""The sign-in page as it is drawn: what was typed stays, and a refusal says why."""

from app.web import forms, templating
from app.web.contexts import DemoAccount, SignInPage
from tests.web.faces import request_for


def test_sign_in_keeps_the_name_and_says_why_it_refused() -> None:
    context = SignInPage(
        forms.Form({"user": ("ana@example.org",)}),
        refusal="not-permitted",
        after="/bandeja?q=x",
        demo_accounts=(DemoAccount("oficial", "demo-1", "setrass-officer"),),
    )
    page = bytes(templating.render(request_for("/entrar"), "sign_in.html", context).body).decode()
    assert 'value="ana@example.org"' in page
    assert 'value="/bandeja?q=x"' in page
    assert "Su cuenta no puede hacer esto." in page
    assert "demo-1" in page
    assert "Oficial de SETRASS" in page
