"""After a rotation every sealed field is under the newest key, and says the same."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, select

from app.adapters.vault import DataKeys, MemoryVault
from app.services.case import load_case
from app.storage.data_classes import class_of
from app.storage.migrations import known_tables
from app.storage.resealing import FIRST, SEALED, reseal_batch
from permits.data_classes import DataClass
from tests.builders import CUI, Story
from tests.outside import FIELD_KEYS

UNDER_ANOTHER_KEY = {
    "application_rounds.content": "under the key of its case",
    "complaint_files.about": "under the key of its complaint, which no vault opens",
    "complaint_messages.sealed": "under the key of its complaint, which no vault opens",
    "complaint_notes.sealed": "under the key of its complaint, which no vault opens",
    "complaint_referrals.package": "under the key of its complaint, which no vault opens",
    "complaint_remedies.sealed": "under the key of its complaint, which no vault opens",
    "complaint_steps.sealed": "under the key of its complaint, which no vault opens",
    "idempotency_keys.body": "gone within two days",
}


def test_every_sealed_column_is_in_the_list() -> None:
    sensitive = {
        f"{table.name}.{column.name}"
        for table in known_tables().sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and class_of(column) is DataClass.SENSITIVE
    }
    listed = {sealed.place for sealed in SEALED}
    assert sensitive - listed == set(UNDER_ANOTHER_KEY)
    assert {"case_keys.sealed", "factors.secret_sealed"} <= listed


@pytest.mark.asvs("11.2.2")
@pytest.mark.parametrize("limit", [1, 100])
def test_what_was_sealed_before_is_sealed_anew_and_the_old_key_can_go(
    story: Story, limit: int
) -> None:
    story.start().submit().approve().sign()
    rotated = FIELD_KEYS.with_new_key()
    vault, done = MemoryVault(rotated), 0
    for sealed in SEALED:
        after: UUID | None = FIRST
        while after is not None:
            changed, after = reseal_batch(story.session, vault, sealed, after, limit)
            done += changed
    # The number, the key of the case, what rules found of the yes, and the three of the permit.
    assert done == 6
    newest = {rotated.newest: rotated.by_id[rotated.newest]}
    alone = MemoryVault(DataKeys(rotated.newest, newest, rotated.index))
    for sealed in SEALED:
        rows = story.session.execute(
            select(sealed.row, sealed.column).where(sealed.column.is_not(None))
        )
        for row, value in rows:
            assert alone.is_current(value)
            assert alone.open(sealed.place, row, value) != ""
    story.ports = replace(story.ports, vault=alone)  # the old key is thrown away
    assert load_case(story.work(story.setrass), story.id).answers.document_number == CUI
    assert reseal_batch(story.session, alone, SEALED[0], FIRST, limit)[0] == 0
