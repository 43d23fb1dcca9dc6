"""The chapters in the order in which they are made: whoever needs a site without examples comes first."""

from benchmarks.handbook import media, publishing, reviewing, settings, tending, undoing, writing

ALL = (
    settings.before_you_go_public,
    settings.help_lines,
    settings.finding,
    settings.figures_list,
    settings.checks,
    settings.figure,
    settings.people,
    settings.searches,
    writing.press_mention,
    writing.from_the_article,
    writing.duplicate,
    reviewing.review,
    writing.change_notes,
    writing.checks,
    media.pictures,
    media.documents,
    publishing.schedule,
    publishing.fixes,
    publishing.receipts,
    undoing.undo,
    undoing.bin_and_unpublish,
    publishing.failure,
    tending.tags,
    tending.broken_links,
    tending.archive,
)
