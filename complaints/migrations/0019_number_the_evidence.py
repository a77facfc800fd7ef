from django.db import migrations

# Numbered in the order in which they were added, with the hash that each file has had since then.
FORWARD = """
UPDATE complaints_supportingdocument AS document
   SET number = placed.number,
       file_sha256 = placed.sha256,
       title = coalesce(nullif(document.title, ''), left(placed.original_name, 200))
  FROM (
    SELECT one.id, file.sha256, file.original_name,
           row_number() OVER (PARTITION BY one.complaint_id ORDER BY one.id) AS number
      FROM complaints_supportingdocument AS one
      JOIN documents_storedfile AS file ON file.id = one.file_id
  ) AS placed
 WHERE placed.id = document.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0018_what_evidence_is_said_to_show'),
    ]

    # The columns that it fills go with the migration before it.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
