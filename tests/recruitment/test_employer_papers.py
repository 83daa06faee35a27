"""Which PDFs are kept: whole ones that do nothing when they are opened."""

import pytest

from permits.errors import Invalid
from recruitment.employer_papers import check_pdf, is_pdf

QUIET = b"%PDF-1.7\n1 0 obj <</Type /Catalog /AAB 2 0 R>> endobj\n%%EOF\n"


def test_a_quiet_pdf_is_kept() -> None:
    assert is_pdf(QUIET)
    assert not is_pdf(b"GIF89a")
    check_pdf(QUIET, "file")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (QUIET[:-7], "pdf-broken"),
        (QUIET.replace(b"/AAB", b"/AA"), "pdf-active"),
        (QUIET.replace(b"/AAB", b"/OpenAction"), "pdf-active"),
        (QUIET.replace(b"/AAB", b"/JavaScript("), "pdf-active"),
        (QUIET.replace(b"/AAB", b"/Encrypt"), "pdf-active"),
        (QUIET.replace(b"/AAB", b"/J#61vaScript"), "pdf-active"),  # the same name, ISO 32000 7.3.5
    ],
)
def test_a_pdf_that_is_cut_off_or_acts_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_pdf(data, "file")
    assert [fault.code for fault in refused.value.faults] == [code]
