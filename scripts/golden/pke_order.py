"""How far the topics of pke 2.0 depend on the order in which it hands candidates to scipy.

    pip install scipy nltk networkx spacy, and pke from its repository
    python scripts/golden/pke_order.py golden/keywords [ORDERS] > order.csv

pke sorts candidates by their stems before it clusters them, which is as good as any other
order: of equal distances scipy's average linkage joins those first that it meets first. Every
document is clustered in pke's order, and in ORDERS (10) shuffled ones; `as_golden` counts the
documents whose first ten phrases in pke's order are the golden ones, `same_in_every_order`
those that have them in every order. The documents that change go to standard error.
"""

import csv
import json
import logging
import random
import sys

from pke.unsupervised import MultipartiteRank, TopicRank

logging.disable(logging.CRITICAL)


def shuffled(base, seed):
    """The model `base` with its candidates in the order of `seed`; in its own if None."""

    class Shuffled(base):
        def vectorize_candidates(self):
            names, rows = super().vectorize_candidates()
            if seed is not None:
                order = list(range(len(names)))
                random.Random(seed).shuffle(order)
                names, rows = [names[at] for at in order], rows[order]
            return names, rows

    return Shuffled()


def first_ten(base, seed, sentences):
    model = shuffled(base, seed)
    model.load_document(sentences, language="en")
    model.candidate_selection()
    model.candidate_weighting()
    return [phrase for phrase, _ in model.get_n_best(n=10, stemming=False)]


golden = sys.argv[1]
orders = int(sys.argv[2]) if len(sys.argv) > 2 else 10
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["golden", "tool", "documents", "as_golden", "same_in_every_order", "orders"])
for folder in ["inspec", "sem3"]:
    documents = [json.loads(line) for line in open(f"{golden}/{folder}/documents.jsonl")]
    for base in [TopicRank, MultipartiteRank]:
        name = f"pke_spacy_{base.__name__}"
        outputs = [json.loads(line) for line in open(f"{golden}/{folder}/{name}.jsonl")]
        as_golden = same = 0
        changed = []
        for document, output in zip(documents, outputs, strict=True):
            sentences = [[tuple(word) for word in words] for words in document["tagged"]]
            own = first_ten(base, None, sentences)
            as_golden += own == [phrase for phrase, _ in output["kp"][:10]]
            if all(first_ten(base, seed, sentences) == own for seed in range(orders)):
                same += 1
            else:
                changed.append(document["id"])
        writer.writerow([folder, name, len(documents), as_golden, same, orders])
        sys.stdout.flush()
        print(folder, name, "change with the order:", *changed, file=sys.stderr)
