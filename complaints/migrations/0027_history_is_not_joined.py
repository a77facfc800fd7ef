from django.db import migrations

# ENABLE ALWAYS: an ordinary trigger is skipped under session_replication_role = replica.
FORWARD = """
CREATE FUNCTION join_what_is_under_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM complaints_complaint AS c
        JOIN complaints_complaint AS o ON o.id = NEW.other_id
        WHERE c.id = NEW.complaint_id
          AND (c.fictional <> o.fictional
               OR 'import' IN (c.origin, o.origin)
               OR c.status IN ('draft', 'sealed', 'closed')
               OR o.status IN ('draft', 'sealed', 'closed'))
    ) THEN
        RAISE EXCEPTION 'Only complaints under way are joined, and none that is made up to a real.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_is_under_way_is_joined BEFORE INSERT ON complaints_joining
    FOR EACH ROW EXECUTE FUNCTION join_what_is_under_way();
ALTER TABLE complaints_joining ENABLE ALWAYS TRIGGER what_is_under_way_is_joined;
"""

BACKWARD = """
DROP TRIGGER what_is_under_way_is_joined ON complaints_joining;
DROP FUNCTION join_what_is_under_way();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0026_deleted_drafts'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
