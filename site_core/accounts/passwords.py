"""Refuses passwords that are easy to guess: those known from breaches, words, names, dates, and keys in a row."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

# From 0 to 4, as zxcvbn counts. At 3 it takes more than a hundred million guesses.
LOWEST_SCORE = 3
# With more, a password of many signs that stand for letters takes half a minute.
LONGEST_JUDGED = 20
ADVICE = "Four or five words that do not belong together are hard to guess."


class GuessablePasswordValidator:
    """Judges how a password begins by zxcvbn, whose lists of breached passwords and of words come with it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        # Its lists take 15 MB, which most processes never need.
        from zxcvbn import zxcvbn

        own_words = [str(getattr(user, name, "")) for name in ("email", "first_name", "last_name")]
        judged = zxcvbn(password[:LONGEST_JUDGED], [*own_words, "nnsc", "national network for safe communities"])
        if judged["score"] < LOWEST_SCORE:
            raise ValidationError(f"This password is easy to guess. {ADVICE}", code="guessable")

    def get_help_text(self) -> str:
        return f"Your password can’t be easy to guess. {ADVICE}"
