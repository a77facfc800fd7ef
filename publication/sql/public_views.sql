-- All that the role of the public pages may read. Each view is a barrier: no condition of a
-- caller's is evaluated on a row before the view has decided that the row may be known.
CREATE VIEW public_releases WITH (security_barrier) AS
SELECT
    s.release_id AS id,
    s.kind,
    s.reference,
    s.slug,
    s.edition_number,
    s.supersedes_id,
    s.state,
    s.public_from,
    s.latched_at IS NOT NULL AS latched,
    CASE WHEN s.state = 'open' THEN s.title ELSE '' END AS title,
    CASE WHEN s.state = 'open' THEN s.payload ELSE '{}'::jsonb END AS payload,
    CASE WHEN s.state = 'open' THEN s.root_sha256 ELSE '' END AS root_sha256,
    CASE WHEN s.state = 'withdrawn' THEN (
        SELECT w.reason FROM publication_withdrawal AS w WHERE w.release_id = s.release_id
    ) ELSE '' END AS withdrawal_reason
FROM release_standing AS s
WHERE s.state <> 'closed';

-- The keys of files are given away with the release, and not before.
CREATE VIEW public_release_files WITH (security_barrier) AS
SELECT
    f.id,
    f.release_id,
    f.path,
    f.storage_key,
    f.sha256,
    f.size_bytes,
    f.content_type,
    f.language,
    s.wrapped_key
FROM release_standing AS s
JOIN publication_releasefile AS f ON f.release_id = s.release_id
WHERE s.state = 'open';

-- One row for each case of which something is public: its latest announcement or report.
CREATE VIEW public_register WITH (security_barrier) AS
SELECT
    s.release_id AS id,
    s.kind,
    s.reference,
    s.slug,
    s.title,
    s.payload,
    s.public_from,
    s.latched_at IS NOT NULL AS latched
FROM release_standing AS s
WHERE s.state = 'open'
  AND s.kind IN ('announcement', 'edition', 'correction')
  AND NOT EXISTS (
      SELECT FROM release_standing AS later
      WHERE later.reference = s.reference
        AND later.kind IN ('announcement', 'edition', 'correction')
        AND later.state = 'open'
        AND (later.release_at, later.release_id) > (s.release_at, s.release_id)
  );

-- For how many seconds a list may be kept: never past the next release, of which it says no more.
CREATE VIEW public_next_release WITH (security_barrier) AS
SELECT
    1 AS id,
    coalesce(
        (
            SELECT least(60, greatest(0, floor(extract(epoch FROM min(r.release_at) - greatest(
                statement_timestamp(),
                nullif(current_setting('app.clock', true), '')::timestamptz
            )))))::integer
            FROM publication_release AS r
            WHERE r.sealed_at IS NOT NULL
              AND r.unsealed_at IS NULL
              AND r.latched_at IS NULL
              AND r.release_at > least(
                  statement_timestamp(),
                  nullif(current_setting('app.clock', true), '')::timestamptz
              )
        ),
        60
    ) AS seconds;
