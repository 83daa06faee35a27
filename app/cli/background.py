"""The worker process that `vereda serve` starts beside itself: it ends when its parent is gone."""

from contextlib import suppress

from app.cli.serve import end_with_parent, worker
from app.cli.surroundings import end_like_ctrl_c

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        end_like_ctrl_c()  # before we watch: the parent may be gone already
        end_with_parent()
        worker()
