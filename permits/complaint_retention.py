"""How long what was complained of is kept: lines of the table of retention."""

from permits.retention_terms import CLOSED_KEPT, COUNSEL, PROOF, SECURITY, Rule, Then

COMPLAINTS: tuple[Rule, ...] = (
    Rule(
        "Complaint: its content, its evidence and its key",
        (
            *("complaint_keys", "complaint_messages", "complaint_files", "complaint_custody"),
            *("complaint_steps", "complaint_notes", "complaint_remedies"),
            *("complaint_referrals", "complaint_follow_ups", "complaint_outside"),
        ),
        "Protect who complains, find what happened, make it good",
        f"Código del Trabajo; ILO general principles on fair recruitment 8; {COUNSEL}",
        CLOSED_KEPT,
        "the day it was closed; lateness of a complaint closes nothing",
        Then.SHRED,
    ),
    Rule(
        "Complaint: kind, gravity, department, day and outcome",
        ("complaints", "complaint_clocks"),
        "Count what is complained of and what came of it, cells below five suppressed",
        PROOF,
        None,
        "nothing: who had a part in it is forgotten with its content",
        Then.STAYS,
    ),
    Rule(
        "Figures of complaints, as everybody reads them",
        ("complaint_figures",),
        "Tell everybody what is complained of and what came of it",
        PROOF,
        None,
        "nothing: no count below five stands in it",
        Then.STAYS,
    ),
    Rule(
        "Inspection proposed by the complaints office: the employer, for what, and the answer",
        ("inspection_proposals",),
        "Have farms inspected of which several tell the same, and name none of them",
        PROOF,
        None,
        "nothing: it names an employer and no complaint",
        Then.STAYS,
    ),
    Rule(
        "Who of the complaints office is on duty",
        ("complaint_duties",),
        "Tell danger at once to who looks after it",
        SECURITY,
        None,
        "the next list, which takes its place",
        Then.STAYS,
    ),
    Rule(
        "Keys of who handles complaints",
        ("complaint_groups", "complaint_handlers", "complaint_shares", "complaint_unlocks"),
        "Let handlers read complaints, and nobody else",
        SECURITY,
        None,
        "a phrase chosen anew, the next group, or the end of what a session opened, which end each",
        Then.STAYS,
    ),
)
