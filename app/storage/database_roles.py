"""The users of the database, and the verbs that they are given most."""

from enum import StrEnum


class DatabaseRole(StrEnum):
    """The users of the database; each process signs in as its own."""

    OWNER = "vereda_owner"
    """Owns the tables: migrations, grants, restoring."""
    APP = "vereda_app"
    """The web processes and the command line."""
    WORKER = "vereda_worker"
    """The background worker: signs, publishes, sends, forgets what is due."""
    AUDITOR = "vereda_auditor"
    """Reads the log, for `vereda audit verify`."""
    COMPLAINTS = "vereda_complaints"
    """The content of complaints, which nobody else reads."""
    BACKUP = "vereda_backup"
    """Reads everything, for `vereda backup`."""


OWNER, APP, WORKER, AUDITOR, COMPLAINTS, BACKUP = DatabaseRole

READ = "SELECT"
ADD = "SELECT, INSERT"
LOG = "SELECT, INSERT (act, subject, person, role, at, request, facts)"
