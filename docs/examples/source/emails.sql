-- Which emails led to what: leads that each was sent to, that opened and clicked it,
-- and what those who clicked did in the product within seven days.
WITH mailed AS (
  SELECT primary_attribute_value_id AS email_id, lead_id, activity_type_id, activity_date
  FROM marketo.lead_activities
  WHERE activity_type_id IN ('6', '10', '11')
),
reached AS (
  SELECT
    email_id,
    count(DISTINCT lead_id) FILTER (WHERE activity_type_id = '6') AS sent,
    count(DISTINCT lead_id) FILTER (WHERE activity_type_id = '10') AS opened,
    count(DISTINCT lead_id) FILTER (WHERE activity_type_id = '11') AS clicked
  FROM mailed
  GROUP BY email_id
),
clicks AS (
  SELECT email_id, lead_id, min(activity_date) AS clicked_at
  FROM mailed
  WHERE activity_type_id = '11'
  GROUP BY email_id, lead_id
),
led AS (
  SELECT clicks.email_id, tracks.event, count(*) AS times, count(DISTINCT clicks.lead_id) AS leads
  FROM clicks
  JOIN marketo.leads ON leads.id = clicks.lead_id
  JOIN product.tracks ON tracks.email = lower(leads.email)
    AND tracks.happened_at > clicks.clicked_at
    AND tracks.happened_at <= clicks.clicked_at + INTERVAL 7 DAY
  GROUP BY clicks.email_id, tracks.event
)
SELECT email.name AS email, sent, opened, clicked, coalesce(event, '') AS event, coalesce(leads, 0) AS leads, coalesce(times, 0) AS times
FROM marketo.email
JOIN reached ON reached.email_id = email.id
LEFT JOIN led ON led.email_id = email.id
ORDER BY email.id, event;
