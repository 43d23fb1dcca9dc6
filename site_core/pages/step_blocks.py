"""The block of numbered steps, each with who takes it."""

from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step and who takes it."""

    who = blocks.CharBlock(
        required=False,
        max_length=120,
        help_text="Who takes this step, such as “Police and community members.”",
    )
    what = blocks.CharBlock(max_length=120, help_text="The step in a few words, such as “Hold a call-in.”")
    text = blocks.RichTextBlock(required=False, features=["bold", "italic", "link"])

    class Meta:
        icon = "list-ol"
        description = "One step and who takes it."


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(StepBlock(), min_num=1, max_num=12)

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        description = "Numbered steps, each with who takes it."
        preview_value = {
            "steps": [
                {"who": "The partnership", "what": "Find out who is at highest risk", "text": ""},
                {"who": "Community members and police", "what": "Speak with them face to face", "text": ""},
            ]
        }
