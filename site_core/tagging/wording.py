"""Names of tags in sentences, with commas and periods inside the quotation marks."""

from collections.abc import Sequence

from site_core.taxonomy.models import Term


def quoted_names(terms: Sequence[Term]) -> str:
    """“Oakland,” “Boston” and “High Point”."""
    *first, last = [str(term) for term in terms]
    if not first:
        return f"“{last}”"
    before = [*(f"“{name},”" for name in first[:-1]), f"“{first[-1]}”"]
    return f"{' '.join(before)} and “{last}”"


def ended(sentence: str) -> str:
    """The sentence with its period."""
    return f"{sentence[:-1]}.”" if sentence.endswith("”") else f"{sentence}."


def items(number: int) -> str:
    return "1 item" if number == 1 else f"{number:,} items"
