#!/bin/sh
# Makes the three roles and the database in a new PostgreSQL container, with the very script that
# makes them for bin/run.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set database=supercomplaints \
  --set owner=owner --set owner_password="$OWNER_PASSWORD" \
  --set app=app --set app_password="$APP_PASSWORD" \
  --set public=public_pages --set public_password="$PUBLIC_PASSWORD" \
  --file /usr/local/share/database.sql
