"""One worker cannot fill the store: forty files a day are kept, and the next day forty more."""

from datetime import timedelta

import pytest

from app.services import documents
from app.services.documents import A_DAY, UnfitFile
from app.services.ports import Ports
from app.services.throttling import allow_try
from app.storage.database import Session
from permits.errors import Fault
from permits.submissions import DocumentKind
from tests.builders import NOW, Story, work_of
from tests.memory_files import MemoryObjects
from tests.papers import portrait


@pytest.mark.promise("P21")
@pytest.mark.asvs("5.2.4")
def test_the_forty_first_file_of_a_day_is_not_kept(session: Session, ports: Ports) -> None:
    mine, others = Story(session, ports).start(), Story(session, ports).start()
    photo, picture = DocumentKind.PHOTO, portrait()
    for _ in range(A_DAY.tries - 1):
        assert allow_try(mine.work(mine.worker), A_DAY, str(mine.worker.person))
    documents.attach_document(mine.work(mine.worker), mine.id, photo, picture)
    with pytest.raises(UnfitFile) as refused:
        documents.attach_document(mine.work(mine.worker), mine.id, photo, picture)
    assert refused.value.faults == (Fault("too-many-files", "photo", {"limit": 40}),)
    documents.attach_document(others.work(others.worker), others.id, photo, picture)
    tomorrow = work_of(session, mine.worker, ports, NOW + timedelta(days=1))
    documents.attach_document(tomorrow, mine.id, photo, picture)
    assert isinstance(ports.objects, MemoryObjects)
    assert len(ports.objects.files) == 3
