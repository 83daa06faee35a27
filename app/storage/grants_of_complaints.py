"""Who may do what with the tables of complaints, as rows of the table of grants."""

from collections.abc import Mapping

from app.storage.database_roles import ADD, APP, READ, WORKER, DatabaseRole

COMPLAINTS_DESK: Mapping[str, Mapping[DatabaseRole, str]] = {
    # What stands in clear of a complaint; its content only its number or a phrase opens, and no
    # user of the database. The worker tells the log by the day, writes rows anew, and shreds.
    "complaints": {
        APP: "SELECT, INSERT, UPDATE (filing, categories, proposed, severity, status, flags,"
        " outcome, employer, farm, department, received_on, hour, handler, due_on, closed_on,"
        " version, kept_out, source)",
        WORKER: "SELECT, INSERT, UPDATE (filing, categories, proposed, severity, status, flags,"
        " outcome,"
        " employer, farm, department, received_on, hour, handler, due_on, closed_on, version,"
        " noted, kept_out, source)",
    },
    "complaint_messages": {APP: ADD, WORKER: "SELECT, INSERT, UPDATE (noted, alarmed), DELETE"},
    "complaint_files": {APP: ADD, WORKER: "SELECT, UPDATE (noted), DELETE"},
    "complaint_custody": {APP: ADD, WORKER: "SELECT, UPDATE (why), DELETE"},
    # A row that a filing leant on remembers it: the worker writes the group's anew by night.
    "complaint_groups": {
        APP: "SELECT, INSERT, UPDATE (retired_on)",
        WORKER: "SELECT, UPDATE (retired_on)",
    },
    "complaint_handlers": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_shares": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_keys": {
        APP: "SELECT, INSERT, UPDATE (returned, group, group_sealed)",
        WORKER: "SELECT, INSERT, UPDATE (returned, noted), DELETE",
    },
    # Steps and notes stand as they were written; the worker process shreds them, runs the clocks
    # and asks whether its alarms went.
    "complaint_figures": {APP: "SELECT, UPDATE (repaid)", WORKER: "SELECT, INSERT"},
    "inspection_proposals": {
        APP: "SELECT, INSERT, UPDATE (indicators, result, answered_on, answered_by)"
    },
    "complaint_duties": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_steps": {APP: ADD, WORKER: "SELECT, INSERT, DELETE"},
    "complaint_notes": {APP: ADD, WORKER: "SELECT, INSERT, DELETE"},
    "complaint_clocks": {
        APP: "SELECT, INSERT, UPDATE (started_at, due_at, working_days, paused_at, paused_days,"
        " met_at), DELETE",
        WORKER: "SELECT, INSERT, UPDATE (started_at, due_at, working_days, paused_at, paused_days,"
        " met_at, alarms), DELETE",
    },
    "complaint_remedies": {
        APP: "SELECT, INSERT, UPDATE (state, verifier, version, verified_on)",
        WORKER: "SELECT, UPDATE (version), DELETE",
    },
    "complaint_follow_ups": {
        APP: "SELECT, INSERT, UPDATE (done_on, done_by, retaliation), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "complaint_referrals": {
        APP: "SELECT, INSERT, UPDATE (state, confirmed_on, number, report, version)",
        WORKER: "SELECT, DELETE",
    },
    "complaint_outside": {APP: ADD, WORKER: "SELECT, DELETE"},
    "complaint_unlocks": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
}
