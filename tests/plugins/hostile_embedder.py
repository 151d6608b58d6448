"""An embedder that does on command whatever can go wrong.

A text that holds `FAULT:name` makes it happen; every other has as its vector the counts of
its letters. Written against the protocol alone, without the SDK.
"""

import json
import os
import sys
import time

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def vector(text):
    text = text.lower()
    return [float(text.count(letter)) for letter in LETTERS]


def fault(name, message, vectors):
    """What a text asks for; an answer to send, or nothing."""
    honest = {"id": message["id"], "vectors": vectors}
    if name == "nan":
        return {**honest, "vectors": [[float("nan")] * 26] * len(vectors)}
    if name == "huge":
        return {**honest, "vectors": [[1e300] * 26] * len(vectors)}
    if name == "few":
        return {**honest, "vectors": vectors[1:]}
    if name == "narrow":
        return {**honest, "vectors": [it[1:] for it in vectors]}
    if name == "flat":
        return {**honest, "vectors": vectors[0]}
    if name == "nothing":
        return {"id": message["id"]}
    if name == "error":
        return {"id": message["id"], "error": "this text is not for me"}
    if name == "hang":
        time.sleep(3600)
    if name == "exit":
        print("I am leaving", file=sys.stderr, flush=True)
        os._exit(3)
    raise ValueError(name)


def ready(params):
    ready = {
        "type": "ready",
        "name": "hostile-embedder",
        "version": "1.0",
        "does": ["embed"] if params.get("no-tokens") else ["embed", "embed-tokens"],
        "width": 26,
        "signature": {"letters": "latin"},
        "deterministic": not params.get("random"),
    }
    if params.get("no-width"):
        del ready["width"]
    if params.get("zero-width"):
        ready["width"] = 0
    if params.get("fickle-signature"):
        ready["signature"] = {"started": time.time_ns()}
    return ready


def main():
    params = {}
    log = os.environ.get("EMBEDDER_LOG")
    for line in sys.stdin:
        if log:
            with open(log, "a") as file:
                file.write(line)
        message = json.loads(line)
        kind = message["type"]
        if kind == "hello":
            params = message["params"]
            say(ready(params))
        elif kind == "end":
            say(message)
        elif kind == "embed":
            texts = message["texts"]
            vectors = [vector(text) for text in texts]
            if params.get("fickle"):
                vectors = [[it + os.getpid() for it in one] for one in vectors]
            if params.get("by-place"):
                vectors = [[it + at for it in one] for at, one in enumerate(vectors)]
            joined = " ".join(texts)
            if "FAULT:" in joined:
                name = joined.split("FAULT:")[1].split()[0].strip(".")
                reply = fault(name, message, vectors)
            else:
                reply = {"id": message["id"], "vectors": vectors}
            say(reply)
        else:
            words = message["text"].split()
            vectors = [vector(word) for word in words]
            tokens = [len(word) for word in words]
            say({"id": message["id"], "tokens": tokens, "vectors": vectors})


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        pass
