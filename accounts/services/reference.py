"""The reference rows every installation starts from: organisations, regimes, designations, groups.

`load_reference` adds what is missing and leaves what stands, since administrators correct these
rows: a second run changes nothing.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from accounts import reference
from accounts.models import (
    PLACEHOLDER_DOMAIN,
    AddresseeGroup,
    Designation,
    Organisation,
    Regime,
    RegimeAuthority,
)
from accounts.reference import Row

Kind = Organisation.Kind

CHIEF_CONSTABLES = "chief-constables"
POLICING_BODIES = "policing-bodies"
ALL_FORCES = "all-forces"
SERVICE_POLICE_FORCES = "service-police-forces"

PLACEHOLDER = "mailbox is a placeholder, not looked up"
DERIVED = "not looked up: derived from the force’s governance"


@transaction.atomic
def load_reference() -> int:
    """Add the organisations, groups, regimes and designations that are missing.

    Returns how many organisations were added. Records nothing: these rows come with the service.
    """
    added = sum(
        _add_missing(made)
        for made in (_named(), _forces(), _service_police(), _designated_bodies())
    )
    added += _add_missing(_policing_bodies())
    _group(CHIEF_CONSTABLES, "Chief constables", kind=Kind.FORCE, force_type="territorial")
    _group(
        POLICING_BODIES, "Police and crime commissioners or equivalents", kind=Kind.POLICING_BODY
    )
    in_scope = [row["short_name"] for row in reference.rows("police_forces")]
    _group(ALL_FORCES, "All police forces in scope", short_name__in=in_scope)
    _group(SERVICE_POLICE_FORCES, "Service police", kind=Kind.FORCE, force_type="service police")
    _load_regimes()
    _load_designations()
    return added


def _organisation(row: Row, kind: Kind, **facts: str) -> Organisation:
    """One organisation from a row; its mailbox is never a real one."""
    slug = slugify(row["short_name"])
    return Organisation(
        name=row["name"],
        short_name=row["short_name"],
        slug=slug,
        kind=kind,
        mailbox=f"{slug}{PLACEHOLDER_DOMAIN}",
        website=row.get("website", ""),
        verification=f"{row['verification']}; {PLACEHOLDER}",
        **facts,
    )


def _add_missing(organisations: Iterable[Organisation]) -> int:
    """Add those whose slug is not there yet."""
    standing = set(Organisation.objects.values_list("slug", flat=True))
    missing = [made for made in organisations if made.slug not in standing]
    return len(Organisation.objects.bulk_create(missing))


def _named() -> Iterable[Organisation]:
    """Authorities, departments, associations and others; a row of kind group is none."""
    for row in reference.rows("organisations"):
        if row["kind"] != "group":
            yield _organisation(row, Kind(row["kind"]))


def _forces() -> Iterable[Organisation]:
    """The 47 forces in scope. Law: Police Reform Act 2002 s.29A(3)."""
    tiles = {row["force"]: row["code"] for row in reference.rows("force_tiles")}
    for row in reference.rows("police_forces"):
        yield _organisation(
            row,
            Kind.FORCE,
            force_type=row["type"],
            region=row["region_country"],
            governance=row["governance"],
            tile_code=tiles.get(_area(row), ""),
        )


def _area(row: Row) -> str:
    """The area that the tile map calls a force by: its short name, or its name's beginning."""
    for tile in reference.rows("force_tiles"):
        if row["short_name"] == tile["force"] or row["name"].startswith(f"{tile['force']} "):
            return tile["force"]
    return row["short_name"]


def _service_police() -> Iterable[Organisation]:
    """The forces of the service police regime. Law: SI 2023/624 Part 4."""
    for row in reference.rows("service_police_forces"):
        yield _organisation(row, Kind.FORCE, force_type="service police")


def _designated_bodies() -> Iterable[Organisation]:
    """The bodies that may complain, in either regime."""
    for row in reference.rows("designated_bodies"):
        yield _organisation(row, Kind.DESIGNATED_BODY)


def _policing_bodies() -> Iterable[Organisation]:
    """One policing body for each territorial force, derived from how the force is governed."""
    forces = {force.slug: force for force in Organisation.objects.filter(kind=Kind.FORCE)}
    for row in reference.rows("police_forces"):
        if row["type"] != "territorial":
            continue
        body = {
            "name": policing_body_name(row["governance"], area=_area(row)),
            "short_name": f"Policing body, {row['short_name']}",
            "verification": DERIVED,
        }
        made = _organisation(body, Kind.POLICING_BODY, region=row["region_country"])
        made.polices = forces[slugify(row["short_name"])]
        yield made


def policing_body_name(governance: str, *, area: str) -> str:
    """A commissioner is one of many and named with the area; a mayor or council is the only one."""
    return f"{governance} for {area}" if governance.endswith("Commissioner") else governance


def _group(key: str, name: str, **lookup: object) -> None:
    """A group with its members, unless an administrator has it already."""
    group, made = AddresseeGroup.objects.get_or_create(key=key, defaults={"name": name})
    if made:
        group.members.set(Organisation.objects.filter(fictional=False, **lookup))


def _load_regimes() -> None:
    """Each regime with its authorities, so that no code counts them."""
    for row in reference.rows("regimes"):
        forces = AddresseeGroup.objects.get(key=row["forces"])
        facts = {key: row[key] for key in ("name", "law", "designating_minister", "began_on")}
        regime, made = Regime.objects.get_or_create(
            key=row["key"], defaults={**facts, "forces": forces}
        )
        if made:
            _load_authorities(regime)


def _load_authorities(regime: Regime) -> None:
    """The parts that the authorities of one regime have in it."""
    by_short_name = {found.short_name: found for found in Organisation.objects.all()}
    RegimeAuthority.objects.bulk_create(
        RegimeAuthority(
            regime=regime,
            organisation=by_short_name[row["organisation"]],
            office=row["office"],
            receives_and_publishes=row["receives_and_publishes"] == "yes",
            order=int(row["order"]),
        )
        for row in reference.rows("regime_authorities")
        if row["regime"] == regime.key
    )


def _load_designations() -> None:
    """Each designation with its dates and instrument."""
    bodies = {body.slug: body for body in Organisation.objects.filter(kind=Kind.DESIGNATED_BODY)}
    regimes = {regime.key: regime for regime in Regime.objects.all()}
    for row in reference.rows("designated_bodies"):
        Designation.objects.get_or_create(
            organisation=bodies[slugify(row["short_name"])],
            regime=regimes[row["regime"]],
            designated_on=date.fromisoformat(row["designated_on"]),
            defaults={
                "revoked_on": date.fromisoformat(row["revoked_on"]) if row["revoked_on"] else None,
                "instrument": row["instrument"],
                "verification": row["verification"],
            },
        )
