"""What a page may load and run (CSP, Content-Security-Policy), and whose is one of its own."""

import re

SCANNER = ("/escaner/", "/escaner/sw.js")
TABLET = "/brigada/"
"""The brigade's tablet: its pages, and its service worker."""

_NOTHING_FOREIGN = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "script-src 'self'{more_scripts}; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; require-trusted-types-for 'script'; "
    "trusted-types {trusted_types}"
)
PAGE_POLICY = (
    _NOTHING_FOREIGN.format(more_scripts="", trusted_types="vereda-swaps") + "; media-src 'self'"
)
"""Scripts of ours from files, nothing inline; only htmx's swaps may make HTML of text, and only
by the named policy of static/src/js/officials.js."""

SCANNER_POLICY = (
    _NOTHING_FOREIGN.format(
        more_scripts=" 'wasm-unsafe-eval'", trusted_types="vereda-service-worker"
    )
    + "; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:"
)
"""The scanner reads codes with WebAssembly and starts a service worker, by a named policy."""

TABLET_POLICY = (
    _NOTHING_FOREIGN.format(more_scripts="", trusted_types="vereda-service-worker")
    + "; worker-src 'self'; manifest-src 'self'; media-src 'self'"
)
"""The brigade's tablet starts a service worker, by the same policy."""

GATE = "/porton/"
"""A farm's gate by a foreman's link: its pages, and its service worker."""

FARM = re.compile(r"/mis-fincas/[0-9a-f-]{36}(/enlaces)?")
"""The same gate for the farm's employer."""

FARM_POLICY = (
    _NOTHING_FOREIGN.format(more_scripts=" 'wasm-unsafe-eval'", trusted_types="vereda-swaps")
    + "; media-src 'self'"
)
"""As every page, and codes are read with WebAssembly."""

OFFER = "/verificar-oferta"
"""The scam check, where a code is read by the camera; its pages below it read none."""

TALK = "/consulta"
"""What somebody tells without a name; a voice is recorded there, and heard before it is sent."""

DIARY = re.compile(r"/mi-solicitud/[0-9a-f-]{36}/pagos")
"""Where a worker notes what they paid, and may say it."""

TALK_POLICY = PAGE_POLICY + " blob:"
"""As every page, and a sound of the page's own making may be played (media-src)."""

EVIDENCE = re.compile(r"/consulta/archivo|/quejas/[0-9a-f-]{36}/pruebas/[0-9a-f-]{36}")
"""Where a voice that was sent is heard: by who told it, and by who handles the case."""

HEARD_POLICY = TALK_POLICY + " data:"
"""As there, and a sound that came within the page may be played (app/web/sounds.py)."""

DATA_POLICY = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""What is no page is never one, also where somebody opens it as one: data, pictures, scripts."""

PAPER_POLICY = (
    "script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""A PDF has its viewer, which a sandbox would keep from opening."""
