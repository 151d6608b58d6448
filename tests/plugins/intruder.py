"""A plugin that tries what each line `TRY word argument` of a text says: what became of each, as
JSON in place of an answer. It is a system, a metric or an embedder, as it is asked for."""

import errno
import json
import os
import resource
import socket
import stat
import subprocess
import sys
import time


def write(path):
    with open(path, "a") as file:
        file.write("x")


def start(path):
    subprocess.run([path, "--version"], check=True, capture_output=True)


def connect(name):
    socket.socket(socket.AF_UNIX).connect("\0" + name)


def reach(port):
    socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()


def called(name, *arguments):
    """Calls a function of C, whose result below zero is an error."""
    import ctypes  # others need not load it

    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def mount(folder):
    called("mount", b"none", folder.encode(), b"tmpfs", 0, None)


def trace(pid):
    called("ptrace", 0x4206, int(pid), 0, 0)  # PTRACE_SEIZE, which does not stop the process


def status(name):
    with open("/proc/self/status") as lines:
        return dict(line.split(":\t", 1) for line in lines)[name].strip()


def arguments(pid):
    with open(f"/proc/{pid}/cmdline") as file:
        return " ".join(file.read().split("\0"))


def user(program):
    return subprocess.check_output([program, "-u"], text=True).strip()


def fill(mebibytes):
    with open("filled", "wb") as file:
        for _ in range(int(mebibytes)):
            file.write(bytes(1 << 20))


def segments(mebibytes):
    """Fills segments of shared memory that no process has attached, until they are looked for."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    library.shmat.restype = ctypes.c_void_p
    size, made = 8 << 20, []
    try:
        for _ in range(int(mebibytes) // 8):
            made.append(library.shmget(0, size, 0o1600))  # IPC_CREAT
            if made[-1] < 0:
                raise OSError(ctypes.get_errno(), "shmget")
            place = ctypes.c_void_p(library.shmat(made[-1], None, 0))
            ctypes.memset(place, 1, size)
            library.shmdt(place)
        time.sleep(2.5)
    finally:
        for segment in made:
            library.shmctl(segment, 0, None)  # IPC_RMID


# what is tried: a text is what was found, and nothing else is "ok"
WAYS = {
    "read": lambda path: open(path, "rb").read(1),
    "list": os.listdir,
    "write": write,
    "make": os.mkdir,
    "truncate": lambda path: os.truncate(path, 0),
    "remove": os.remove,
    "link": lambda path: os.link(path, "linked"),
    "start": start,
    "connect": connect,
    "reach": reach,
    "signal": lambda pid: os.kill(int(pid), 0),
    "limit": lambda pid: resource.prlimit(int(pid), resource.RLIMIT_CORE, (0, 0)),
    "trace": trace,
    "mount": mount,
    "device": lambda path: os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3)),
    "status": status,
    "arguments": arguments,
    "user": user,
    "fill": fill,
    "segments": segments,
    "import": __import__,
}


def outcome(way, argument):
    try:
        found = WAYS[way](argument)
        return found if isinstance(found, str) else "ok"
    except OSError as error:
        return errno.errorcode[error.errno]
    except ImportError:
        return "no such module"


READY = {
    "system": {"does": ["summarise"]},
    "metric": {"does": ["measure"], "better": "higher", "low": 0, "high": 1},
    "embedder": {"does": ["embed", "embed-tokens"], "width": 2, "deterministic": True},
}


def lines_of(message):
    """The lines of the texts of a question, whatever it asks for."""
    kind = message["type"]
    if kind == "measure":
        texts = message["candidates"]
        parts = [part for it in texts for part in ([it] if isinstance(it, str) else it)]
    elif kind == "embed":
        parts = message["texts"]
    elif kind == "embed-tokens":
        parts = [message["text"]]
    else:
        parts = message["sentences"]
    return [line for part in parts for line in part.splitlines()]


for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        role = READY[message.get("role", "system")]
        reply = {"type": "ready", "name": "intruder", "version": "1", **role}
    elif message["type"] == "end":
        reply = message
    else:
        lines = [it.replace("{parent}", str(os.getppid())) for it in lines_of(message)]
        tried = [it.split()[1:] for it in lines if it.startswith("TRY ")]
        found = [outcome(*words) for words in tried]
        reply = {"id": message["id"], "error": json.dumps(found)}
        if not found and message["type"] == "embed":
            reply = {"id": message["id"], "vectors": [[1, 0] for _ in message["texts"]]}
        if not found and message["type"] == "embed-tokens":
            reply = {"id": message["id"], "tokens": [1], "vectors": [[1, 0]]}
    print(json.dumps(reply), flush=True)
