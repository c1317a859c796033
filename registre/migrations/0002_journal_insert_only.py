"""The journal is written and read; only its own function may shorten it, by what is a year old."""

from django.db import migrations

# Which role the application connects as is for each installation to choose: whoever was given
# more than writing and reading, by the default privileges of the schema, loses it.
INSERT_ONLY = """
CREATE FUNCTION registre_make_insert_only(name regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT acl.grantee
        FROM pg_class, aclexplode(pg_class.relacl) AS acl
        WHERE pg_class.oid = name
            AND acl.grantee <> pg_class.relowner
    LOOP
        EXECUTE format(
            'REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s',
            name,
            CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(held.grantee)) END
        );
    END LOOP;
END
$$;
SELECT registre_make_insert_only('registre_journalentry');
"""

PURGE = """
CREATE FUNCTION registre_purge_journal(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    removed bigint;
BEGIN
    IF before IS NULL OR before > now() - interval '12 months' THEN
        RAISE EXCEPTION 'the journal is kept for twelve months'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM registre_journalentry WHERE at < before;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0001_journal")]

    operations = [
        migrations.RunSQL(INSERT_ONLY, "DROP FUNCTION registre_make_insert_only(regclass)"),
        migrations.RunSQL(PURGE, "DROP FUNCTION registre_purge_journal(timestamptz)"),
    ]
