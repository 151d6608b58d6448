# mypy: ignore-errors
"""``rouge`` of the library evaluate, with epitome behind it."""

import datasets
import evaluate

from epitome.compat.rouge_score import rouge_scorer, scoring


class Rouge(evaluate.Metric):
    """ROUGE as rouge-score 0.1.2 has it."""

    def _info(self):
        text = datasets.Value("string", id="sequence")
        several = datasets.Sequence(text)
        return evaluate.MetricInfo(
            description=__doc__,
            citation="",
            inputs_description="Lists of predictions and references, each a text or a list of them.",
            features=[
                datasets.Features({"predictions": text, "references": several}),
                datasets.Features({"predictions": text, "references": text}),
            ],
        )

    def _compute(
        self,
        predictions,
        references,
        rouge_types=None,
        use_aggregator=True,
        use_stemmer=False,
        tokenizer=None,
        profile="rouge-score-0.1.2",
    ):
        types = rouge_types or ["rouge1", "rouge2", "rougeL", "rougeLsum"]
        tokenizer = _Tokenizer(tokenizer) if tokenizer is not None else None
        scorer = rouge_scorer.RougeScorer(
            types, use_stemmer=use_stemmer, tokenizer=tokenizer, profile=profile
        )
        found = scorer.score_batch(references, predictions)
        if not use_aggregator:
            table = found.table()
            return {name: table[f"{name}_fmeasure"] if len(found) else [] for name in types}
        aggregator = scoring.BootstrapAggregator()
        for scores in found:
            aggregator.add_scores(scores)
        return {name: score.mid.fmeasure for name, score in aggregator.aggregate().items()}


class _Tokenizer:
    """A function from texts to tokens, as a tokenizer of rouge-score."""

    def __init__(self, function):
        self.tokenize = function
