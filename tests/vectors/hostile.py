"""Texts that try to be more than text: 200 and more each of scripts and of SQL, made by rule.

The ways are those of the public cheat sheets (OWASP's on evading filters, on SQL injection);
every script would open a dialogue, every query would answer, wait, change or destroy something.
"""

_CALLS = ("alert(1)", "alert`1`", "(alert)(1)", "top['al'+'ert'](1)", "confirm(1)", "prompt(1)")
_FRAMES = (
    "<script>{}</script>",
    "<ScRiPt >{}</sCrIpT>",
    "<script/x>{}</script>",
    "<<script>{}//<</script>",
    "</script><script>{}</script>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</style><script>{}</script>",
    "--><script>{}</script><!--",
    "]]><script>{}</script>",
    "<img src=x onerror={}>",
    '"><img src=x onerror="{}">',
    "'><img src=x onerror='{}'>",
    "<img/src=x/onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    '"><svg/onload={}>',
    "<body onload={}>",
    "<input autofocus onfocus={}>",
    '" autofocus onfocus="{}',
    "' autofocus onfocus='{}",
    '" onmouseover="{}" x="',
    "<details open ontoggle={}>",
    "<video><source onerror={}></video>",
    "<marquee onstart={}>x</marquee>",
    "<iframe src=javascript:{}></iframe>",
    '<iframe srcdoc="<script>{}</script>"></iframe>',
    '<a href="javascript:{}">x</a>',
    "<math><a xlink:href=javascript:{}>x</a></math>",
    "<form action=javascript:{}><input type=submit></form>",
    "<object data=javascript:{}></object>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "javascript:{}",
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "<style>@import 'javascript:{}';</style>",
    "\u003cscript\u003e{}\u003c/script\u003e",
    "%3Cscript%3E{}%3C/script%3E",
    "&lt;script&gt;{}&lt;/script&gt;<script>{}</script>",
    "<template><script>{}</script></template>",
)
XSS = tuple(frame.format(call, call) for frame in _FRAMES for call in _CALLS)

_QUOTES = ("'", '"', "')", "'))", "", "\\'", "%27", "'||'", "$$", "\u02bc")
_TAILS = (
    " OR 1=1 --",
    " OR 'a'='a",
    "; DROP TABLE applications; --",
    "; DELETE FROM audit_events; --",
    "; UPDATE accounts SET disabled_at = NULL; --",
    "; INSERT INTO grants VALUES (1); --",
    " UNION SELECT NULL --",
    " UNION SELECT email, password_hash FROM accounts --",
    " AND 1=(SELECT count(*) FROM pg_tables) --",
    "; SELECT pg_sleep(5); --",
    " || pg_sleep(5) || ",
    " AND (SELECT 1/0) = 1 --",
    "; COPY accounts TO PROGRAM 'id'; --",
    "; SET ROLE postgres; --",
    "/**/OR/**/1=1/*",
    " LIKE '%",
    "; TRUNCATE sessions; --",
    "::int; --",
    " ORDER BY 100 --",
    " RETURNING * --",
    "; COMMIT; --",
)
SQL = tuple(f"x{quote}{tail}" for quote in _QUOTES for tail in _TAILS)

TEMPLATES = ("{{7*7}}", "{% for x in y %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{request}}", "%s%n")
LINES = (
    *("a\r\nSet-Cookie: x=1", "a\r\n\r\n<html>", "a\nb", "a\x00b"),
    *("a\x1b[31mb", "\u202eabc", "\ufeff"),
)
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1")
EVERY = (*XSS, *SQL, *TEMPLATES, *LINES, *FORMULAS)
