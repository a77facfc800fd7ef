-- One row for each case of which something is public: its latest announcement or report.
-- The order stands in the view: asked for outside, the barrier would have every row decided and
-- sorted before the first is shown (0.5 s at 50,000 releases, against 3 ms).
CREATE OR REPLACE VIEW public_register WITH (security_barrier) AS
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
  )
ORDER BY s.release_at DESC, s.release_id;
