"""What a response tells a test of the templates it was rendered with."""

from django.template import Context, Template
from django.test.signals import template_rendered


def render_each(template: Template, context: Context) -> str:
    """As Django's own: has the test client copy the context of every template, also of every icon and every input."""
    template_rendered.send(sender=template, template=template, context=context)
    return str(template.nodelist.render(context))


def render(template: Template, context: Context) -> str:
    """Has it copy those of views and of panels only, and not of what they include."""
    if context.template is template and "widget" not in context:
        return render_each(template, context)
    return str(template.nodelist.render(context))
