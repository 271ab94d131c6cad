"""Expand: a column the old code does not know, and a rule for it that is not held against old rows yet."""

from django.db import migrations

ADD = """
ALTER TABLE clinic_patient ADD COLUMN drill_word varchar(40) NOT NULL DEFAULT 'as before';
ALTER TABLE clinic_patient ADD CONSTRAINT drill_word_said CHECK (drill_word <> '') NOT VALID;
"""
BACK = "ALTER TABLE clinic_patient DROP COLUMN drill_word;"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("clinic", "0001_the_shared_record")]
    operations = [migrations.RunSQL(ADD, BACK)]
