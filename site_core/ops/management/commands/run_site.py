"""Brings the site up to date and runs it until Ctrl-C. `make run` calls it."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from site_core.accounts.demo_logins import create_first_logins
from site_core.ops.earlier_database import MESSAGE, is_of_earlier_version
from site_core.ops.static_files import collect_static_files
from site_core.ops.supervisor import PortInUse, children, require_free_port, stop_on_signals, supervise


class Command(BaseCommand):
    help = "Migrates the database, loads the content, and runs the web server and the publishing process."

    def handle(self, *args: object, **options: object) -> None:
        stop_on_signals()
        try:
            require_free_port(settings.PORT)
            self.prepare()
            require_free_port(settings.PORT)
            supervise(children(settings.PORT, settings.BASE_DIR), settings.PORT, self.announce)
        except PortInUse as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def prepare(self) -> None:
        """Brings database, content and static files up to date. Prints the logins on the first run only."""
        if is_of_earlier_version():
            raise CommandError(MESSAGE)
        self.stdout.write("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_content")
        self.stdout.write("Preparing stylesheets and scripts …")
        collect_static_files()
        logins = create_first_logins()
        if logins:
            self.stdout.write("\nLogins for the admin, shown only this once:")
            for login in logins:
                self.stdout.write(f"  {login.role.value:<16} {login.email:<30} {login.password}")

    def announce(self) -> None:
        self.stdout.write(f"\nThe site:  {settings.SITE_URL.url}/")
        self.stdout.write(f"The admin:  {settings.SITE_URL.url}/admin/")
        self.stdout.write("Ctrl-C stops both.\n")
