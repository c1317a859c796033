"""The words of a solo that the public may search: only those of fields agreed to."""

from django.db import migrations

# array_to_string() is only STABLE because it serves arrays of any type; for text it never varies.
PUBLIC_WORDS = """
CREATE FUNCTION solo_public_words(
    published varchar[], first_name text, last_name text, trade_name text, skills varchar[],
    presentation text, offers text, seeks text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT
        setweight(to_tsvector('public.french_unaccent',
            CASE WHEN 'name' = ANY (published) THEN first_name || ' ' || last_name ELSE '' END || ' ' ||
            CASE WHEN 'trade_name' = ANY (published) THEN trade_name ELSE '' END), 'A') ||
        setweight(to_tsvector('public.french_unaccent',
            CASE WHEN 'skills' = ANY (published) THEN array_to_string(skills, ' ') ELSE '' END), 'B') ||
        setweight(to_tsvector('public.french_unaccent',
            CASE WHEN 'presentation' = ANY (published) THEN presentation ELSE '' END || ' ' ||
            CASE WHEN 'offers' = ANY (published) THEN offers ELSE '' END || ' ' ||
            CASE WHEN 'seeks' = ANY (published) THEN seeks ELSE '' END), 'C')
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("territoires", "0001_extensions")]

    operations = [
        migrations.RunSQL(
            PUBLIC_WORDS,
            "DROP FUNCTION solo_public_words(varchar[], text, text, text, varchar[], text, text, text)",
        )
    ]
