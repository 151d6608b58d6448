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


def hold():
    """Holds memory: 200 MiB."""
    kept = bytearray(b"x" * (200 << 20))
    time.sleep(3600)
    return kept


def hold_file(file):
    """Holds a file in memory that is not mapped: 200 MiB."""
    for _ in range(25):
        os.write(file, b"x" * (8 << 20))
    time.sleep(3600)


def without_name():
    """Opens a file in memory that has no name any more."""
    path = f"/dev/shm/epitome-fugitive-{os.getpid()}"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    os.remove(path)
    return file


def in_another_thread(function, *arguments):
    """Goes on in another thread, while the first one of the process is gone."""
    import ctypes  # others need not load them
    import platform
    import threading

    def later():
        time.sleep(0.5)
        function(*arguments)

    threading.Thread(target=later).start()
    end_thread = {"x86_64": 60}.get(platform.machine(), 93)
    ctypes.CDLL(None).syscall(end_thread, 0)


# what an orphan goes on with
AFTERWARDS = {"daemon": "sleep", "daemon-eats": "eat", "daemon-holds": "hold"}

way = sys.argv[1]
if way == "sleep":
    time.sleep(3600)
elif way == "eat":
    eat()
elif way == "hold":
    hold()

for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        reply = {"type": "ready", "name": "fugitive", "version": "1", "does": ["summarise"]}
    elif message["type"] == "end":
        reply = message
    elif way == "file":
        hold_file(os.memfd_create("x"))
    elif way == "file-without-name":
        hold_file(without_name())
    elif way == "thread-holds":
        in_another_thread(hold)
    elif way == "thread-holds-file":
        in_another_thread(hold_file, os.memfd_create("x"))
    elif way == "child-holds":
        if os.fork() == 0:
            os.setsid()
            again("hold")
        time.sleep(3600)
    else:
        if orphan():
            hop() if way == "hop" else again(AFTERWARDS[way])
        if way == "daemon-eats":
            time.sleep(3600)
        if way == "daemon-holds":
            time.sleep(3)  # memory is looked at every second
        reply = {"id": message["id"], "picks": []}
    print(json.dumps(reply), flush=True)
