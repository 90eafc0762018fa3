//! The customer book: several ways to reach somebody, days and tastes, notes, tags, households, sealed entries,
//! cards that are one, and sales that stay a secret for a while.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261122_customers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        run(manager, WHAT_THERE_WAS).await?;
        append_only(manager, &["customer_note", "customer_merge", "customer_unmerge", "sale_secret"]).await
    }
}

/// A household names its first member without a foreign key: its members already refer to it, and tables that
/// refer to each other in a circle cannot be restored one after the other.
const TABLES: &str = "
ALTER TABLE customer ADD COLUMN vip {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE customer ADD COLUMN exemption_reason TEXT;
ALTER TABLE customer ADD COLUMN tastes TEXT;
ALTER TABLE customer ADD COLUMN household_id {uuid};
ALTER TABLE customer ADD COLUMN partner_id {uuid};
-- The card that stands for this one.
ALTER TABLE customer ADD COLUMN merged_into {uuid};
CREATE INDEX customer_by_vip ON customer (sort_name, id) WHERE vip;
CREATE INDEX customer_by_household ON customer (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX customer_by_survivor ON customer (merged_into) WHERE merged_into IS NOT NULL;

-- All phones and e-mails. The first of each also stands on the customer, for lists.
CREATE TABLE customer_contact (
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    medium {text} NOT NULL,
    position {int} NOT NULL,
    kind TEXT,
    value {text} NOT NULL,
    PRIMARY KEY (customer_id, medium, position)
) {keyed};
CREATE INDEX customer_contact_by_value ON customer_contact (medium, value);

CREATE TABLE customer_address (
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    position {int} NOT NULL,
    kind TEXT,
    street TEXT,
    city TEXT,
    state TEXT,
    postal_code TEXT,
    PRIMARY KEY (customer_id, position)
) {keyed};

CREATE TABLE customer_date (
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    position {int} NOT NULL,
    occasion TEXT NOT NULL,
    of_whom TEXT,
    month {int} NOT NULL CHECK (month BETWEEN 1 AND 12),
    day {int} NOT NULL CHECK (day BETWEEN 1 AND 31),
    year {int},
    PRIMARY KEY (customer_id, position)
) {keyed};
CREATE INDEX customer_date_by_day ON customer_date (month, day);

CREATE TABLE customer_tag (
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    tag {text} NOT NULL,
    PRIMARY KEY (customer_id, tag)
) {keyed};
CREATE INDEX customer_tag_by_tag ON customer_tag (tag, customer_id);

CREATE TABLE customer_note (
    id {uuid} PRIMARY KEY REFERENCES event (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    written_at {instant} NOT NULL,
    text TEXT NOT NULL
) {keyed};
CREATE INDEX customer_note_by_customer ON customer_note (customer_id, written_at);

-- Sealed with a key that is not in the database; the mask is what everybody may see.
CREATE TABLE customer_private (
    id {uuid} PRIMARY KEY,
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL,
    of_whom TEXT,
    mask TEXT NOT NULL,
    key_id {bytes} NOT NULL,
    sealed {bytes} NOT NULL
) {keyed};
CREATE INDEX customer_private_by_customer ON customer_private (customer_id);

CREATE TABLE household (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    primary_id {uuid} NOT NULL
) {keyed};

-- Cards that may be one customer, found when a card is saved. The event is that of whoever knew better.
CREATE TABLE customer_duplicate (
    one_id {uuid} NOT NULL REFERENCES customer (id),
    other_id {uuid} NOT NULL REFERENCES customer (id),
    why {text} NOT NULL,
    found_at {instant} NOT NULL,
    settled_by {uuid} REFERENCES event (id),
    PRIMARY KEY (one_id, other_id)
) {keyed};
CREATE INDEX customer_duplicate_by_other ON customer_duplicate (other_id);
CREATE INDEX customer_duplicate_open ON customer_duplicate (found_at, one_id) WHERE settled_by IS NULL;

CREATE TABLE customer_merge (
    event_id {uuid} PRIMARY KEY REFERENCES event (id),
    loser_id {uuid} NOT NULL REFERENCES customer (id),
    winner_id {uuid} NOT NULL REFERENCES customer (id),
    -- The survivor's card before and after, so that undoing gives back exactly what was.
    before TEXT NOT NULL,
    after TEXT NOT NULL
) {keyed};
CREATE INDEX customer_merge_by_loser ON customer_merge (loser_id);
CREATE INDEX customer_merge_by_winner ON customer_merge (winner_id);

-- A merge is undone once.
CREATE TABLE customer_unmerge (
    merge_id {uuid} PRIMARY KEY REFERENCES customer_merge (event_id),
    event_id {uuid} NOT NULL REFERENCES event (id)
) {keyed};

-- Until when a sale is a secret. The last version counts; without a date it is none any more.
CREATE TABLE sale_secret (
    sale_id {uuid} NOT NULL REFERENCES sale (id),
    version {int} NOT NULL,
    until_date {date},
    event_id {uuid} NOT NULL UNIQUE REFERENCES event (id),
    PRIMARY KEY (sale_id, version)
) {keyed};
";

const WHAT_THERE_WAS: &str = "
INSERT INTO customer_contact (customer_id, medium, position, kind, value)
    SELECT id, 'phone', 0, NULL, phone FROM customer WHERE phone IS NOT NULL;
INSERT INTO customer_contact (customer_id, medium, position, kind, value)
    SELECT id, 'email', 0, NULL, email FROM customer WHERE email IS NOT NULL;
INSERT INTO customer_address (customer_id, position, kind, street, city, state, postal_code)
    SELECT id, 0, NULL, street, city, state, postal_code FROM customer
    WHERE street IS NOT NULL OR city IS NOT NULL OR state IS NOT NULL OR postal_code IS NOT NULL;
INSERT INTO customer_duplicate (one_id, other_id, why, found_at, settled_by)
    SELECT a.customer_id, b.customer_id, MIN(a.medium), MAX(c.created_at), NULL
    FROM customer_contact a
    JOIN customer_contact b ON b.medium = a.medium AND b.value = a.value AND b.customer_id > a.customer_id
    JOIN customer c ON c.id = b.customer_id
    GROUP BY a.customer_id, b.customer_id;
";
