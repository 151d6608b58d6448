"""A plugin that does on command whatever can go wrong.

A document that holds `FAULT:name` makes it happen; every other is answered with its first
sentences. Written against the protocol alone, without the SDK.
"""

import json
import os
import signal
import sys
import time


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def answer(message):
    """The honest answer: the first sentences that fit, or the first words."""
    if message["type"] == "keywords":
        return {"id": message["id"], "phrases": message["text"].split()[: message["limit"]]}
    count = len(message["sentences"])
    budget = message["budget"]
    left = budget.get("sentences", budget.get("words", budget.get("bytes")))
    costs = budget.get("costs", [1] * count)
    picks = []
    for at in range(count):
        if costs[at] <= left:
            picks.append(at)
            left -= costs[at] + ("bytes" in budget)
    return {"id": message["id"], "picks": picks}


def grandchild(code):
    import subprocess  # most starts need none, and it takes as long to read as all the others

    return subprocess.Popen([sys.executable, "-S", "-c", code])


def traced_by_a_child():
    """A child that hears no SIGTERM traces us, and we go on."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(0x59616D61, ctypes.c_ulong(2**64 - 1), 0, 0, 0)  # whoever wants to may
    ours = os.getpid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.setsid()
        libc.ptrace(0x4206, ours, None, None)  # PTRACE_SEIZE
        time.sleep(3600)
    time.sleep(0.3)


def traced_by_a_stranger():
    """As before, by a child whose environment is empty."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(0x59616D61, ctypes.c_ulong(2**64 - 1), 0, 0, 0)
    trace = (
        "import ctypes, sys, time; libc = ctypes.CDLL(None)\n"
        "libc.ptrace(0x4206, int(sys.argv[1]), None, None); time.sleep(3600)"
    )
    ours = os.getpid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.setsid()
        os.execve(sys.executable, [sys.executable, "-S", "-c", trace, str(ours)], {})
    time.sleep(1)


def flood(stream):
    block = b"x" * 999 + b"\n"
    for _ in range(100_000):  # 100 MB
        stream.write(block)
    stream.flush()


