"""What becomes of pke's TfIdf and KPMiner if documents are counted in another way than pke does.

    pip install nltk
    python scripts/golden/pke_frequencies.py golden/keywords words.jsonl spacy-3.8.7.txt > counted.csv

pke counts a document for an n-gram of stems only if its filter lets the first form of the n-gram
pass: `use` is not counted where `using`, a stop word, is first. The other way, which is
`profile=pke`'s, is to count every document that has the n-gram. Both models are computed from the
words of the goldens by either way; `as_golden` counts the abstracts whose first ten phrases are
the golden ones, and the others go to standard error with the first phrase that differs.
`words.jsonl` is made by `pke_words.py`, and the stop list by `scripts/fetch-lists`.
"""

import csv
import json
import math
import string
import sys
from collections import Counter
from functools import cache

from nltk.stem.snowball import SnowballStemmer

STEMMER = SnowballStemmer("porter")


@cache
def stem(word):
    return STEMMER.stem(word.lower())


def ngrams(document, longest):
    """Stems of every n-gram: the words of its first form, and where it stands."""
    found, start = {}, 0
    for words in document["tagged"]:
        words = [word for word, _ in words]
        stems = [stem(word) for word in words]
        for first in range(len(words)):
            for end in range(first + 1, min(first + longest, len(words)) + 1):
                key = tuple(stems[first:end])
                form = [word.lower() for word in words[first:end]]
                found.setdefault(key, (form, []))[1].append(start + first)
        start += len(words)
    return found


def passes(form):
    """`candidate_filtering` of pke."""
    return (
        not stop_words.intersection(form)
        and not any(set(word) <= set(string.punctuation) for word in form)
        and len("".join(form)) >= 3
        and min(map(len, form)) >= 2
        and len(form) <= 5
        and all(word.replace("-", "").isalnum() for word in form)
    )


def candidates(document, longest):
    return {key: it for key, it in ngrams(document, longest).items() if passes(it[0])}


def tf_idf(document, idf):
    found = candidates(document, 3)
    return {key: (form, len(at) * idf(key)) for key, (form, at) in found.items()}


def kp_miner(document, idf):
    found = candidates(document, 5)
    found = {key: it for key, it in found.items() if it[1][0] <= 400 and len(it[1]) >= 3}
    several = sum(len(at) for key, (_, at) in found.items() if len(key) > 1)
    boost = min(sum(len(at) for _, at in found.values()) / (2.3 * max(several, 1)), 3)
    weigh = lambda key: idf(key) if len(key) == 1 else boost * idf(None)
    return {key: (form, len(at) * weigh(key)) for key, (form, at) in found.items()}


folder, words, stop_list = sys.argv[1:]
stop_words = set(open(stop_list, encoding="utf-8").read().split())
read = lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
documents = read(f"{folder}/inspec/documents.jsonl")
corpus = documents + read(words)
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["golden", "counted", "documents", "as_golden"])
for counted, of in [("first form passes", candidates), ("every n-gram", ngrams)]:
    frequencies = Counter(key for document in corpus for key in of(document, 3))
    idf = lambda key: math.log2((len(corpus) + 1) / (1 + frequencies[key]))
    for name, model in [("TfIdf", tf_idf), ("KPMiner", kp_miner)]:
        same = 0
        outputs = read(f"{folder}/inspec/pke_spacy_{name}.jsonl")
        for document, output in zip(documents, outputs, strict=True):
            best = sorted(model(document, idf).values(), key=lambda it: it[1], reverse=True)
            ours = [(" ".join(form), score) for form, score in best[:10]]
            theirs = [(phrase, score) for phrase, score in output["kp"][:10]]
            if [phrase for phrase, _ in ours] == [phrase for phrase, _ in theirs]:
                same += 1
            else:
                at = next(i for i, pair in enumerate(zip(ours, theirs)) if pair[0][0] != pair[1][0])
                print(name, counted, document["id"], ours[at], theirs[at], file=sys.stderr)
        writer.writerow([f"inspec/pke_spacy_{name}", counted, len(documents), same])
