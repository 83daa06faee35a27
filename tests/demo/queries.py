"""What is asked of a demonstration."""

DIGEST = """
SELECT md5(string_agg(told, E'\\n' ORDER BY told)), count(*) FROM (
    SELECT concat_ws('|', 'application', id, status, round, version, digest, receipt, answers,
        vacancy, submitted_at, due_at, held_by) AS told FROM applications
    UNION ALL SELECT concat_ws('|', 'document', id, kind, sha256, attached_at) FROM documents
    UNION ALL SELECT concat_ws('|', 'decision', application, round, agency, official, opinion,
        grounds, note, decided_at) FROM decisions
    UNION ALL SELECT concat_ws('|', 'credential', id, number, state, status_index, valid_from,
        expires, revoked_at) FROM credentials
    UNION ALL SELECT concat_ws('|', 'crossing', id, number, direction, post, device_time)
        FROM crossings
    UNION ALL SELECT concat_ws('|', 'message', key, recipient, body, sent_at) FROM messages
    UNION ALL SELECT concat_ws('|', 'vacancy', id, programme, starts_on, ends_on) FROM vacancies
    UNION ALL SELECT concat_ws('|', 'event', act, subject, person, at,
        facts - '{kid,key,signature}'::text[])
        FROM audit_events
) AS everything
"""
"""One digest of all that it shows, and of how many rows."""

PERMITS = """
SELECT id, text,
    CASE WHEN expires <= :now THEN 'expired' WHEN valid_from > :now THEN 'not-yet-valid'
    WHEN state IN ('revoked', 'replaced') THEN 'revoked'
    WHEN right_status = 'suspended' THEN 'suspended' ELSE 'ok' END AS expected
FROM credentials WHERE text IS NOT NULL
"""
"""Every permit with its text, and what a border is told of it at `now`."""
