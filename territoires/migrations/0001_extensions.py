"""PostgreSQL's own tools, before any table: geometry, ranges, trigrams, French without accents."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# The stock `french` configuration misses words typed without accents and keeps "les" as a word
# once accents are gone: words lose their accents first, then go through the French stemmer,
# and the stop words are PostgreSQL's own French list.
SEARCH_CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = french);
ALTER TEXT SEARCH CONFIGURATION french_unaccent
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""

# unaccent() alone is only STABLE, since its dictionary could change: naming the dictionary makes
# the promise that generated columns and indexes ask for.
IMMUTABLE_FUNCTIONS = """
CREATE FUNCTION plain_text(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(replace(replace(public.unaccent('public.unaccent'::regdictionary, $1), '''', ' '), '-', ' '));
"""


class Migration(migrations.Migration):
    initial = True

    operations = [
        CreateExtension("postgis"),
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(SEARCH_CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION french_unaccent"),
        migrations.RunSQL(IMMUTABLE_FUNCTIONS, "DROP FUNCTION plain_text(text)"),
    ]
