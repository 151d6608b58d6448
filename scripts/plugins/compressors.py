"""What the peers that compress contexts share: from the text that one keeps to sentences."""


def kept_lines(lines, kept):
    """The indices of the lines that are among those that were kept, as often as they are."""
    left = list(kept)
    picks = []
    for at, line in enumerate(lines):
        if line in left:
            left.remove(line)
            picks.append(at)
    return picks
