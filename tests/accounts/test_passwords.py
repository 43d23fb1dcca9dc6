"""Passwords that are known from breaches, or easy to guess, are refused."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from site_core.accounts.models import User

PERSON = User(email="margaret.hamilton@example.org", first_name="Margaret", last_name="Hamilton")


@pytest.mark.parametrize(
    "password",
    [
        *(
            "short",
            "123456789012",
            "aaaaaaaaaaaa",
            "passwordpassword",
            "Password1234!",
            "P@ssw0rd2026!",
            "qwertyuiop123",
        ),
        *("1qaz2wsx3edc", "iloveyou1234", "letmeinletmein", "abcdefghijklm", "summersummer1", "Margaret2026!"),
        *("hamiltonhamilton", "margaret.hamilton", "nnscnnscnnsc", "SafeCommunities"),
    ],
)
def test_a_simple_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


@pytest.mark.parametrize(
    "password",
    [
        "four unrelated umbrellas sing",
        "a long example password",
        "Tq7#mVw2!xKd9",
        "ключ от старого сарая",
        "密码很长也很难猜到的一个句子",
    ],
)
def test_a_password_that_is_hard_to_guess_is_taken(password: str) -> None:
    validate_password(password, PERSON)


def test_a_very_long_password_is_judged_at_once() -> None:
    """Signs that stand for letters can be read in the most ways."""
    began_at = time.monotonic()
    validate_password("correct horse battery staple " * 200, PERSON)
    validate_password("4@8({[</369&#!1/|0$5+7%2" * 200, PERSON)
    with pytest.raises(ValidationError):
        validate_password("a" * 5000, PERSON)
    assert time.monotonic() - began_at < 10
