"""A plugin whose processes lose all that shows whose they are: its argument says how."""

import json
import os
import sys
import time


def orphan():
    """Continues in a process of another session, whose parents are gone."""
    if os.fork() != 0:
        return False
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    return True


def again(way):
    """Starts this file again, without an environment."""
    os.execve(sys.executable, [sys.executable, "-S", __file__, way], {})


def eat():
    kept = []
    while True:
        kept.append(bytearray(b"x" * (8 << 20)))
        time.sleep(0.005)


def hop():
    """Goes on for ever in new processes, each gone at once and of its own session."""
    while True:
        if os.fork() != 0:
            os._exit(0)
        os.setsid()


def hold_file():
    """Holds a file in memory that is not mapped."""
    file = os.memfd_create("x")
    for _ in range(25):
        os.write(file, b"x" * (8 << 20))
    time.sleep(3600)


way = sys.argv[1]
if way == "sleep":
    time.sleep(3600)
elif way == "eat":
    eat()

for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        reply = {"type": "ready", "name": "fugitive", "version": "1", "does": ["summarise"]}
    elif message["type"] == "end":
        reply = message
    elif way == "file":
        hold_file()
    else:
        if orphan():
            hop() if way == "hop" else again("sleep" if way == "daemon" else "eat")
        if way == "daemon-eats":
            time.sleep(3600)
        reply = {"id": message["id"], "picks": []}
    print(json.dumps(reply), flush=True)
