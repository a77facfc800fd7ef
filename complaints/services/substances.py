"""Reading complaints for the radar: what is due is found by what is missing or out of date."""

from django.db import transaction
from django.db.models import F, Q, QuerySet

from complaints.models import Complaint, Substance, SubstanceTerm
from complaints.radar.concepts import known
from complaints.radar.substance import passages_of, shares_of


def due() -> QuerySet[Complaint]:
    """Complaints that have left the draft and are not read as they stand."""
    current = Q(substance__version=F("version"), substance__concepts_sha256=known().sha256)
    read = Complaint.objects.filter(current)
    return Complaint.objects.all().submitted().exclude(pk__in=read.values("pk")).order_by("pk")


@transaction.atomic
def read(complaint: Complaint) -> Substance:
    """Keep a complaint's substance as terms. Twice gives the same."""
    Complaint.objects.select_for_update().get(pk=complaint.pk)
    read_as = {"version": complaint.version, "concepts_sha256": known().sha256}
    substance, _is_new = Substance.objects.update_or_create(complaint=complaint, defaults=read_as)
    substance.terms.all().delete()
    SubstanceTerm.objects.bulk_create(
        SubstanceTerm(substance=substance, term=term, share=share)
        for term, share in shares_of(passages_of(complaint)).items()
    )
    return substance
