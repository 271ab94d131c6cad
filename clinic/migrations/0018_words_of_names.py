"""The words of names, for the one search box; the triggers that keep them fill them for the patients there are."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0017_what_is_heard_back"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="NameWord",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("word", models.TextField(db_collation="C", unique=True)),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                                name="name_word_trgm",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("part", models.PositiveSmallIntegerField()),
                        ("word", models.TextField(db_collation="C")),
                        ("line", models.TextField(db_collation="C")),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "part", "word", "line", "patient"), name="search_word_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Reverse("phone_digits"), name="text_pattern_ops"
                ),
                name="patient_phone_back",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="words_follow_names",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE who uuid[];",
                    func="\n  SELECT array_agg(DISTINCT one.person) INTO who\n    FROM old_rows o JOIN new_rows n USING (id) CROSS JOIN LATERAL (VALUES (o.person_id), (n.person_id)) AS one (person)\n   WHERE (o.family_name, o.given_name, o.preferred_name, o.person_id)\n         IS DISTINCT FROM (n.family_name, n.given_name, n.preferred_name, n.person_id);\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                    hash="b3068a03660bb761843a5240c8499cf9959071ce",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_words_follow_names_f46fd",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="clinic_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientsite",
            trigger=pgtrigger.compiler.Trigger(
                name="words_follow_new_sites",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE who uuid[];",
                    func="\n  SELECT array_agg(DISTINCT p.person_id) INTO who FROM new_rows n JOIN clinic_patient p ON p.id = n.patient_id;\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                    hash="c9238d40829bd12779ec869564ffc5befde97e8e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_words_follow_new_sites_37996",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="clinic_patientsite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientsite",
            trigger=pgtrigger.compiler.Trigger(
                name="words_follow_sites",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE who uuid[];",
                    func="\n  SELECT array_agg(DISTINCT p.person_id) INTO who FROM new_rows n JOIN clinic_patient p ON p.id = n.patient_id;\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                    hash="cab83722dcdd15dcac7103d2810bc8f6ae4dd7f2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_words_follow_sites_7ba30",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="clinic_patientsite",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            sql="UPDATE clinic_patientsite SET until = until",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
