-- What the tables refuse, whoever asks and by whatever door.

-- A seal freezes the content; a latch freezes the instant too. Nothing sealed is removed.
CREATE FUNCTION keep_the_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sealed_at IS NULL THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A sealed release is never removed.' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.kind, NEW.case_key, NEW.reference, NEW.slug, NEW.edition_number, NEW.title,
        NEW.payload, NEW.root_sha256, NEW.wrapped_key, NEW.sealed_at, NEW.approvals_needed,
        NEW.imported)
       IS DISTINCT FROM
       (OLD.kind, OLD.case_key, OLD.reference, OLD.slug, OLD.edition_number, OLD.title,
        OLD.payload, OLD.root_sha256, OLD.wrapped_key, OLD.sealed_at, OLD.approvals_needed,
        OLD.imported)
       OR NEW.last_editor_id IS DISTINCT FROM OLD.last_editor_id
       OR NEW.supersedes_id IS DISTINCT FROM OLD.supersedes_id
       OR NEW.report_id IS DISTINCT FROM OLD.report_id THEN
        RAISE EXCEPTION 'What is sealed is not changed.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.unsealed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'A broken seal is not mended.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.latched_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'What has been public is not changed.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.latched_at IS NOT NULL AND OLD.latched_at IS NULL AND NOT EXISTS (
        SELECT FROM release_standing AS s WHERE s.release_id = NEW.id AND s.state = 'open'
    ) THEN
        RAISE EXCEPTION 'Only what is public is latched.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_sealed_release_is_kept BEFORE UPDATE OR DELETE ON publication_release
    FOR EACH ROW EXECUTE FUNCTION keep_the_seal();
ALTER TABLE publication_release ENABLE ALWAYS TRIGGER a_sealed_release_is_kept;

-- Nothing is born public, and only history that others made goes without approvals.
CREATE FUNCTION be_born_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.latched_at IS NOT NULL THEN
        RAISE EXCEPTION 'A release is not born public.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.imported AND NOT EXISTS (
        SELECT FROM complaints_complaint AS c
        WHERE c.key = NEW.case_key AND c.origin = 'import'
    ) THEN
        RAISE EXCEPTION 'Only an imported case has imported releases.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_release_is_born_closed BEFORE INSERT ON publication_release
    FOR EACH ROW EXECUTE FUNCTION be_born_closed();
ALTER TABLE publication_release ENABLE ALWAYS TRIGGER a_release_is_born_closed;

-- Another instant, or a broken seal, voids every approval, so that going back revives none.
CREATE FUNCTION void_approvals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE publication_releaseapproval
    SET voided_at = statement_timestamp()
    WHERE release_id = NEW.id AND voided_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER a_change_voids_approvals
    AFTER UPDATE OF release_at, unsealed_at, sealed_at ON publication_release FOR EACH ROW
    WHEN (OLD.release_at IS DISTINCT FROM NEW.release_at
          OR OLD.unsealed_at IS DISTINCT FROM NEW.unsealed_at
          OR OLD.sealed_at IS DISTINCT FROM NEW.sealed_at)
    EXECUTE FUNCTION void_approvals();
ALTER TABLE publication_release ENABLE ALWAYS TRIGGER a_change_voids_approvals;

-- An approval is of this seal and this instant, by a person who is not the last editor.
CREATE FUNCTION bind_the_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An approval is voided, not removed.' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
           OR (NEW.release_id, NEW.by_id, NEW.person_id, NEW.root_sha256, NEW.release_at,
               NEW.audience, NEW.approved_at)
           IS DISTINCT FROM
              (OLD.release_id, OLD.by_id, OLD.person_id, OLD.root_sha256, OLD.release_at,
               OLD.audience, OLD.approved_at)
           OR EXISTS (SELECT FROM publication_release AS r
                      WHERE r.id = NEW.release_id AND r.latched_at IS NOT NULL) THEN
            RAISE EXCEPTION 'An approval is voided once, and otherwise not changed.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM publication_release AS r
        JOIN accounts_membership AS m ON m.id = NEW.by_id AND m.user_id = NEW.person_id
        WHERE r.id = NEW.release_id
          AND r.sealed_at IS NOT NULL
          AND r.unsealed_at IS NULL
          AND r.root_sha256 = NEW.root_sha256
          AND r.release_at = NEW.release_at
          AND r.last_editor_id IS DISTINCT FROM NEW.person_id
    ) THEN
        RAISE EXCEPTION 'An approval is of this seal and instant, and not by the last editor.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_approval_is_bound BEFORE INSERT OR UPDATE OR DELETE
    ON publication_releaseapproval FOR EACH ROW EXECUTE FUNCTION bind_the_approval();
ALTER TABLE publication_releaseapproval ENABLE ALWAYS TRIGGER an_approval_is_bound;

-- A manifest is complete when the seal closes, and stays so.
CREATE FUNCTION keep_the_manifest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM publication_release AS r
        WHERE r.id = coalesce(NEW.release_id, OLD.release_id) AND r.sealed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'The files of a sealed release are not changed.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER a_manifest_is_kept BEFORE INSERT OR UPDATE OR DELETE
    ON publication_releasefile FOR EACH ROW EXECUTE FUNCTION keep_the_manifest();
ALTER TABLE publication_releasefile ENABLE ALWAYS TRIGGER a_manifest_is_kept;

-- A brake is let go by two different people, and what was let go stays written.
CREATE FUNCTION let_go_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A brake is lifted, not removed.' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        (OLD.lifted_at IS NOT NULL AND NEW.lifted_at IS DISTINCT FROM OLD.lifted_at)
        OR (NEW.release_id, NEW.reason, NEW.placed_at)
           IS DISTINCT FROM (OLD.release_id, OLD.reason, OLD.placed_at)
    ) THEN
        RAISE EXCEPTION 'A brake is lifted once, and otherwise not changed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.lifted_at IS NOT NULL AND (
        SELECT count(DISTINCT m.user_id) FROM accounts_membership AS m
        WHERE m.id IN (NEW.lift_asked_by_id, NEW.lifted_by_id)
    ) < 2 THEN
        RAISE EXCEPTION 'A brake is lifted by two different people.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_hold_is_lifted_by_two BEFORE INSERT OR UPDATE OR DELETE
    ON publication_releasehold FOR EACH ROW EXECUTE FUNCTION let_go_by_two();
CREATE TRIGGER a_suspension_is_lifted_by_two BEFORE INSERT OR UPDATE OR DELETE
    ON publication_suspension FOR EACH ROW EXECUTE FUNCTION let_go_by_two();
ALTER TABLE publication_releasehold ENABLE ALWAYS TRIGGER a_hold_is_lifted_by_two;
ALTER TABLE publication_suspension ENABLE ALWAYS TRIGGER a_suspension_is_lifted_by_two;

CREATE FUNCTION withdraw_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A withdrawal stands.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.withdrawn_at IS NOT NULL AND (
        SELECT count(DISTINCT m.user_id) FROM accounts_membership AS m
        WHERE m.id IN (NEW.asked_by_id, NEW.confirmed_by_id)
    ) < 2 THEN
        RAISE EXCEPTION 'A release is withdrawn by two different people.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_withdrawal_is_by_two BEFORE INSERT OR UPDATE OR DELETE
    ON publication_withdrawal FOR EACH ROW EXECUTE FUNCTION withdraw_by_two();
ALTER TABLE publication_withdrawal ENABLE ALWAYS TRIGGER a_withdrawal_is_by_two;
