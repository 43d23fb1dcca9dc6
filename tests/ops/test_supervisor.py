"""What `make run` does, with real processes."""

import os
import re
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_core.ops import supervisor
from site_core.ops.supervisor import Child, PortInUse, require_free_port
from tests.running_site import WAIT, RunningSite, free_port, is_running, wait_until


class TestChildren:
    """The supervisor with other programs as its children."""

    def child(self, folder: Path, program: str) -> Child:
        return Child("example", [sys.executable, "-c", program], folder)

    def test_a_child_that_keeps_dying_restarts_ever_later(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = 0.0
        monkeypatch.setattr(time, "monotonic", lambda: now)
        child = self.child(tmp_path, "raise SystemExit(3)")
        waits: list[float] = []
        for _ in range(7):
            child.poll()
            assert child.process
            child.process.wait()
            child.poll()
            assert child.process is None
            waits.append(child.start_at - now)
            now = child.start_at
        assert waits == [0, 1, 3, 7, 15, 30, 30]
        assert "The example has stopped (exit code 3). Starting it again in 1 seconds." in capfd.readouterr().err

        child.poll()
        now += supervisor.STABLE_AFTER
        assert child.process
        child.process.wait()
        child.poll()
        assert child.start_at == now, "after a stable run it restarts at once"

    def test_processes_that_a_killed_child_started_are_killed(self, tmp_path: Path) -> None:
        child = self.child(tmp_path, self.parent_of_sleeper(tmp_path))
        child.poll()
        wait_until((tmp_path / "pid").exists)
        sleeper = int((tmp_path / "pid").read_text())
        assert child.process
        child.process.kill()
        child.process.wait()
        assert is_running(sleeper)
        child.poll()
        wait_until(lambda: not is_running(sleeper))

    def test_a_child_that_does_not_stop_is_killed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(supervisor, "STOP_TIMEOUT", 0.2)
        stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        child = self.child(tmp_path, stubborn + self.parent_of_sleeper(tmp_path))
        child.poll()
        wait_until((tmp_path / "pid").exists)
        handlers = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
        try:
            supervisor.stop([child])
        finally:
            for number, handler in handlers:
                signal.signal(number, handler)
        assert child.process
        assert child.process.returncode == -signal.SIGKILL
        wait_until(lambda: not is_running(int((tmp_path / "pid").read_text())))

    @staticmethod
    def parent_of_sleeper(folder: Path) -> str:
        """A program that starts another one, writes its process ID to a file, and waits."""
        return (
            "import os, pathlib, subprocess, time; sleeper = subprocess.Popen(['sleep', '600']); "
            f"pathlib.Path({str(folder / 'new')!r}).write_text(str(sleeper.pid)); "
            f"os.rename({str(folder / 'new')!r}, {str(folder / 'pid')!r}); time.sleep(600)"
        )

    def test_a_port_in_use_is_named(self) -> None:
        with socket.socket() as listener:
            listener.bind((supervisor.HOST, 0))
            listener.listen()
            port = listener.getsockname()[1]
            with pytest.raises(PortInUse, match=f"Port {port} is in use.*PORT={port + 1} make run"):
                require_free_port(port)
        require_free_port(port)


class WatchedSite(RunningSite):
    """A running site, with what these tests do to it."""

    def schedule(self) -> float:
        """Schedules an item and a change of a stat to go live soon. Returns the due time in seconds since 1970."""
        return float(self.shell(SCHEDULE))

    def counts(self) -> dict[str, int]:
        """The number of rows by table, without the internal tables of SQLite's full-text search."""
        database = sqlite3.connect(self.folder / "site.sqlite3")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts_%'"
        names = [name for (name,) in database.execute(tables)]
        counted = {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
        database.close()
        return counted


# Two schedules of an editor, made in another process like those from the admin.
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from impact.models import ImpactStat
from news.models import NewsIndexPage, NewsItemPage
from news.partial_date import PartialDate
time = timezone.now() + timedelta(seconds=2)
item = NewsItemPage(title="On time", slug="on-time", summary="An example.", date=PartialDate(2018), live=False)
NewsIndexPage.objects.get().add_child(instance=item)
item.go_live_at = time
item.save_revision().publish()
stat = ImpactStat.objects.get(slug="boston-shootings")
stat.outcome, stat.go_live_at = "shootings, as changed on time", time
stat.save_revision().publish()
print(time.timestamp())
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A state folder and a port of our own."""
    yield tmp_path_factory.mktemp("state"), free_port()


@pytest.mark.sweep
@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_run_site(state: tuple[Path, int]) -> None:
    """First start, both children killed, a go-live on time, a second start refused, Ctrl-C, a quick restart."""
    folder, port = state
    with WatchedSite(folder, port) as site:
        site.wait_for_line(f"http://localhost:{port}/admin/")
        logins = re.findall(
            r"^ {2}(Author|Editor|Managing editor|Administrator) +(\S+@example.org) +(\S{16})$", site.output, re.M
        )
        assert len(logins) == 4
        assert site.answers()

        for program in ("web_server", "run_publishing"):
            killed = site.child(program)
            assert killed
            os.kill(killed, signal.SIGKILL)
            wait_until(lambda program=program, killed=killed: site.child(program) not in (None, killed))  # type: ignore[misc]
        wait_until(site.answers)

        at = site.schedule()
        assert site.text_at("/news/on-time/") == "" or time.time() >= at
        # How punctual it is, the benchmark of publishing measures.
        wait_until(lambda: site.text_at("/news/on-time/") and "as changed on time" in site.text_at("/"))

        second = site.start()
        output, _ = second.communicate(timeout=WAIT)
        assert second.returncode == 1
        assert output.strip().splitlines() == [output.strip()]
        assert f"Port {port} is in use" in output
        assert site.answers()

        children = [site.child("web_server"), site.child("run_publishing")]
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(timeout=30) == 0
        assert not any(is_running(child) for child in children if child)
        assert not site.answers()
        require_free_port(port)
    before = site.counts()

    with WatchedSite(folder, port) as again:
        again.wait_for_line(f"http://localhost:{port}/admin/")
        assert "Logins" not in again.output
        assert again.counts() == before
        web = again.child("web_server")
        assert web
        again.process.kill()
        wait_until(lambda: not is_running(web) and not again.answers())