def fault(name, message):
    """What a document asks for; an answer to send, or nothing."""
    honest = answer(message)
    if name == "hang":
        time.sleep(3600)
    elif name == "exit":
        os._exit(0)
    elif name == "exit-3":
        print("I am leaving", file=sys.stderr, flush=True)
        os._exit(3)
    elif name == "segv":
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        import ctypes

        ctypes.string_at(0)
    elif name == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif name == "answer-and-die":
        say(honest)
        os.kill(os.getpid(), signal.SIGKILL)
    elif name == "eat-memory":
        kept = []
        while True:
            kept.append(bytearray(b"x" * (16 << 20)))
            time.sleep(0.005)
    elif name == "grandchild-eats-memory":
        grandchild(
            "import time; kept = []\n"
            "while True: kept.append(bytearray(b'x' * (16 << 20))); time.sleep(0.005)"
        )
        time.sleep(3600)
    elif name == "flood-stdout":
        flood(sys.stdout.buffer)
    elif name == "flood-stdout-one-line":
        block = b"x" * 1_000_000
        for _ in range(100):
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
        time.sleep(3600)
    elif name == "flood-stderr":
        flood(sys.stderr.buffer)
        return honest
    elif name == "garbage":
        sys.stdout.write("Loading model ... 100 %\n")
        return honest
    elif name == "last-words":
        signal.signal(signal.SIGTERM, lambda *_: os.write(2, b"I was ended\n") and os._exit(1))
        print("I answer", file=sys.stderr, flush=True)
        say(["not", "an", "answer"])
        time.sleep(3600)
    elif name == "garbage-json":
        say(["not", "an", "answer"])
        return honest
    elif name == "twice":
        say(honest)
        return honest
    elif name == "another-id":
        return {**honest, "id": message["id"] + 1_000_000}
    elif name == "text-id":
        return {**honest, "id": str(message["id"])}
    elif name == "out-of-range":
        return {**honest, "picks": [10_000_000]}
    elif name == "negative":
        return {**honest, "picks": [-1]}
    elif name == "duplicate":
        return {**honest, "picks": [0, 0]}
    elif name == "too-many":
        count = len(message["sentences"])
        return {**honest, "picks": list(range(count))}
    elif name == "few-scores":
        return {**honest, "scores": [0.5]}
    elif name == "nan":
        return {**honest, "scores": [float("nan")] * len(message["sentences"])}
    elif name == "huge-score":
        sys.stdout.write('{"id": %d, "picks": [], "scores": [1e999]}\n' % message["id"])
        sys.stdout.flush()
    elif name == "invalid-utf-8":
        sys.stdout.buffer.write(b'{"id": %d, "error": "\xff\xfe"}\n' % message["id"])
        sys.stdout.flush()
    elif name == "half-a-line":
        sys.stdout.write('{"id": %d, "pic' % message["id"])
        sys.stdout.flush()
        time.sleep(3600)
    elif name == "drip":
        while True:
            sys.stdout.write(" ")
            sys.stdout.flush()
            time.sleep(0.02)
    elif name == "grandchild":
        grandchild("import time; time.sleep(3600)")
        return honest
    elif name == "grandchild-and-hang":
        grandchild(
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)"
        )
        time.sleep(3600)
    elif name == "grandchild-and-exit":
        grandchild("import time; time.sleep(3600)")
        os._exit(1)
    elif name == "daemon-and-exit":
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(3600)
            os._exit(0)
        os._exit(1)
    elif name == "flee-and-exit":
        if os.fork() == 0:
            os.setsid()
            for _ in range(300):  # each starts the next and is gone
                if os.fork() != 0:
                    os._exit(0)
            time.sleep(3600)
        os._exit(1)
    elif name == "ignore-sigterm":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(3600)
    elif name == "close-stdin":
        os.close(0)
        time.sleep(3600)
    elif name == "close-stdout":
        os.close(1)
        time.sleep(3600)
    elif name == "close-stdout-and-go":
        os.close(1)
        os._exit(0)
    elif name == "slow-clock":
        return {**honest, "elapsed_ns": 10**15}
    elif name == "error":
        return {"id": message["id"], "error": "this document is not for me"}
    elif name == "no-picks":
        return {"id": message["id"]}
    elif name == "ready-again":
        ready()
        return honest
    elif name == "early-end":
        say({"type": "end", "batch": 1_000_000})
        return honest
    elif name == "never-answer":
        return None
    elif name == "join-our-group":
        os.setpgid(0, os.getpgid(os.getppid()))
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(3600)
    elif name == "traced":
        traced_by_a_child()
        time.sleep(3600)
    elif name == "traced-by-a-stranger":
        traced_by_a_stranger()
        time.sleep(3600)
    elif name == "long-error":
        return {"id": message["id"], "error": "x" * (4 << 20)}
    elif name == "nest":
        for _ in range(15_000):
            os.mkdir("deeper")
            os.chdir("deeper")
        return honest
    else:
        raise ValueError(name)
    return None


def ready():
    say({
        "type": "ready",
        "name": "hostile",
        "version": "1.0",
        "does": ["summarise", "keywords"],
        "deterministic": True,
    })


def name_of(message):
    text = " ".join(message.get("sentences", [])) + " " + message.get("text", "")
    at = text.find("FAULT:")
    return text[at + 6 :].split()[0].rstrip(".") if at >= 0 else None


def main():
    reordered = []
    asked = []
    start = {}
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            start = message["params"]
            time.sleep(start.get("start-seconds", 0))
            if start.get("noise"):
                print("Welcome!", flush=True)
            if start.get("dies"):
                os._exit(7)
            if start.get("refuses"):
                say({"error": "the model is not there"})
            elif start.get("no-version"):
                say({"type": "ready", "name": "hostile", "does": ["summarise"]})
            elif start.get("does-nothing"):
                say({"type": "ready", "name": "hostile", "version": "1", "does": []})
            else:
                ready()
        elif message["type"] == "end":
            for held in reversed(reordered):
                say(held)
            reordered = []
            if not start.get("silent"):
                say(message)
        else:
            name = name_of(message)
            if start.get("reorder"):
                reordered.append(answer(message))
            elif start.get("fickle"):
                honest = answer(message)
                sentences = message.get("sentences", [])
                asked.append(sentences)
                picks = [asked.count(sentences) % len(sentences)] if sentences else []
                say({**honest, "picks": picks})  # another one each time
            else:
                reply = fault(name, message) if name else answer(message)
                if reply is not None:
                    say(reply)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        pass
