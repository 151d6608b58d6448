"""A plugin that tries what each line `TRY word argument` of a text says: what became of each, as
JSON in place of an answer. It is a system, a metric or an embedder, as it is asked for."""

import errno
import json
import os
import socket
import subprocess
import sys


def write(path):
    with open(path, "a") as file:
        file.write("x")


def start(path):
    subprocess.run([path, "--version"], check=True, capture_output=True)


def connect(name):
    socket.socket(socket.AF_UNIX).connect("\0" + name)


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
    "signal": lambda pid: os.kill(int(pid), 0),
    "import": __import__,
}


def outcome(way, argument):
    try:
        WAYS[way](argument)
        return "ok"
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
