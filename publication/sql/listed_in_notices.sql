-- A notice that lists an announcement must not be public before it: what keeps the announcement back
-- voids the approvals of each report whose instant lies ahead and whose sealed notice lists it.
CREATE FUNCTION void_where_it_is_listed(kept_back bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE publication_releaseapproval
    SET voided_at = statement_timestamp()
    WHERE id IN (
        SELECT a.id
        FROM publication_releaseapproval AS a
        JOIN publication_release AS r ON r.id = a.release_id
        JOIN publication_release AS n ON n.id = kept_back
        WHERE a.voided_at IS NULL
          AND r.latched_at IS NULL
          AND r.release_at > statement_timestamp()
          AND n.kind = 'announcement'
          AND n.latched_at IS NULL
          AND r.payload -> 'notice_lists' ? n.reference
        -- Only a voiding locks an approval, and a brake waits for nobody.
        FOR UPDATE OF a SKIP LOCKED
    );
$$;
CREATE FUNCTION void_with_a_brake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM void_where_it_is_listed(NEW.release_id);
    RETURN NULL;
END $$;
CREATE FUNCTION void_with_the_announcement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM void_where_it_is_listed(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER a_hold_voids_where_it_is_listed
    AFTER INSERT ON publication_releasehold FOR EACH ROW EXECUTE FUNCTION void_with_a_brake();
CREATE TRIGGER a_suspension_voids_where_it_is_listed
    AFTER INSERT ON publication_suspension FOR EACH ROW EXECUTE FUNCTION void_with_a_brake();
CREATE TRIGGER a_change_voids_where_it_is_listed
    AFTER UPDATE OF release_at, unsealed_at ON publication_release FOR EACH ROW
    WHEN (NEW.kind = 'announcement'
          AND (OLD.release_at IS DISTINCT FROM NEW.release_at
               OR OLD.unsealed_at IS DISTINCT FROM NEW.unsealed_at))
    EXECUTE FUNCTION void_with_the_announcement();
ALTER TABLE publication_releasehold ENABLE ALWAYS TRIGGER a_hold_voids_where_it_is_listed;
ALTER TABLE publication_suspension ENABLE ALWAYS TRIGGER a_suspension_voids_where_it_is_listed;
ALTER TABLE publication_release ENABLE ALWAYS TRIGGER a_change_voids_where_it_is_listed;
