"""Addresses in an offer: our own mean whose page they are, another's mean nobody."""

from uuid import UUID

import pytest

from recruitment.links import LONGEST_HOST, MOST_LINKS, links_in

SITE = "https://vereda.example"
ONE = UUID("7a1c8bb2-93ea-4d7a-8a2c-7a1c8bb293ea")


@pytest.mark.parametrize(
    "text",
    [
        "https://vereda.example/reclutadores/hn-recruiters/HN001",
        "HTTPS://VEREDA.EXAMPLE/reclutadores/hn-recruiters/hn-001",
        "http://vereda.example:80/reclutadores/hn-recruiters/HN%2D001?idioma=en",
        "Mire (vereda.example/reclutadores/hn-recruiters/HN-001).",
        "https:\\\\vereda.example/reclutadores/hn-recruiters/HN001",
    ],
)
def test_a_page_of_ours_means_whose_it_is(text: str) -> None:
    found = links_in(text, SITE)
    assert (found.numbers, found.elsewhere) == (("HN001",), ())
    assert "HN" not in found.rest


def test_an_employer_and_a_permit_have_pages_too() -> None:
    text = f"{SITE}/empleador/{ONE} {SITE}/empleador/nadie {SITE}/empleador/{ONE}"
    assert links_in(text, SITE).employers == (ONE,)
    permit = links_in(f"{SITE}/v#6BF+70790", SITE)
    assert (permit.permit, permit.rest.strip(), permit.elsewhere) == (True, "", ())
    here = "http://localhost:8000"
    assert links_in(f"{here}/empleador/{ONE}", here).employers == (ONE,)
    assert links_in(f"http://localhost:8001/empleador/{ONE}", here).elsewhere == ("localhost",)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://evil.example/reclutadores/hn-recruiters/HN-001", "evil.example"),
        ("https://vereda.example.evil.example/empleador/x", "vereda.example.evil.example"),
        ("https://vereda.example@evil.example/v", "evil.example"),
        ("https://evil.example\\@vereda.example/v", "evil.example"),
        ("https:////evil.example/v", "evil.example"),
        ("www.evil.example", "www.evil.example"),
        ("evil.example/HN-001", "evil.example"),
        ("https://vered\N{CYRILLIC SMALL LETTER A}.example/v", "xn--vered-8ve.example"),
        (f"https://{'a' * 60}.{'b' * 60}.evil.example/", None),
    ],
)
def test_what_leads_elsewhere_is_named_and_proves_nothing(text: str, host: str | None) -> None:
    found = links_in(text, SITE)
    assert (found.numbers, found.employers, found.permit) == ((), (), False)
    if host is None:
        assert [len(one) for one in found.elsewhere] == [LONGEST_HOST]
        assert found.elsewhere[0].endswith(".evil.example")
    else:
        assert found.elsewhere == (host,)
    assert found.rest.strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "S.A. de C.V./2026, HN-001/2026, Lic.HN-001/2026",
        "hola@evil.example",
        "Finca La Peña. Pague L 300/día",
    ],
)
def test_what_is_no_address_stays_as_it_was(text: str) -> None:
    found = links_in(text, SITE)
    assert (found.rest, found.elsewhere) == (text, ())


def test_a_broken_address_leads_nowhere_and_many_are_too_many() -> None:
    assert links_in("https://[::1 https://evil.example:99999/", SITE).elsewhere == ()
    many = " ".join(f"https://{n}.example/" for n in range(MOST_LINKS + 5))
    assert len(links_in(many, SITE).elsewhere) == MOST_LINKS
