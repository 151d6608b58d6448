"""rouge-score 0.1.2: the same classes, the same numbers.

>>> from epitome.compat.rouge_score import rouge_scorer, scoring
"""
