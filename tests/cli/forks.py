"""The command `vereda` in a process of its own each time, without the second of its imports.

One process imports the command and waits; for each call it forks a child, which has its own
environment, arguments and output, and runs the command as from a shell. It waits for its threads,
does what is left for the end, and stops there: to take the shared memory apart takes a second.
"""

import atexit
import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

WAITING = """
import atexit, gc, json, os, sys, threading
import holidays.countries, psycopg, sqlalchemy.dialects.postgresql.psycopg
import app.demo.seed, app.main, app.worker  # what the commands load once they are asked
from app.adapters.reference import read_reference
from app.cli import main

read_reference()
gc.freeze()

for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    os._exit(0)
os.environ.clear()
os.environ.update(asked["environment"])
os.chdir(asked["folder"])
for number, path in enumerate((os.devnull, asked["out"], asked["err"])):
    os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
sys.argv[1:] = asked["words"]
code = 0
try:
    main()
except SystemExit as ended:
    code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    if isinstance(ended.code, str):
        print(ended.code, file=sys.stderr)
except BaseException:
    sys.excepthook(*sys.exc_info())
    code = 1
threading._shutdown()
atexit._run_exitfuncs()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)  # the memory that it shares with the first process is not taken apart
"""

_LOCK = Lock()


@cache
def _waiting() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate()  # it ends with its input


def run(words: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; one at a time."""
    with _LOCK, tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {
            "words": words,
            "environment": environment,
            "folder": str(Path.cwd()),
            "out": str(out),
            "err": str(err),
        }
        process = _waiting()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        told = [path.read_text("utf-8") if path.exists() else "" for path in (out, err)]
        return subprocess.CompletedProcess(list(words), code, *told)
