-- Remember that a release has been public, so that a clock stepped back cannot hide it again.
-- It asks the whole predicate once more and writes at most one row. It never waits: a reader at
-- the public door must not stand behind an act that has the row in hand.
CREATE FUNCTION latch(release_id bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM publication_release AS r
    WHERE r.id = latch.release_id AND r.latched_at IS NULL
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE publication_release AS r
    SET latched_at = statement_timestamp()
    WHERE r.id = latch.release_id
      AND r.latched_at IS NULL
      AND EXISTS (
          SELECT FROM release_standing AS s
          WHERE s.release_id = latch.release_id AND s.state = 'open'
      );
    RETURN FOUND;
END $$;

-- The brake for whoever has only the database at hand, in one line:
--   SELECT hold_release('SC-2018-417', 'Why it is held');
-- It holds everything of the case that has a seal, and answers how many that is.
CREATE FUNCTION hold_release(reference text, reason text) RETURNS bigint
LANGUAGE sql AS $$
    WITH held AS (
        INSERT INTO publication_releasehold (release_id, reason, placed_at)
        SELECT r.id, hold_release.reason, statement_timestamp()
        FROM publication_release AS r
        WHERE r.reference = hold_release.reference
          AND r.sealed_at IS NOT NULL
          AND r.unsealed_at IS NULL
        RETURNING 1
    )
    SELECT count(*) FROM held;
$$;
