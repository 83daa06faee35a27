"""The like about stays: their places, their measures, their employers, and who had a part before.

Written apart from what the services and the triggers ask. `:today` is the legal day, `:most` how
many days a whole stay may have.
"""

STAY = (
    "WITH RECURSIVE stay(case_of, root) AS (SELECT id, id FROM applications"
    " WHERE renews IS NULL AND restores IS NULL UNION ALL SELECT a.id, s.root FROM stay s"
    " JOIN authorisations b ON b.application = s.case_of"
    " JOIN applications a ON a.renews = b.id OR a.restores = b.id) "
)
"""Each case with the first of its stay."""

MATTER = (
    "WITH RECURSIVE matter(case_of, before) AS (SELECT id, id FROM applications"
    " UNION SELECT m.case_of, b.application FROM matter m JOIN applications a ON a.id = m.before"
    " JOIN authorisations b ON b.id = a.restores) "
)
"""Each case with every one before it that a recourse gave anew, and itself."""

HOLDERS = (
    "SELECT a.worker, coalesce((SELECT e.vacancy FROM employer_changes e"
    " WHERE e.authorisation = r.id AND e.outcome = 'granted' ORDER BY e.decided_at DESC LIMIT 1),"
    " a.vacancy) AS vacancy FROM authorisations r JOIN applications a ON a.id = r.application"
    " WHERE r.status IN ('granted', 'suspended') UNION SELECT a.worker, a.vacancy"
    " FROM applications a JOIN decisions d ON (d.application, d.round) = (a.id, a.round)"
    " WHERE a.status IN ('under-review', 'asked') AND d.agency = 'setrass'"
    " AND d.opinion = 'approve'"
)
STANDS = "status IN ('granted', 'suspended')"

