"""The table of roles at each kind of organisation, for whoever writes by another door."""

from django.db import migrations

# The organisation is locked, or its kind could change between this look and the commit.
# ENABLE ALWAYS: an ordinary trigger is skipped under session_replication_role = replica.
FORWARD = """
CREATE FUNCTION roles_are_of_kind(roles varchar[], kind varchar) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN kind = 'authority' THEN NOT roles && of_bodies
        WHEN kind IN ('designated_body', 'other') THEN roles <@ (of_bodies || of_addressees)
        ELSE roles <@ of_addressees
    END
    FROM (VALUES (
        ARRAY['submitter', 'body_approver', 'body_reviewer']::varchar[],
        ARRAY['responder', 'response_approver']::varchar[]
    )) AS named (of_bodies, of_addressees)
$$;

CREATE FUNCTION refuse_roles_of_another_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind varchar;
BEGIN
    SELECT o.kind INTO kind FROM accounts_organisation o WHERE o.id = NEW.organisation_id FOR SHARE;
    IF NOT roles_are_of_kind(NEW.roles, kind) THEN
        RAISE EXCEPTION 'An organisation of this kind has no such role.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_membership_has_roles_of_its_organisation
    BEFORE INSERT OR UPDATE OF roles, organisation_id, ended_at ON accounts_membership
    FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION refuse_roles_of_another_kind();
CREATE TRIGGER an_invitation_names_roles_of_its_organisation
    BEFORE INSERT OR UPDATE OF roles, organisation_id ON accounts_invitation
    FOR EACH ROW EXECUTE FUNCTION refuse_roles_of_another_kind();

CREATE FUNCTION refuse_kind_without_its_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM accounts_membership m
        WHERE m.organisation_id = NEW.id AND m.ended_at IS NULL
            AND NOT roles_are_of_kind(m.roles, NEW.kind)
    ) THEN
        RAISE EXCEPTION 'Somebody has a role there that this kind of organisation does not have.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_organisation_keeps_the_kind_of_its_roles
    BEFORE UPDATE OF kind ON accounts_organisation
    FOR EACH ROW WHEN (NEW.kind IS DISTINCT FROM OLD.kind)
    EXECUTE FUNCTION refuse_kind_without_its_roles();
ALTER TABLE accounts_membership
    ENABLE ALWAYS TRIGGER a_membership_has_roles_of_its_organisation;
ALTER TABLE accounts_invitation
    ENABLE ALWAYS TRIGGER an_invitation_names_roles_of_its_organisation;
ALTER TABLE accounts_organisation
    ENABLE ALWAYS TRIGGER an_organisation_keeps_the_kind_of_its_roles;
"""

BACKWARD = """
DROP TRIGGER an_organisation_keeps_the_kind_of_its_roles ON accounts_organisation;
DROP FUNCTION refuse_kind_without_its_roles();
DROP TRIGGER an_invitation_names_roles_of_its_organisation ON accounts_invitation;
DROP TRIGGER a_membership_has_roles_of_its_organisation ON accounts_membership;
DROP FUNCTION refuse_roles_of_another_kind();
DROP FUNCTION roles_are_of_kind(varchar[], varchar);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_body_reviewer")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
