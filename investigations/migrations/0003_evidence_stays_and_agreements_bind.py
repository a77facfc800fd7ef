from django.db import migrations

# ENABLE ALWAYS: an ordinary trigger is skipped under session_replication_role = replica.
FORWARD = r"""
CREATE FUNCTION refuse_change_of_custody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Custody and corrections of evidence are never changed or removed.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER custody_is_never_changed BEFORE UPDATE OR DELETE ON investigations_custodyevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_custody();
CREATE TRIGGER custody_is_never_emptied BEFORE TRUNCATE ON investigations_custodyevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_custody();
CREATE TRIGGER corrections_are_never_changed
    BEFORE UPDATE OR DELETE ON investigations_evidencecorrection
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_custody();
CREATE TRIGGER corrections_are_never_emptied BEFORE TRUNCATE ON investigations_evidencecorrection
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_custody();
ALTER TABLE investigations_custodyevent ENABLE ALWAYS TRIGGER custody_is_never_changed;
ALTER TABLE investigations_custodyevent ENABLE ALWAYS TRIGGER custody_is_never_emptied;
ALTER TABLE investigations_evidencecorrection ENABLE ALWAYS TRIGGER corrections_are_never_changed;
ALTER TABLE investigations_evidencecorrection ENABLE ALWAYS TRIGGER corrections_are_never_emptied;

CREATE FUNCTION refuse_loss_of_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An evidence item is never removed, and its file, number and case stay.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER evidence_is_never_removed BEFORE DELETE ON investigations_evidenceitem
    FOR EACH ROW EXECUTE FUNCTION refuse_loss_of_evidence();
CREATE TRIGGER evidence_is_never_emptied BEFORE TRUNCATE ON investigations_evidenceitem
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss_of_evidence();
CREATE TRIGGER evidence_keeps_its_original BEFORE UPDATE ON investigations_evidenceitem
    FOR EACH ROW WHEN (
        (OLD.file_id, OLD.number, OLD.investigation_id, OLD.registered_by_id, OLD.registered_at)
        IS DISTINCT FROM
        (NEW.file_id, NEW.number, NEW.investigation_id, NEW.registered_by_id, NEW.registered_at)
    ) EXECUTE FUNCTION refuse_loss_of_evidence();
ALTER TABLE investigations_evidenceitem ENABLE ALWAYS TRIGGER evidence_is_never_removed;
ALTER TABLE investigations_evidenceitem ENABLE ALWAYS TRIGGER evidence_is_never_emptied;
ALTER TABLE investigations_evidenceitem ENABLE ALWAYS TRIGGER evidence_keeps_its_original;

CREATE FUNCTION agreement_is_to_the_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM investigations_finding f
        WHERE f.id = NEW.finding_id AND NEW.text_sha256 = encode(sha256(convert_to(
            f.title || E'\x1e' || f.conclusion || E'\x1e' || f.reasons, 'UTF8')), 'hex')
    ) THEN
        RAISE EXCEPTION 'An agreement is given to the text of the finding as it stands.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM investigations_finding f
        JOIN investigations_investigation i ON i.id = f.investigation_id
        JOIN complaints_complaint c ON c.id = i.complaint_id
        JOIN accounts_regimeauthority a ON a.regime_id = c.regime_id
        WHERE f.id = NEW.finding_id AND a.organisation_id = NEW.authority_id
    ) THEN
        RAISE EXCEPTION 'Only an authority of the regime agrees to a finding.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_agreement_is_to_the_text BEFORE INSERT ON investigations_findingagreement
    FOR EACH ROW EXECUTE FUNCTION agreement_is_to_the_text();

CREATE FUNCTION refuse_change_of_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An agreement is never changed or removed; it is voided once.'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER an_agreement_is_only_ever_voided
    BEFORE UPDATE ON investigations_findingagreement
    FOR EACH ROW WHEN (
        OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR
        (OLD.finding_id, OLD.authority_id, OLD.text_sha256, OLD.by_id, OLD.agreed_at)
        IS DISTINCT FROM
        (NEW.finding_id, NEW.authority_id, NEW.text_sha256, NEW.by_id, NEW.agreed_at)
    ) EXECUTE FUNCTION refuse_change_of_agreement();
CREATE TRIGGER an_agreement_is_never_removed BEFORE DELETE ON investigations_findingagreement
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_agreement();

CREATE FUNCTION refuse_text_under_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM investigations_findingagreement
        WHERE finding_id = NEW.id AND voided_at IS NULL
    ) THEN
        RAISE EXCEPTION 'The text of a finding changes only once every agreement to it is void.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_agreed_text_stays BEFORE UPDATE ON investigations_finding
    FOR EACH ROW WHEN (
        (OLD.title, OLD.conclusion, OLD.reasons)
        IS DISTINCT FROM (NEW.title, NEW.conclusion, NEW.reasons)
    ) EXECUTE FUNCTION refuse_text_under_agreement();
ALTER TABLE investigations_findingagreement ENABLE ALWAYS TRIGGER an_agreement_is_to_the_text;
ALTER TABLE investigations_findingagreement ENABLE ALWAYS TRIGGER an_agreement_is_only_ever_voided;
ALTER TABLE investigations_findingagreement ENABLE ALWAYS TRIGGER an_agreement_is_never_removed;
ALTER TABLE investigations_finding ENABLE ALWAYS TRIGGER an_agreed_text_stays;
"""

BACKWARD = """
DROP TRIGGER an_agreed_text_stays ON investigations_finding;
DROP FUNCTION refuse_text_under_agreement();
DROP TRIGGER an_agreement_is_never_removed ON investigations_findingagreement;
DROP TRIGGER an_agreement_is_only_ever_voided ON investigations_findingagreement;
DROP FUNCTION refuse_change_of_agreement();
DROP TRIGGER an_agreement_is_to_the_text ON investigations_findingagreement;
DROP FUNCTION agreement_is_to_the_text();
DROP TRIGGER evidence_keeps_its_original ON investigations_evidenceitem;
DROP TRIGGER evidence_is_never_emptied ON investigations_evidenceitem;
DROP TRIGGER evidence_is_never_removed ON investigations_evidenceitem;
DROP FUNCTION refuse_loss_of_evidence();
DROP TRIGGER corrections_are_never_emptied ON investigations_evidencecorrection;
DROP TRIGGER corrections_are_never_changed ON investigations_evidencecorrection;
DROP TRIGGER custody_is_never_emptied ON investigations_custodyevent;
DROP TRIGGER custody_is_never_changed ON investigations_custodyevent;
DROP FUNCTION refuse_change_of_custody();
"""


class Migration(migrations.Migration):

    dependencies = [("investigations", "0002_named_readers"), ("accounts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
