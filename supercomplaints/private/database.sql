-- The three roles and the database of the service. Run by a superuser; may be run again.
-- psql and `supercomplaints.private.postgres` both fill in the :"names" and :'secrets'.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY[:'owner', :'app', :'public']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
ALTER ROLE :"public" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'public_password';
-- A public page that takes longer than this is an attack or a mistake.
ALTER ROLE :"public" SET statement_timeout = '10s';
ALTER ROLE :"public" SET idle_in_transaction_session_timeout = '30s';
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec
\connect :"database"
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION IF NOT EXISTS btree_gist;
-- What PostgreSQL lets anybody call and only a superuser can take back: making large objects, and
-- advisory locks, with which a stranger at the public door could stop every act of a case.
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure),
       format('GRANT EXECUTE ON FUNCTION %s TO %I, %I', oid::regprocedure, :'app', :'owner')
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND (proname LIKE 'pg\_%advisory%' OR proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
\gexec
