"""`manage.py measure_space`: note how full the disks of this machine are. For machines without a worker, by a timer."""

from django.core.management.base import BaseCommand, CommandError

from clinic import space
from clinic.actions.space import note_space, tell_space


class Command(BaseCommand):
    """Measures the folders of DISK_FOLDERS; the worker does the same for its own machine every minute."""

    help = "Measure the disks named in DISK_FOLDERS and tell the admins when they fill up."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        try:
            readings = space.measure()
        except OSError as problem:
            raise CommandError(f"A folder of DISK_FOLDERS can't be measured: {problem}.") from problem
        stage = note_space(readings=readings)
        tell_space()
        for reading in readings:
            self.stdout.write(f"{reading.name}: {reading.percent} % used.")
        self.stdout.write(f"Stage: {stage}.")
