-- The rows of `source sync`, into the tables that `source schema` draws; and product events, as Segment tells them.
SET TimeZone = 'UTC';

COPY marketo.leads FROM 'rows/leads.ndjson' (FORMAT json);
COPY marketo.lead_activities FROM 'rows/lead_activities.ndjson' (FORMAT json);
COPY marketo.email FROM 'rows/email.ndjson' (FORMAT json);

CREATE SCHEMA product;

CREATE TABLE product.tracks AS
SELECT "messageId" AS id, event, lower(context.traits.email) AS email, "timestamp" AS happened_at
FROM read_json('product-events.ndjson', columns = {
  "type": 'VARCHAR', "messageId": 'VARCHAR', event: 'VARCHAR', "timestamp": 'TIMESTAMPTZ',
  context: 'STRUCT(traits STRUCT(email VARCHAR))'
})
WHERE type = 'track';
