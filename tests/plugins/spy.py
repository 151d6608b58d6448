"""A plugin that tells what it can see: in place of an answer, as JSON in `error`."""

import json
import os
import sys

for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        reply = {"type": "ready", "name": "spy", "version": "1", "does": ["summarise", "keywords"]}
    elif message["type"] == "end":
        reply = message
    else:
        listing = os.listdir("/proc/self/fd")  # the listing itself is one of them
        seen = {
            "message": message,
            "environment": dict(os.environ),
            "files": len(listing) - 1,
            "folder": os.getcwd(),
            "leads": os.getpgrp() == os.getpid(),
        }
        with open("left-behind.txt", "w") as left:
            left.write("x")
        reply = {"id": message["id"], "error": json.dumps(seen)}
    print(json.dumps(reply), flush=True)
