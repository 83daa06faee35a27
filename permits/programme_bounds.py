"""Every number of a programme by its path in the file, and what it can be."""

from collections.abc import Mapping

LONGEST_SUSPENSION = 15
"""Calendar days; the database refuses a longer one too."""

BOUNDS: Mapping[str, tuple[int, int]] = {
    "minimum_age_years": (18, 99),
    "attestation_days": (1, 400),
    "nationals_first_days": (1, 180),
    "roster_days": (30, 1095),
    "orientation_pass_percent": (1, 100),
    "insurance_days": (1, 366),
    "piece_kg_per_day": (1, 1000),
    "validity.maximum_days": (1, 3660),
    "validity.visa_free_stay_days": (1, 366),
    "validity.renewal_days": (1, 366),
    "clocks.statutory_working_days": (1, 365),
    "clocks.info_request_working_days": (1, 365),
    "clocks.question_pauses": (0, 1),
    "clocks.amber_percent": (1, 100),
    "clocks.red_percent": (1, 100),
    "clocks.suspension_days": (1, LONGEST_SUSPENSION),
    "clocks.reconsideration_working_days": (1, 60),
    "clocks.appeal_working_days": (1, 60),
    "clocks.reminder_working_days": (1, 60),
    "clocks.reinstate_days": (1, 30),
    "clocks.closing_days": (1, 366),
    "clocks.unused_days": (30, 366),
    "clocks.unused_notice_days": (7, 10),
    "clocks.reconsideration_answer_working_days": (1, 40),
    "clocks.appeal_answer_working_days": (1, 40),
    "clocks.employer_change_working_days": (1, 40),
    "clocks.identity_change_working_days": (1, 40),
    "clocks.data_request_working_days": (1, 40),
    "clocks.draft_reminder_days": (1, 60),
}
"""Every threshold by its path in the file: the least and the most that can be meant."""

_OPTIONAL = "attestation_days nationals_first_days piece_kg_per_day validity.renewal_days"
_ABROAD = ("roster_days", "orientation_pass_percent", "insurance_days")
OPTIONAL = frozenset({*_OPTIONAL.split(), *_ABROAD, "validity.visa_free_stay_days"})
"""Thresholds that a programme may leave out."""
