-- The authorities that decide together, scheme by scheme and in its order: what the home page names.
CREATE VIEW public_authorities WITH (security_barrier) AS
SELECT
    p.id,
    r.name AS scheme,
    r.designating_minister AS minister,
    o.name
FROM accounts_regimeauthority AS p
JOIN accounts_regime AS r ON r.id = p.regime_id
JOIN accounts_organisation AS o ON o.id = p.organisation_id
ORDER BY r.key, p.order;