PLACES = {
    "work with more people than it has places": f"SELECT 1 FROM ({HOLDERS}) h"
    " JOIN vacancies v ON v.id = h.vacancy GROUP BY v.id HAVING count(*) > min(v.places)",
    "two places of one kind for one stay": STAY + "SELECT 1 FROM quota_places p"
    " JOIN stay s ON s.case_of = p.application GROUP BY s.root, p.programme, p.season, p.scope,"
    " p.thing HAVING count(*) > 1",
    "a stay that stands and holds no place of its season": STAY + "SELECT 1 FROM stay s"
    f" JOIN authorisations r ON r.application = s.case_of WHERE r.{STANDS}"
    " AND r.valid_until >= :today AND NOT EXISTS (SELECT 1 FROM quota_places p"
    " JOIN stay t ON t.case_of = p.application WHERE t.root = s.root AND p.scope = 'season')",
    "a place that stayed behind with a right that was renewed": "SELECT 1 FROM quota_places p"
    " JOIN authorisations b ON b.application = p.application"
    " JOIN applications a ON a.renews = b.id JOIN authorisations r ON r.application = a.id"
    f" WHERE r.{STANDS} AND p.scope = 'season'",
    "a place of a stay that was over when its last right ended": "SELECT 1 FROM quota_places p"
    " JOIN authorisations b ON b.application = p.application"
    " JOIN applications a ON a.renews = b.id JOIN authorisations r ON r.application = a.id"
    " LEFT JOIN revocations v ON v.id = r.revocation WHERE p.scope = 'season'"
    " AND (coalesce(r.ended_at, v.decided_at) AT TIME ZONE 'America/Tegucigalpa')::date"
    " > b.valid_until",
}
MEASURES = {
    "a right that goes on from one that was taken back": "SELECT 1 FROM authorisations b"
    " JOIN applications a ON a.renews = b.id JOIN authorisations r ON r.application = a.id"
    f" WHERE b.status = 'revoked' AND r.{STANDS}",
    "a right of a stay that was lost before": STAY + "SELECT 1 FROM authorisations b"
    " JOIN revocations v ON v.id = b.revocation JOIN stay s ON s.case_of = b.application"
    " JOIN stay t ON t.root = s.root JOIN authorisations r ON r.application = t.case_of"
    f" WHERE r.{STANDS} AND r.valid_from > b.valid_until AND r.granted_at < v.decided_at",
    "a renewal that begins while the days of a suspension run": "SELECT 1 FROM suspensions s"
    " JOIN authorisations b ON b.id = s.authorisation JOIN applications a ON a.renews = b.id"
    " JOIN authorisations r ON r.application = a.id WHERE s.ending = 'open'"
    " AND s.until = b.valid_until AND s.since + 9 >= r.valid_from AND r.status = 'granted'"
    " AND r.granted_at < s.suspended_at AND r.valid_from > b.valid_until"
    " AND NOT EXISTS (SELECT 1 FROM suspensions o WHERE o.authorisation = r.id)",
    "a stay that is longer than one may be": STAY + "SELECT 1 FROM stay s"
    " JOIN authorisations r ON r.application = s.case_of"
    " JOIN authorisations f ON f.application = s.root"
    " WHERE r.valid_until - f.valid_from >= :most",
    "two rights of one person for one day": "SELECT 1 FROM authorisations r"
    " JOIN applications a ON a.id = r.application"
    " JOIN applications b ON b.worker_number = a.worker_number AND b.id <> a.id"
    f" JOIN authorisations o ON o.application = b.id WHERE r.{STANDS} AND o.{STANDS}"
    " AND o.programme = r.programme AND o.valid_from <= r.valid_until"
    " AND o.valid_until >= r.valid_from",
}
EARLIER = (
    "SELECT 1 FROM decisions d WHERE d.application = m.before AND d.official = j.who"
    " AND d.decided_at < j.at UNION ALL SELECT 1 FROM recommendations d"
    " WHERE d.application = m.before AND d.official = j.who UNION ALL SELECT 1"
    " FROM suspensions d JOIN authorisations r ON r.id = d.authorisation"
    " WHERE r.application = m.before AND (d.official = j.who AND d.suspended_at < j.at"
    " OR d.ended_by = j.who AND d.ended_at < j.at) UNION ALL SELECT 1"
    " FROM revocations d JOIN authorisations r ON r.id = d.authorisation"
    " WHERE r.application = m.before AND (d.proposed_by = j.who AND d.proposed_at < j.at"
    " OR d.decided_by = j.who AND d.decided_at < j.at) UNION ALL SELECT 1 FROM applications d"
    " WHERE d.id = m.before AND d.assisted_by = j.who UNION ALL SELECT 1 FROM consents d"
    " WHERE d.application = m.before AND d.witness = j.who"
)
INVOLVED = {
    "who had a part before judged the recourse": MATTER + "SELECT 1 FROM (SELECT application,"
    " decided_by AS who, decided_at AS at FROM appeals WHERE decided_by IS NOT NULL) j"
    f" JOIN matter m ON m.case_of = j.application WHERE EXISTS ({EARLIER})",
    "who had a part before took the second look": MATTER + "SELECT 1 FROM (SELECT application,"
    " reviewed_by AS who, reviewed_at AS at FROM watch_checks WHERE reviewed_by IS NOT NULL) j"
    f" JOIN matter m ON m.case_of = j.application WHERE EXISTS ({EARLIER})",
    "who judged or looked again judged once more": "SELECT 1 FROM appeals a JOIN appeals o"
    " ON o.application = a.application AND o.id <> a.id AND o.decided_by = a.decided_by"
    " UNION ALL SELECT 1 FROM appeals a JOIN watch_checks w ON w.application = a.application"
    " AND w.reviewed_by = a.decided_by AND w.reviewed_at <= a.decided_at",
    "who prepared a case, or what it gives anew, decided": MATTER + "SELECT 1 FROM decisions d"
    " JOIN matter m ON m.case_of = d.application JOIN applications a ON a.id = m.before"
    " WHERE a.assisted_by = d.official OR EXISTS (SELECT 1 FROM consents c"
    " WHERE c.application = m.before AND c.witness = d.official)",
}
GRANTED = (
    "SELECT e.*, r.application FROM employer_changes e"
    " JOIN authorisations r ON r.id = e.authorisation WHERE e.outcome = 'granted'"
)
EMPLOYERS = {
    "another employer without the worker's yes": f"SELECT 1 FROM ({GRANTED}) e WHERE NOT EXISTS"
    " (SELECT 1 FROM contracts c JOIN contract_agreements g"
    " ON (g.application, g.version) = (c.application, c.version)"
    " WHERE c.application = e.application AND c.vacancy = e.vacancy AND g.party = 'worker'"
    " AND g.accepted_at <= e.decided_at)",
    "another employer by a contract that a rule blocks": f"SELECT 1 FROM ({GRANTED}) e"
    " JOIN contracts c ON (c.application, c.vacancy) = (e.application, e.vacancy)"
    " WHERE c.blocked AND c.drawn_at <= e.decided_at",
    "another employer who is stopped": f"SELECT 1 FROM ({GRANTED}) e"
    " JOIN vacancies v ON v.id = e.vacancy JOIN measures m ON m.employer = v.employer"
    " WHERE m.kind IN ('suspension', 'bar') AND m.recorded_at <= e.decided_at"
    " AND (m.settled_on IS NULL"
    " OR m.settled_on > (e.decided_at AT TIME ZONE 'America/Tegucigalpa')::date)",
}
NEVER_OF_STAYS = PLACES | MEASURES | INVOLVED | EMPLOYERS
