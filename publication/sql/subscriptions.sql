-- The one thing that the public pages may write: that somebody asks to be mailed, confirms that an
-- address is theirs, or wants no more. It answers nothing, whatever is known of the address, and
-- adds at most one row. It takes what is public only, by the one predicate; five requests a day
-- for an address and five hundred an hour in all; and links that were mailed only.
CREATE FUNCTION request_subscription(kind text, address text, reference text, token text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO publication_subscriptionrequest
        (kind, address, reference, token_sha256, asked_at)
    SELECT 'start', lower($2), $3, '', statement_timestamp()
    WHERE $1 = 'start'
      AND length($2) <= 254
      AND $2 ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'
      AND ($3 = '' OR EXISTS (
          SELECT FROM release_standing AS s WHERE s.reference = $3 AND s.state = 'open'
      ))
      AND 5 > (
          SELECT count(*) FROM publication_subscriptionrequest AS r
          WHERE r.address = lower($2) AND r.asked_at > statement_timestamp() - interval '1 day'
      )
      AND 500 > (
          SELECT count(*) FROM publication_subscriptionrequest AS r
          WHERE r.kind = 'start' AND r.asked_at > statement_timestamp() - interval '1 hour'
      )
    UNION ALL
    SELECT $1, '', '', given.sha256, statement_timestamp()
    FROM (SELECT encode(sha256(convert_to($4, 'UTF8')), 'hex') AS sha256) AS given
    WHERE ($1 = 'confirm' AND EXISTS (
              SELECT FROM publication_subscription AS s WHERE s.confirm_sha256 = given.sha256
          ))
       OR ($1 = 'stop' AND EXISTS (
              SELECT FROM publication_subscription AS s WHERE s.stop_sha256 = given.sha256
          ))
    ON CONFLICT DO NOTHING;
$$;
