"""A clock that tests of limits and sessions move."""

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture


@pytest.fixture
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    time_machine.move_to(timezone.now())
    return time_machine
