"""One level of pages under pages, in one territory: held by a key, so that no race undoes it."""

from django.db import migrations

FORWARD = """
ALTER TABLE portail_page
    ADD COLUMN parent_is_child boolean
        GENERATED ALWAYS AS (CASE WHEN parent_id IS NULL THEN NULL ELSE false END) STORED,
    ADD CONSTRAINT page_as_a_parent UNIQUE (id, is_child, territory_id),
    ADD CONSTRAINT page_one_level FOREIGN KEY (parent_id, parent_is_child, territory_id)
        REFERENCES portail_page (id, is_child, territory_id);
"""
BACKWARD = """
ALTER TABLE portail_page
    DROP CONSTRAINT page_one_level,
    DROP CONSTRAINT page_as_a_parent,
    DROP COLUMN parent_is_child;
"""


class Migration(migrations.Migration):
    dependencies = [("portail", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
