"""A language model as a judge, behind any endpoint that speaks OpenAI's chat completions.

`OPENAI_BASE_URL` and `OPENAI_API_KEY` say where it is; `judge.toml` passes them on. The prompt
is `judge-prompt.txt`, with `{source}`, `{reference}` and `{summary}`; the answer must hold a
number from 1 to 5, which becomes a share. The prompt's digest is part of the version. A
candidate that cannot be judged fails alone, and is asked for again the next time.
"""

import hashlib
import json
import os
import re
import time
import urllib.error
import urllib.request
from pathlib import Path

from epitome_plugin import Plugin

PROMPT = (Path(__file__).parent / "judge-prompt.txt").read_text(encoding="utf-8")
TRIES = 4

plugin = Plugin("judge", "1.0-" + hashlib.sha256(PROMPT.encode()).hexdigest()[:12])


@plugin.start
def start(params):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        if not os.environ.get(name):
            raise ValueError(f"the environment variable {name} is not set")
    needs = [need for need, word in (("references", "{reference}"), ("source", "{source}")) if word in PROMPT]
    # what is drawn at random is not the same twice
    plugin.deterministic = params["temperature"] == 0
    plugin.metric = {"low": 0, "high": 1, "needs": needs}


def asked(prompt, params):
    """The text of the model's answer."""
    body = {
        "model": params["model"],
        "temperature": params["temperature"],
        "max_tokens": 16,
        "messages": [{"role": "user", "content": prompt}],
    }
    request = urllib.request.Request(
        os.environ["OPENAI_BASE_URL"].rstrip("/") + "/chat/completions",
        json.dumps(body).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": "Bearer " + os.environ["OPENAI_API_KEY"],
        },
    )
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["choices"][0]["message"]["content"]
        except urllib.error.HTTPError as error:
            # too many requests and faults of the server pass; everything else stays
            if error.code not in (429, 500, 502, 503, 504) or attempt == TRIES - 1:
                raise
        time.sleep(2**attempt)


def judged(summary, document, params):
    prompt = PROMPT
    for name, text in (
        ("{source}", "\n".join(document.source)),
        ("{reference}", "\n\n".join(document.references)),
        ("{summary}", summary),
    ):
        prompt = prompt.replace(name, text)
    answer = asked(prompt, params)
    found = re.search(r"\d+(?:\.\d+)?", answer)
    if not found or not 1 <= float(found.group()) <= 5:
        raise ValueError(f"the judge answered {answer!r}, which has no number from 1 to 5")
    return (float(found.group()) - 1) / 4


@plugin.measure
def judge(candidates, document, params):
    for summary in candidates:
        try:
            yield judged(summary, document, params)
        except Exception as error:
            yield error


plugin.run()
