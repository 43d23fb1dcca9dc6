-- The database and its two roles, made once by a superuser. nnsc_owner owns the tables: it migrates, erases from the
-- ledger, and makes the database of a restore drill. nnsc is the role of the web and publishing processes: it can neither
-- change a table nor the ledger's rows. `migrate` takes from it what it must not do to the ledger
-- (site_core/publishing/ledger/guard.py).

\getenv owner_password OWNER_PASSWORD
\getenv web_password WEB_PASSWORD
CREATE ROLE nnsc_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE nnsc LOGIN PASSWORD :'web_password';
CREATE DATABASE nnsc OWNER nnsc_owner;
\connect nnsc
ALTER DEFAULT PRIVILEGES FOR ROLE nnsc_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nnsc;
ALTER DEFAULT PRIVILEGES FOR ROLE nnsc_owner GRANT USAGE, SELECT ON SEQUENCES TO nnsc;
