//! Sales. What was sold is never edited: a void is a row of its own.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261104_sales"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        append_only(manager, &["sale", "sale_line", "sale_line_seller", "sale_tender", "sale_void"]).await
    }
}

const TABLES: &str = "
CREATE TABLE sale (
    id {uuid} PRIMARY KEY,
    event_id {uuid} NOT NULL UNIQUE REFERENCES event (id),
    number {text} NOT NULL UNIQUE,
    store_id {uuid} NOT NULL REFERENCES store (id),
    till_id {uuid} NOT NULL REFERENCES till (id),
    session_id {uuid} NOT NULL REFERENCES till_session (id),
    business_date {date} NOT NULL,
    completed_at {instant} NOT NULL,
    customer_id {uuid} REFERENCES customer (id),
    cashier_id {uuid} NOT NULL REFERENCES person (id),
    subtotal_minor {int} NOT NULL,
    discount_minor {int} NOT NULL,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    total_minor {int} NOT NULL,
    rounding_minor {int} NOT NULL,
    change_minor {int} NOT NULL,
    ticket_discount TEXT,
    exemption TEXT,
    note TEXT
) {keyed};
CREATE INDEX sale_by_day ON sale (store_id, business_date);
CREATE INDEX sale_by_session ON sale (session_id);
CREATE INDEX sale_by_customer ON sale (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE sale_line (
    id {uuid} PRIMARY KEY,
    sale_id {uuid} NOT NULL REFERENCES sale (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    tag TEXT NOT NULL,
    description TEXT NOT NULL,
    price_minor {int} NOT NULL,
    line_discount_minor {int} NOT NULL,
    ticket_discount_minor {int} NOT NULL,
    discount TEXT,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    -- The parts by jurisdiction: a return gives back exactly these.
    tax TEXT NOT NULL,
    cost_minor {int} NOT NULL
) {keyed};
CREATE INDEX sale_line_by_sale ON sale_line (sale_id, position);
CREATE INDEX sale_line_by_item ON sale_line (item_id);

-- Who sold a line and with which weight; the weights of a line add up to 1,000,000.
CREATE TABLE sale_line_seller (
    line_id {uuid} NOT NULL REFERENCES sale_line (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    weight_ppm {int} NOT NULL CHECK (weight_ppm > 0),
    PRIMARY KEY (line_id, person_id)
) {keyed};

CREATE TABLE sale_tender (
    sale_id {uuid} NOT NULL REFERENCES sale (id),
    position {int} NOT NULL,
    kind {text} NOT NULL REFERENCES tender_kind (code),
    label TEXT NOT NULL,
    nature TEXT NOT NULL,
    account_code {int} NOT NULL REFERENCES account (code),
    amount_minor {int} NOT NULL,
    handed_over_minor {int} NOT NULL,
    change_minor {int} NOT NULL,
    reference TEXT,
    PRIMARY KEY (sale_id, position)
) {keyed};

CREATE TABLE sale_void (
    sale_id {uuid} PRIMARY KEY REFERENCES sale (id),
    event_id {uuid} NOT NULL UNIQUE REFERENCES event (id),
    reason TEXT NOT NULL,
    voided_at {instant} NOT NULL
) {keyed};
";
