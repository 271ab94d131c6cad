#!/bin/sh
# Once, on an empty cluster, as its superuser: two roles, the database, what it needs (the same SQL as in README.md).
# Passwords come from files: OWNER_PASSWORD_FILE and APP_PASSWORD_FILE, or the container's secrets.
set -eu
OWNER_PASSWORD=$(cat "${OWNER_PASSWORD_FILE:-/run/secrets/owner_password}")
APP_PASSWORD=$(cat "${APP_PASSWORD_FILE:-/run/secrets/app_password}")
export OWNER_PASSWORD APP_PASSWORD  # by the environment: arguments are everybody's to read
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv app APP_PASSWORD
CREATE ROLE tideline_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE tideline_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE DATABASE tideline OWNER tideline_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE tideline FROM PUBLIC;
GRANT CONNECT ON DATABASE tideline TO tideline_app;
\connect tideline
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
ALTER SCHEMA public OWNER TO tideline_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DATABASE tideline SET log_min_messages = 'log';
ALTER DATABASE tideline SET log_min_error_statement = 'panic';
ALTER DATABASE tideline SET log_error_verbosity = 'terse';
ALTER DATABASE tideline SET log_parameter_max_length = 0;
ALTER DATABASE tideline SET log_parameter_max_length_on_error = 0;
SQL
