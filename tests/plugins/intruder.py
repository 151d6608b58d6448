"""A plugin that tries what each sentence `TRY word argument` says: what became of each, as JSON
in place of an answer."""

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


for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        reply = {"type": "ready", "name": "intruder", "version": "1", "does": ["summarise"]}
    elif message["type"] == "end":
        reply = message
    else:
        lines = [it.replace("{parent}", str(os.getppid())) for it in message["sentences"]]
        tried = [it.split()[1:] for it in lines if it.startswith("TRY ")]
        found = [outcome(*words) for words in tried]
        reply = {"id": message["id"], "error": json.dumps(found)}
    print(json.dumps(reply), flush=True)
