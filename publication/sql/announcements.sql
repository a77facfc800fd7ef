-- A decision that is opened again, or a case that is withdrawn, takes back what was to be
-- announced and is not public: its seal is opened, which voids its approvals.
CREATE FUNCTION take_back_the_announcement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE publication_release AS r
    SET unsealed_at = statement_timestamp()
    FROM release_standing AS s
    WHERE s.release_id = r.id
      AND r.case_key = NEW.key
      AND r.kind = 'announcement'
      AND NOT r.imported
      AND r.sealed_at IS NOT NULL
      AND r.unsealed_at IS NULL
      AND r.latched_at IS NULL
      -- What is due and approved is public already, by this clock, though nobody has read it yet.
      AND NOT (s.approved AND NOT s.held AND r.release_at <= statement_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER a_case_taken_back_is_not_announced
    AFTER UPDATE OF status ON complaints_complaint FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('submitted', 'withdrawn'))
    EXECUTE FUNCTION take_back_the_announcement();
ALTER TABLE complaints_complaint ENABLE ALWAYS TRIGGER a_case_taken_back_is_not_announced;

-- Why it was chosen to be published is frozen with the rest.
CREATE FUNCTION keep_the_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is sealed is not changed.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER a_choice_is_kept BEFORE UPDATE OF chosen_because ON publication_release
    FOR EACH ROW
    WHEN (OLD.sealed_at IS NOT NULL AND OLD.chosen_because IS DISTINCT FROM NEW.chosen_because)
    EXECUTE FUNCTION keep_the_choice();
ALTER TABLE publication_release ENABLE ALWAYS TRIGGER a_choice_is_kept;
