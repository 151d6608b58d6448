"""Keywords by YAKE 0.4.8 of documents given as JSON Lines, one JSON line each.

    pip install yake==0.4.8
    python scripts/golden/keywords_by_yake.py documents.jsonl > yake.jsonl
"""

import json
import sys

import yake

extractor = yake.KeywordExtractor(lan="en", n=3, top=20)
for line in open(sys.argv[1], encoding="utf-8"):
    document = json.loads(line)
    title = document.get("title", "").removesuffix(".")
    text = f"{title}. {document['text']}" if title else document["text"]
    found = [[phrase, float(score)] for phrase, score in extractor.extract_keywords(text)]
    print(json.dumps({"id": document["id"], "kp": found}))
