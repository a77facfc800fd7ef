from django.db import migrations

# ENABLE ALWAYS: an ordinary trigger is skipped under session_replication_role = replica.
FORWARD = """
CREATE FUNCTION refuse_change_of_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An entry of the record is never changed or removed.'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_the_record();
CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_record();
ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER entries_are_never_changed;
ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER entries_are_never_emptied;
"""

BACKWARD = """
DROP TRIGGER entries_are_never_emptied ON audit_auditentry;
DROP TRIGGER entries_are_never_changed ON audit_auditentry;
DROP FUNCTION refuse_change_of_the_record();
"""


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
