"""A metric that does on command whatever can go wrong.

A candidate that holds `FAULT:name` makes it happen; every other is measured by the share of
its words that are in a reference. Written against the protocol alone, without the SDK.
"""

import json
import os
import sys
import time


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def measure(message, candidate):
    known = set(" ".join(message["references"]).split())
    words = candidate.split() if isinstance(candidate, str) else candidate
    return sum(word in known for word in words) / max(1, len(words))


def fault(name, message, measures):
    """What a candidate asks for; an answer to send, or nothing."""
    honest = {"id": message["id"], "measures": measures}
    if name == "nan":
        return {**honest, "measures": [float("nan")] * len(measures)}
    if name == "huge":
        sys.stdout.write('{"id":%d,"measures":[1e999]}\n' % message["id"])
        sys.stdout.flush()
        return None
    if name == "beyond":
        return {**honest, "measures": [1.5] * len(measures)}
    if name == "few":
        return {**honest, "measures": measures[1:]}
    if name == "many":
        return {**honest, "measures": measures + [1.0]}
    if name == "another":
        return {**honest, "id": message["id"] + 1_000_000}
    if name == "text":
        return {**honest, "measures": ["good"] * len(measures)}
    if name == "nothing":
        return {"id": message["id"]}
    if name == "error":
        return {"id": message["id"], "error": "this document is not for me"}
    if name == "hang":
        time.sleep(3600)
    if name == "exit":
        print("I am leaving", file=sys.stderr, flush=True)
        os._exit(3)
    raise ValueError(name)


def name_of(message):
    text = json.dumps(message["candidates"])
    at = text.find("FAULT:")
    return text[at + 6 :].split()[0].strip('.",]') if at >= 0 else None


def ready(params):
    ready = {
        "type": "ready",
        "name": "hostile-metric",
        "version": "1.0",
        "does": ["measure"],
        "better": "higher",
        "low": 0,
        "high": 1,
        "signature": {"words": "all"},
        "deterministic": True,
    }
    if params.get("fickle-signature"):
        ready["signature"] = {"started": time.time_ns()}
    if params.get("odd"):
        ready["better"] = "sideways"
    return ready


def main():
    params, asked = {}, 0
    log = os.environ.get("METRIC_LOG")
    for line in sys.stdin:
        if log:
            with open(log, "a") as file:
                file.write(line)
        message = json.loads(line)
        if message["type"] == "hello":
            params = message["params"]
            say(ready(params))
        elif message["type"] == "end":
            say(message)
        else:
            asked += 1
            measures = [measure(message, it) for it in message["candidates"]]
            if params.get("fickle"):
                measures = [(it + asked / 1000) / 2 for it in measures]
            if params.get("by-place"):
                measures = [(it + at / 1000) / 2 for at, it in enumerate(measures)]
            if params.get("apart"):
                measures = [
                    {"error": "too short"} if len(it) < 20 else measure
                    for it, measure in zip(message["candidates"], measures)
                ]
            if params.get("notes"):
                measures = [
                    {"value": measure, "note": f"{len(it)} letters,\n\"{it[:9]}\"\x1b[31m"}
                    for it, measure in zip(message["candidates"], measures)
                ]
            name = name_of(message)
            reply = fault(name, message, measures) if name else {
                "id": message["id"],
                "measures": measures,
            }
            if reply is not None:
                say(reply)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        pass
