"""How every form of the service is drawn: GOV.UK markup from one set of templates."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Draws fields through templates/forms/."""

    field_template_name = "forms/field.html"
    form_template_name = "forms/form.html"
