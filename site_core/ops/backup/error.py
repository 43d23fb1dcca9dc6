"""BackupError: why a backup, a restore or a drill does not go on, in one sentence for the person who runs it."""


class BackupError(Exception):
    """str() is the sentence."""
