"""States in which many cases together may never be, each by one query that finds such a row."""

NEVER = {
    "more places held than there are": "SELECT 1 FROM quota_places GROUP BY programme, season,"
    " scope, thing HAVING count(*) > min(total)",
    "a place of who does not stand": "SELECT 1 FROM quota_places p JOIN applications a"
    " ON a.id = p.application WHERE a.status NOT IN ('under-review', 'asked', 'approved')"
    " OR EXISTS (SELECT 1 FROM authorisations r WHERE r.application = a.id"
    " AND r.status IN ('revoked', 'ended'))",
    "a right without each approval, of its digest, by different people": "SELECT 1"
    " FROM authorisations r JOIN agency_sets s ON s.id = r.agency_set"
    " LEFT JOIN decisions d ON d.application = r.application AND d.round = r.round"
    " AND d.digest = r.digest AND d.opinion = 'approve' GROUP BY r.id, s.size"
    " HAVING count(DISTINCT d.agency) <> s.size OR count(DISTINCT d.official) <> s.size",
    "two standing cards of a right": "SELECT 1 FROM credentials"
    " WHERE state IN ('pending', 'issued') GROUP BY authorisation HAVING count(*) > 1",
    "a worker who decided": "SELECT 1 FROM decisions d JOIN applications a"
    " ON a.id = d.application WHERE d.official = a.worker",
    "one person took a right back": "SELECT 1 FROM revocations"
    " WHERE outcome = 'confirmed' AND proposed_by = decided_by",
    "a right that was taken back and stands": "SELECT 1 FROM authorisations r WHERE EXISTS"
    " (SELECT 1 FROM revocations v WHERE v.authorisation = r.id AND v.outcome = 'confirmed')"
    " AND (r.status <> 'revoked' OR EXISTS (SELECT 1 FROM credentials c"
    " WHERE c.authorisation = r.id AND c.state IN ('pending', 'issued')))",
    "who recommended decided": "SELECT 1 FROM recommendations r JOIN decisions d"
    " ON (d.application, d.round, d.agency, d.official)"
    " = (r.application, r.round, r.agency, r.official)",
    "who had decided judged the recourse": "SELECT 1 FROM appeals a JOIN decisions d"
    " ON d.application = a.application AND d.official = a.decided_by"
    " AND d.decided_at < a.decided_at",
    "who confirmed the loss judged the recourse": "SELECT 1 FROM appeals a JOIN revocations v"
    " ON v.id = a.revocation AND a.decided_by IN (v.proposed_by, v.decided_by)",
    "who suspended gave back": "SELECT 1 FROM suspensions"
    " WHERE ending = 'reinstated' AND official = ended_by",
    "a right that is suspended by nothing, or is not by what runs": "SELECT 1"
    " FROM authorisations r LEFT JOIN suspensions s ON s.authorisation = r.id"
    " AND s.ending = 'open' WHERE (r.status = 'suspended') <> (s.id IS NOT NULL)",
    "INM approved over what the list found, or who looked again did": "SELECT 1"
    " FROM watch_checks w JOIN decisions d ON d.application = w.application"
    " AND d.round = w.round AND d.agency = 'inm' AND d.opinion = 'approve'"
    " WHERE w.state IN ('hit', 'upheld') OR w.reviewed_by = d.official",
    "a right for the work of who was barred": "SELECT 1 FROM authorisations r"
    " JOIN applications a ON a.id = r.application JOIN vacancies v ON v.id = a.vacancy"
    " JOIN employer_bars b ON b.employer = v.employer AND r.granted_at > b.barred_at"
    " AND (b.lifted_at IS NULL OR r.granted_at < b.lifted_at)",
    "two wishes for another employer, or one that was decided by its worker": "SELECT 1"
    " FROM employer_changes WHERE official = worker UNION ALL SELECT 1 FROM employer_changes"
    " WHERE outcome = 'asked' GROUP BY authorisation HAVING count(*) > 1",
    "two renewals of a right": "SELECT 1 FROM applications WHERE renews IS NOT NULL"
    " AND status NOT IN ('refused', 'lapsed', 'withdrawn') GROUP BY renews HAVING count(*) > 1",
    "two cases anew for a right": "SELECT 1 FROM applications WHERE restores IS NOT NULL"
    " GROUP BY restores HAVING count(*) > 1",
    "a card that stands under a right that does not": "SELECT 1 FROM credentials c"
    " JOIN authorisations r ON r.id = c.authorisation WHERE c.state IN ('pending', 'issued')"
    " AND r.status IN ('revoked', 'ended')",
}
