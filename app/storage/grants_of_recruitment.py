"""Who may do what with the tables of fair recruitment, as rows of the table of grants."""

from collections.abc import Mapping

from app.storage.database_roles import ADD, APP, READ, WORKER, DatabaseRole

RECRUITMENT: Mapping[str, Mapping[DatabaseRole, str]] = {
    "acceptances": {
        APP: "SELECT, INSERT, UPDATE (token_hash, worker_name, asked_at, expires_at, accepted,"
        " answered_at)",
        WORKER: "SELECT, UPDATE (token_hash, asked_at, expires_at), DELETE",
    },
    # A criterion is declared and audited anew; how it stood before is in the log.
    "assessments": {
        APP: "SELECT, INSERT, UPDATE (status, evidence, version, set_by, set_at)",
        WORKER: READ,
    },
    "recruiter_assessments": {
        APP: "SELECT, INSERT, UPDATE (status, evidence, version, set_by, set_at)",
        WORKER: READ,
    },
    # Every version stands as it was drawn, and so does who agreed to it; a language that nobody
    # noted is told later.
    "contracts": {APP: ADD, WORKER: "SELECT, DELETE"},
    "contract_agreements": {
        APP: "SELECT, INSERT, UPDATE (read_aloud, heard_in, deductions)",
        WORKER: "SELECT, DELETE",
    },
    # One look for a pair of texts, and it stands.
    "contract_looks": {APP: ADD, WORKER: "SELECT, DELETE"},
    "contract_reports": {APP: ADD, WORKER: "SELECT, DELETE"},
    # What was found stands as it was found; a newer judgement follows it.
    "case_judgements": {APP: ADD, WORKER: "SELECT, INSERT, UPDATE (findings), DELETE"},
    # A bar stands as it was given, and is lifted once.
    "employer_bars": {
        APP: "SELECT, INSERT, UPDATE (lifted_by, lifted_at)",
        WORKER: READ,
    },
    # A draft that is forgotten takes its papers along.
    "employer_papers": {
        APP: "SELECT, INSERT, UPDATE (removed_at)",
        WORKER: "SELECT, DELETE",
    },
    "employers": {APP: "SELECT, INSERT, UPDATE (phone)", WORKER: READ},
    # The worker asks the registries and forgets drafts.
    "employer_registrations": {
        APP: "SELECT, INSERT, UPDATE (phone, access_hash, access_until, status, kind, name,"
        " tax_number, size, contact, coffee_key, version, handed_in_at, decided_at, decided_by,"
        " note, evidence, employer)",
        WORKER: "SELECT, UPDATE (version), DELETE",
    },
    "farms": {
        APP: "SELECT, INSERT, UPDATE"
        " (name, name_key, municipality, housed, grower, latitude, longitude, closed_on), DELETE",
        WORKER: "SELECT, DELETE",
    },
    # What was asked stands as it was written; it is replaced or decided once.
    "farm_changes": {
        APP: "SELECT, INSERT, UPDATE (outcome, decided_by, decided_at, note)",
        WORKER: READ,
    },
    # An inspection stands as it was written; what failed is closed once.
    "housing_inspections": {APP: ADD, WORKER: READ},
    "housing_shortcomings": {
        APP: "SELECT, INSERT, UPDATE (mended_on, evidence, mended_by)",
        WORKER: READ,
    },
    # What is asked stands as it was written; what became of it moves on.
    "improvement_points": {
        APP: "SELECT, INSERT, UPDATE (status, said, note, step, moved_by)",
        WORKER: READ,
    },
    "mandates": {APP: "SELECT, INSERT, UPDATE (ended_on)", WORKER: READ},
    # A measure stands as it was written, and is settled once.
    "measures": {APP: "SELECT, INSERT, UPDATE (settled_on, settled_by)", WORKER: READ},
    # The worker process takes back what a yes in the pool named and nobody can grant.
    "nominations": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # A warning is judged once; the worker forgets what was none.
    "offer_reports": {
        APP: "SELECT, INSERT, UPDATE (state, judged_by, judged_at)",
        WORKER: "SELECT, UPDATE (told), DELETE",
    },
    "registry_answers": {
        APP: "SELECT, INSERT, DELETE",
        WORKER: "SELECT, INSERT, DELETE",
    },
    # A list takes the place of the one before, whole.
    "registry_entries": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, INSERT, DELETE"},
    "registry_imports": {APP: ADD, WORKER: ADD},
    "return_counts": {
        APP: READ,
        WORKER: "SELECT, INSERT, UPDATE (told, told_answers, waiting)",
    },
    "employer_ratings": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (told, waiting)"},
    # An employer answers once; SETRASS takes it down once.
    "employer_replies": {APP: "SELECT, INSERT, UPDATE (hidden_at, hidden_by)", WORKER: READ},
    # The worker process asks; what was answered and found stands as it was told.
    "check_ins": {
        APP: "SELECT, UPDATE (employer, farm, answers, findings, answered_at, answer_way,"
        " noted_by, added)",
        WORKER: "SELECT, INSERT, UPDATE (answers, findings, added), DELETE",
    },
    "wanted_cases": {
        APP: "SELECT, INSERT, UPDATE (acknowledged_at, acknowledged_by, complaint, taken_up_at)",
        # The worker process makes complaints of them.
        WORKER: "SELECT, UPDATE (reasons, complaint, taken_up_at), DELETE",
    },
    "cost_cases": {
        APP: "SELECT, INSERT, UPDATE (complaint, taken_up_at)",
        # The worker process makes complaints of them.
        WORKER: "SELECT, UPDATE (told, complaint, taken_up_at), DELETE",
    },
    # A movement stands as it was recorded; its worker says once how they came there.
    "farm_movements": {APP: "SELECT, INSERT, UPDATE (said, said_at)", WORKER: "SELECT, DELETE"},
    # Every version stands as it was written, and its worker's answer too; it is replied to once.
    "payslips": {APP: ADD, WORKER: "SELECT, DELETE"},
    # Days that go by are counted by the worker process.
    "payslip_findings": {
        APP: READ,
        WORKER: "SELECT, INSERT, UPDATE (findings, found_at, run), DELETE",
    },
    "payslip_answers": {
        APP: "SELECT, INSERT, UPDATE (reply, replied_at)",
        WORKER: "SELECT, DELETE",
    },
    "foreman_links": {APP: "SELECT, INSERT, UPDATE (ended_at, lost)", WORKER: READ},
    # Its worker alone changes and removes a payment; the desk moves what was asked back.
    "cost_entries": {
        APP: "SELECT, INSERT, UPDATE (told, receipt_key, voice_key, voice_media, voice_sealed,"
        " status, version, asked_at,"
        " fee_confirmed_at, fee_confirmed_by, registry, licence), DELETE",
        WORKER: "SELECT, UPDATE (told, voice_sealed), DELETE",
    },
    # The desk notes what was shown, its worker answers; the worker process tells of passed days.
    "cost_parts": {
        APP: "SELECT, INSERT, UPDATE (status, day, told), DELETE",
        WORKER: "SELECT, UPDATE (told, told_at), DELETE",
    },
    # It has no text to change: it is said, and taken back.
    "nothing_paid": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # What happened stands as it was told; it is moved, and never taken out by itself.
    "welfare_claims": {
        APP: "SELECT, INSERT, UPDATE (status, steps, version)",
        WORKER: "SELECT, UPDATE (told, steps), DELETE",
    },
    # Who noted a paper changes and removes it.
    "travel_papers": {
        APP: "SELECT, INSERT, UPDATE (got_on, payer, amount, currency, cost, insurer, policy,"
        " covers_from, covers_until, noted_by, noted_at, version), DELETE",
        WORKER: "SELECT, DELETE",
    },
    # Terms and status are the employer's; what holds it follows from what was found.
    "vacancies": {
        APP: "SELECT, INSERT, UPDATE (status, hiring, title, occupation, department, municipality,"
        " starts_on, ends_on, places, wage, currency, unit, unit_kg, hours_per_day, days_per_week,"
        " housing, transport, food, tops_up, version, held_at, blocked_since,"
        " asked_by, asked_at)",
        WORKER: "SELECT, UPDATE (held_at, blocked_since)",
    },
    # What was found, set aside or recorded stands as it was.
    "vacancy_attestations": {APP: ADD, WORKER: READ},
    "clause_tags": {APP: ADD, WORKER: READ},
    "vacancy_judgements": {APP: ADD, WORKER: ADD},
    "vacancy_overrides": {APP: ADD, WORKER: READ},
    "vacancy_steps": {APP: ADD, WORKER: READ},
    "journey_notes": {
        APP: "SELECT, INSERT, DELETE",
        WORKER: "SELECT, UPDATE (asked_at), DELETE",
    },
    "orientation_sessions": {
        APP: "SELECT, INSERT, UPDATE (cancelled_at)",
        WORKER: READ,
    },
    "orientation_seats": {
        APP: "SELECT, INSERT, UPDATE (seat, invited, taken_at, attended_at, attended_by, ended_at)",
        WORKER: "SELECT, DELETE",
    },
    "orientation_tests": {
        APP: "SELECT, INSERT, UPDATE (correct, of, passed)",
        WORKER: "SELECT, DELETE",
    },
    "roster_entries": {
        APP: "SELECT, INSERT, UPDATE (profile, joined_at, renewed_at, valid_until, version,"
        " left_at)",
        WORKER: "SELECT, DELETE",
    },
    "candidacies": {
        APP: "SELECT, INSERT, UPDATE (status, version, why, lacking, interview_at,"
        " interview_place, outcome, offer_until, changed_at)",
        # Offers end by themselves; what is written over is the whole row.
        WORKER: "SELECT, INSERT, UPDATE (status, version, why, lacking, interview_at,"
        " interview_place, outcome, offer_until, changed_at), DELETE",
    },
    "vacancy_requirements": {
        APP: "SELECT, INSERT, UPDATE (years, proven, languages, education, licences)",
        WORKER: READ,
    },
    "vacancy_terms": {
        APP: "SELECT, INSERT, UPDATE (tasks_es, tasks_en, pay_day, rest_day, shift, arrival,"
        " way_back, insurance, notice_days, grievance, guaranteed_days, fees_charged, worker_pays,"
        " overtime_premium_percent, housing_deducted, food_deducted, deducted_in_writing,"
        " requirements, contacts, special_stay, foreigners, headcount, foreign_payroll, payroll)",
        WORKER: READ,
    },
    "judging_runs": {APP: ADD, WORKER: "SELECT, INSERT, UPDATE (judged, failing, ended_at)"},
    # A question stands as it was asked; its worker answers once, and a yes may lead nowhere.
    "pool_asks": {
        APP: "SELECT, INSERT, UPDATE (status, answered_at)",
        WORKER: "SELECT, UPDATE (status), DELETE",
    },
    "wage_runs": {
        APP: ADD,
        WORKER: "SELECT, INSERT, UPDATE (judged, contracts, payslips, ended_at)",
    },
    # What a contract lacks goes once the contract lacks it no more.
    "contract_shortfalls": {
        APP: READ,
        WORKER: "SELECT, INSERT, UPDATE (employer, counts_from, earned, minimum, source, derived,"
        " run, found_at), DELETE",
    },
    "share_waivers": {APP: ADD, WORKER: READ},
}
