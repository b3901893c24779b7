-- One index for both: a person's deliveries, and that a campaign has one of each
CREATE UNIQUE INDEX delivery_person ON delivery (contact_id, campaign_id);
ALTER TABLE delivery DROP CONSTRAINT delivery_campaign_id_contact_id_key;
DROP INDEX delivery_contact;
