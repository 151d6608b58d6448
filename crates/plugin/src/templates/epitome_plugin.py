"""The plugin protocol of epitome in one file: copy it beside your plugin.

    from epitome_plugin import Plugin

    plugin = Plugin("mine", "1.0")

    @plugin.summarise
    def best(document, budget, params):
        scores = [len(sentence) for sentence in document.sentences]
        return budget.best_first(scores)

    plugin.run()

A metric is a plugin of its own:

    plugin = Plugin("mine", "1.0", metric={"better": "higher", "low": 0, "high": 1})

    @plugin.measure
    def length(candidates, document, params):
        return [min(1, len(text) / len(document.references[0])) for text in candidates]

It returns a number for each candidate, or a triple of precision, recall and value, or an
exception for one that it cannot measure. `metric` has the fields of `ready` about it:
`task`, `better`, `low`, `high`, `unit`, `needs` and `signature`.

So is an embedder, a source of vectors for systems and metrics of epitome:

    plugin = Plugin("mine", "1.0", embedder={"width": 384, "signature": {"model": "x"}})

    @plugin.embed
    def vectors(texts, params):
        return [model.encode(text) for text in texts]

`@plugin.embed_tokens` may name a function of one text that returns the numbers of its
tokens and their vectors.

A summariser returns sentence indices, or (indices, scores of every sentence). A keyword
extractor (`@plugin.keywords`, with `limit` for `budget`) returns phrases, or pairs of a
phrase and its score. An exception is an answer too: the document fails with its text, and
the next one is asked. `@plugin.start` names a function of the parameters that is called
once, before the first document: load models there. Needs nothing but Python 3.8.
"""

import json
import os
import sys
import time
import traceback


class Document:
    """What is asked about. `sentences` is empty for keywords, `text` joins it otherwise."""

    def __init__(self, message):
        self.language = message["language"]
        self.title = message.get("title", "")
        self.sentences = message.get("sentences", [])
        self.text = message.get("text") or "\n".join(self.sentences)
        self.references = message.get("references", [])
        self.source = message.get("source", [])
        self.query = message.get("query", "")


UNITS = ("sentences", "words", "bytes", "tokens")


class Budget:
    """How long a summary may be: `limit` in `unit`s (sentences, words, bytes or tokens)."""

    def __init__(self, message):
        budget = message["budget"]
        self.unit = next(unit for unit in UNITS if unit in budget)
        self.limit = budget[self.unit]
        self.costs = budget.get("costs", [1] * len(message["sentences"]))

    def fill(self, order):
        """The sentences of `order` that fit, each taken if it still does."""
        picks, left = [], self.limit
        joint = 1 if self.unit == "bytes" else 0  # a byte between two sentences
        for at in order:
            cost = self.costs[at] + (joint if picks else 0)
            if at not in picks and cost <= left:
                picks.append(at)
                left -= cost
        return picks

    def fits(self, picks):
        """Whether a summary of these sentences is within the budget."""
        return len(self.fill(picks)) == len(picks)

    def best_first(self, scores):
        """The best-scored sentences that fit, with the scores; ties go to the earlier."""
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
        return self.fill(order), list(scores)


class Plugin:
    """A plugin: give it functions, then call `run`."""

    def __init__(self, name, version, deterministic=True, metric=None, embedder=None):
        self.name, self.version, self.deterministic = name, str(version), deterministic
        # what `ready` says of a metric or an embedder beside its name
        self.metric, self.embedder = metric or {}, embedder or {}
        self._functions, self._start, self._params = {}, None, {}

    def summarise(self, function):
        self._functions["summarise"] = function
        return function

    def keywords(self, function):
        self._functions["keywords"] = function
        return function

    def measure(self, function):
        self._functions["measure"] = function
        return function

    def embed(self, function):
        self._functions["embed"] = function
        return function

    def embed_tokens(self, function):
        self._functions["embed-tokens"] = function
        return function

    def start(self, function):
        self._start = function
        return function

    def run(self):
        """Answers until there is nothing more to read."""
        # a stray print, of this process or of a library in C, goes to standard error
        # from here on: only `_say` writes where the answers go
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        for line in open(0, encoding="utf-8"):
            message = json.loads(line)
            kind = message["type"]
            if kind == "hello":
                self._hello(message)
            elif kind == "end":
                self._say(message)
                self._out.flush()
            else:
                self._say(self._answer(kind, message))
                self._out.flush()

    def _hello(self, message):
        self._params = message["params"]
        try:
            if message["v"] not in (1, 2):
                raise ValueError("this plugin speaks versions 1 and 2 of the protocol")
            if self._start:
                self._start(self._params)
        except Exception as error:
            traceback.print_exc()
            self._say({"error": describe(error)})
        else:
            self._say({
                "type": "ready",
                "name": self.name,
                "version": self.version,
                "does": sorted(self._functions),
                "deterministic": self.deterministic,
                **self.metric,
                **self.embedder,
            })
        self._out.flush()

    def _answer(self, kind, message):
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        answer = {"id": message["id"]}
        try:
            function = self._functions[kind]
            document = None if kind.startswith("embed") else Document(message)
            if kind == "summarise":
                budget = Budget(message)
                answer.update(summary(function(document, budget, self._params)))
            elif kind == "measure":
                candidates = message["candidates"]
                found = function(candidates, document, self._params)
                answer["measures"] = [measured(score) for score in found]
            elif kind == "embed":
                found = function(message["texts"], self._params)
                answer["vectors"] = [finite(vector) for vector in found]
            elif kind == "embed-tokens":
                tokens, found = function(message["text"], self._params)
                answer["tokens"] = [int(token) for token in tokens]
                answer["vectors"] = [finite(vector) for vector in found]
            else:
                limit = message["limit"]
                answer.update(phrases(function(document, limit, self._params), limit))
        except Exception as error:
            traceback.print_exc()
            return {"id": message["id"], "error": describe(error)}
        answer["elapsed_ns"] = time.perf_counter_ns() - wall
        answer["cpu_ns"] = time.process_time_ns() - cpu
        return answer

    def _say(self, message):
        self._out.write(json.dumps(message, allow_nan=False) + "\n")


def summary(found):
    """Indices, or indices and scores, as the protocol has them."""
    if isinstance(found, tuple):
        picks, scores = found
        return {"picks": [int(at) for at in picks], "scores": finite(scores)}
    return {"picks": [int(at) for at in found]}


def phrases(found, limit):
    """Phrases, or pairs of a phrase and its score, as the protocol has them."""
    found = list(found)[:limit]
    if found and not isinstance(found[0], str):
        texts, scores = zip(*found)
        return {"phrases": [str(text) for text in texts], "scores": finite(scores)}
    return {"phrases": found}


def measured(score):
    """A number, a triple of precision, recall and value, or why there is none."""
    if isinstance(score, Exception):
        return {"error": describe(score)}
    if isinstance(score, (tuple, list)):
        precision, recall, value = finite(score)
        return {"precision": precision, "recall": recall, "value": value}
    return finite([score])[0]


def finite(scores):
    scores = [float(score) for score in scores]
    if any(score != score or score in (float("inf"), float("-inf")) for score in scores):
        raise ValueError("a number is not finite")
    return scores


def describe(error):
    return f"{type(error).__name__}: {error}"
