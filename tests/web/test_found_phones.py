"""Telephones in what somebody pastes or scans."""

import pytest

from app.web.answers import find_phones


@pytest.mark.parametrize(
    "text",
    [
        "https://wa.me/50499001122?text=hola",
        "https://api.whatsapp.com/send?phone=%2B50499001122",
        "tel:+50499001122",
        "Llame al 9900-1122 hoy",
    ],
)
def test_the_phone_of_a_text_or_a_link_is_found_once(text: str) -> None:
    assert find_phones(text) == ["+50499001122"]
