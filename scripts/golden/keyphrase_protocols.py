#!/usr/bin/env python3
"""A second opinion on the protocols of keyphrases: their scores, written without our code.

    keyphrase_protocols.py SHARED > tests/it/conformance/keyphrase_protocols.csv

Needs nltk (Porter's original algorithm). Reads golden/keywords/inspec of SHARED: outputs of
other tools on 255 abstracts of Inspec. Presence is looked up in the title and in the text,
word by word.
"""
import csv
import json
import math
import sys

from nltk.stem.porter import PorterStemmer

TOOLS = ["kex_FirstN", "kex_TextRank", "pke_spacy_MultipartiteRank", "py_rake_nltk", "py_yake"]
porter = PorterStemmer(mode=PorterStemmer.ORIGINAL_ALGORITHM)


def stems(phrase):
    words = []
    for word in phrase.split():
        while word and not word[0].isalnum():
            word = word[1:]
        while word and not word[-1].isalnum():
            word = word[:-1]
        if word:
            words.append(porter.stem(word.lower()))
    return tuple(words)


def present(phrase, texts):
    n = len(phrase)
    return any(phrase == text[at : at + n] for text in texts for at in range(len(text) - n + 1))


def without_repeats(phrases):
    return list(dict.fromkeys(phrases))


def share(a, b):
    return a / b if b else 0.0


def f1(p, r):
    return share(2 * p * r, p + r)


PROTOCOLS = {  # denominator, only present, documents without gold stay, repeats are hits
    "jcdl2020": ("predicted", False, True, False),
    "kpeval": ("cut", True, True, False),
    "kex": ("gold", True, True, False),
    "sifrank-micro": ("predicted", False, True, True),
    "present-only": ("predicted", True, False, False),
}


def counts_at(k, denominator, predicted, gold, repeats):
    if denominator == "gold":
        k = min(k, len(gold))
    read = predicted[:k]
    hits = [phrase for phrase in read if phrase in gold]
    found = len(hits) if repeats else len(set(hits))
    return found, len(read) if denominator == "predicted" else k, len(gold)


def scores(protocol, documents, outputs):
    denominator, only_present, keep_empty, repeats = PROTOCOLS[protocol]
    rows, sums = [], [0, 0, 0]
    for document in documents:
        texts = [stems(document["title"]), stems(document["text"])]
        gold = [stems(phrase) for phrase in document["gold"]["uncontr"]]
        predicted = [stems(phrase) for phrase, _ in outputs[document["id"]]]
        gold, predicted = [it for it in gold if it], [it for it in predicted if it]
        if not repeats:
            gold, predicted = without_repeats(gold), without_repeats(predicted)
        if only_present:
            gold = [it for it in gold if present(it, texts)]
            predicted = [it for it in predicted if present(it, texts)]
        if not gold and not keep_empty:
            continue
        five = counts_at(5, denominator, predicted, gold, repeats)
        ten = counts_at(10, denominator, predicted, gold, repeats)
        sums = [a + b for a, b in zip(sums, five)]
        p5, r5 = share(five[0], five[1]), share(five[0], five[2])
        hits = [at for at, it in enumerate(predicted, 1) if it in gold]
        average_precision = share(sum(n / at for n, at in enumerate(hits, 1)), len(gold))
        ideal = sum(1 / math.log2(at + 1) for at in range(1, min(10, len(gold)) + 1))
        gain = sum(1 / math.log2(at + 1) for at in hits if at <= 10)
        rows.append([
            p5, r5, f1(p5, r5), f1(share(ten[0], ten[1]), share(ten[0], ten[2])),
            average_precision, 1 / hits[0] if hits else 0.0, share(gain, ideal),
        ])
    if protocol == "sifrank-micro":
        p, r = share(sums[0], sums[1]), share(sums[0], sums[2])
        return [p, r, f1(p, r)] + [""] * 4
    return [sum(column) / len(rows) for column in zip(*rows)]


def main(shared):
    folder = f"{shared}/golden/keywords/inspec"
    documents = [json.loads(line) for line in open(f"{folder}/documents.jsonl")]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["protocol", "tool", "p@5", "r@5", "f1@5", "f1@10", "map", "mrr", "ndcg@10"])
    for protocol in PROTOCOLS:
        for tool in TOOLS:
            rows = [json.loads(line) for line in open(f"{folder}/{tool}.jsonl")]
            outputs = {row["id"]: row["kp"] for row in rows}
            out.writerow([protocol, tool, *scores(protocol, documents, outputs)])


main(sys.argv[1])
