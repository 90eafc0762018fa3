//! Papers attached to entries of the books, photos of variations, and what stands on open tickets.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261128_attachments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, PAPERS).await?;
        run(manager, PHOTOS).await?;
        run(manager, LEASES).await?;
        append_only(manager, &["attachment", "attachment_withdrawal"]).await
    }
}

/// A paper belongs to one entry by hand, or to one that comes every month. What it belongs to is also one column, so
/// that one index finds both.
const PAPERS: &str = "
CREATE TABLE attachment (
    id {uuid} PRIMARY KEY,
    owner_id {uuid} NOT NULL,
    entry_id {uuid} REFERENCES manual_entry (entry_id),
    recurring_id {uuid} REFERENCES recurring_entry (id),
    position {int} NOT NULL,
    -- The name of the file is the digest of its bytes.
    digest {bytes} NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes {int} NOT NULL CHECK (bytes > 0),
    event_id {uuid} NOT NULL REFERENCES event (id),
    UNIQUE (owner_id, position),
    CHECK ((entry_id IS NULL) <> (recurring_id IS NULL) AND owner_id = COALESCE(entry_id, recurring_id))
) {table};

CREATE TABLE attachment_withdrawal (
    attachment_id {uuid} PRIMARY KEY REFERENCES attachment (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    reason TEXT NOT NULL
) {table};

CREATE INDEX recurring_post_by_event ON recurring_post (event_id);
";

/// A photo hangs on a piece or on a variation. A piece without any shows those of its variation.
const PHOTOS: &str = "
CREATE TABLE photo_use (
    owner_id {uuid} NOT NULL,
    -- The photo at 0 is the one that lists show.
    position {int} NOT NULL,
    item_id {uuid} REFERENCES item (id),
    variation_id {uuid} REFERENCES variation (id),
    -- The digests of both files, which are their names.
    digest {bytes} NOT NULL,
    small_digest {bytes} NOT NULL,
    width {int} NOT NULL,
    height {int} NOT NULL,
    PRIMARY KEY (owner_id, position),
    CHECK ((item_id IS NULL) <> (variation_id IS NULL) AND owner_id = COALESCE(item_id, variation_id))
) {keyed};
INSERT INTO photo_use (owner_id, position, item_id, digest, small_digest, width, height)
SELECT item_id, position, item_id, digest, small_digest, width, height FROM item_photo;
DROP TABLE item_photo;
CREATE INDEX photo_use_by_digest ON photo_use (digest);
CREATE INDEX photo_use_by_small ON photo_use (small_digest);
CREATE INDEX photo_use_by_variation ON photo_use (variation_id) WHERE variation_id IS NOT NULL;
";

/// What stands on the open ticket of a till, for a few minutes at a time. It is no history: nothing happened yet.
const LEASES: &str = "
CREATE TABLE ticket_lease (
    item_id {uuid} PRIMARY KEY REFERENCES item (id),
    till_id {uuid} NOT NULL REFERENCES till (id),
    until {instant} NOT NULL,
    -- Whose ticket it is, in words.
    said TEXT NOT NULL
) {table};
CREATE INDEX ticket_lease_by_till ON ticket_lease (till_id);
CREATE INDEX ticket_lease_by_end ON ticket_lease (until);
";
