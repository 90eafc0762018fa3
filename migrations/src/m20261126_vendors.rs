//! Vendors: orders to them, deliveries, their bills and what is paid, and goods that go back.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261126_vendors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, VENDORS).await?;
        run(manager, DELIVERIES).await?;
        run(manager, BILLS).await?;
        run(manager, RETURNS).await?;
        append_only(manager, &NEVER_CHANGED).await
    }
}

const NEVER_CHANGED: [&str; 9] = [
    "goods_receipt",
    "receipt_line",
    "vendor_bill",
    "bill_receipt",
    "bill_payment",
    "bill_payment_line",
    "vendor_return_line",
    "vendor_credit",
    "credit_use",
];

const VENDORS: &str = "
CREATE TABLE vendor (
    id {uuid} PRIMARY KEY,
    code {text} NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The name in small letters: no two vendors have one.
    sort_name {text} NOT NULL UNIQUE,
    contact TEXT,
    phone TEXT,
    email TEXT,
    street TEXT,
    city TEXT,
    state TEXT,
    postal_code TEXT,
    account_number TEXT,
    net_days {int} NOT NULL CHECK (net_days >= 0),
    note TEXT,
    active {bool} NOT NULL,
    version {int} NOT NULL,
    created_at {instant} NOT NULL
) {table};

ALTER TABLE item ADD COLUMN vendor_id {uuid} REFERENCES vendor (id);
ALTER TABLE item ADD COLUMN vendor_style TEXT;
CREATE INDEX item_by_vendor ON item (vendor_id, id) WHERE vendor_id IS NOT NULL;

CREATE TABLE purchase_order (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    state TEXT NOT NULL,
    expected_on {date},
    placed_on {date},
    note TEXT,
    total_minor {int} NOT NULL,
    version {int} NOT NULL,
    created_at {instant} NOT NULL
) {table};
CREATE INDEX purchase_order_by_vendor ON purchase_order (vendor_id, id);
CREATE INDEX purchase_order_by_store ON purchase_order (store_id, state, id);

CREATE TABLE purchase_line (
    order_id {uuid} NOT NULL REFERENCES purchase_order (id),
    position {int} NOT NULL,
    -- What is ordered, as the rules read it.
    goods TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
) {keyed};
";

const DELIVERIES: &str = "
CREATE TABLE goods_receipt (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    order_id {uuid} REFERENCES purchase_order (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    slip TEXT,
    note TEXT,
    received_on {date} NOT NULL,
    total_minor {int} NOT NULL CHECK (total_minor >= 0)
) {table};
CREATE INDEX goods_receipt_by_vendor ON goods_receipt (vendor_id, id);
CREATE INDEX goods_receipt_by_order ON goods_receipt (order_id) WHERE order_id IS NOT NULL;

-- One for each unique piece, and for each part of a lot.
CREATE TABLE receipt_line (
    receipt_id {uuid} NOT NULL REFERENCES goods_receipt (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    order_line {int},
    unit TEXT,
    pieces {int} NOT NULL,
    milli {int} NOT NULL,
    cost_minor {int} NOT NULL CHECK (cost_minor >= 0),
    freight_minor {int} NOT NULL CHECK (freight_minor >= 0),
    PRIMARY KEY (receipt_id, position)
) {keyed};
CREATE INDEX receipt_line_by_item ON receipt_line (item_id);
";

const BILLS: &str = "
CREATE TABLE vendor_bill (
    id {uuid} PRIMARY KEY,
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    -- The vendor's own, in capitals.
    number {text} NOT NULL,
    billed_on {date} NOT NULL,
    due_on {date} NOT NULL,
    entered_on {date} NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor >= 0),
    difference_minor {int} NOT NULL,
    event_id {uuid} NOT NULL REFERENCES event (id),
    UNIQUE (vendor_id, number)
) {table};
CREATE INDEX vendor_bill_by_due ON vendor_bill (due_on, id);

-- A delivery is billed once.
CREATE TABLE bill_receipt (
    receipt_id {uuid} PRIMARY KEY REFERENCES goods_receipt (id),
    bill_id {uuid} NOT NULL REFERENCES vendor_bill (id)
) {keyed};
CREATE INDEX bill_receipt_by_bill ON bill_receipt (bill_id);

CREATE TABLE bill_payment (
    id {uuid} PRIMARY KEY REFERENCES event (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    account_code {int} NOT NULL,
    reference TEXT,
    paid_on {date} NOT NULL,
    money_minor {int} NOT NULL CHECK (money_minor >= 0)
) {table};
CREATE INDEX bill_payment_by_vendor ON bill_payment (vendor_id, id);

CREATE TABLE bill_payment_line (
    payment_id {uuid} NOT NULL REFERENCES bill_payment (id),
    bill_id {uuid} NOT NULL REFERENCES vendor_bill (id),
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (payment_id, bill_id)
) {keyed};
CREATE INDEX bill_payment_line_by_bill ON bill_payment_line (bill_id);
";

const RETURNS: &str = "
CREATE TABLE vendor_return (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    reason TEXT NOT NULL,
    sent_on {date} NOT NULL,
    state TEXT NOT NULL,
    total_minor {int} NOT NULL CHECK (total_minor >= 0),
    event_id {uuid} NOT NULL REFERENCES event (id)
) {table};
CREATE INDEX vendor_return_by_vendor ON vendor_return (vendor_id, id);

CREATE TABLE vendor_return_line (
    return_id {uuid} NOT NULL REFERENCES vendor_return (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    unit TEXT,
    pieces {int} NOT NULL,
    milli {int} NOT NULL,
    cost_minor {int} NOT NULL CHECK (cost_minor >= 0),
    PRIMARY KEY (return_id, position)
) {keyed};
CREATE INDEX vendor_return_line_by_item ON vendor_return_line (item_id);

CREATE TABLE vendor_credit (
    id {uuid} PRIMARY KEY,
    return_id {uuid} NOT NULL UNIQUE REFERENCES vendor_return (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    vendor_id {uuid} NOT NULL REFERENCES vendor (id),
    number TEXT,
    credited_on {date} NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor >= 0),
    event_id {uuid} NOT NULL REFERENCES event (id)
) {table};
CREATE INDEX vendor_credit_by_vendor ON vendor_credit (vendor_id, id);

-- What of a credit paid bills.
CREATE TABLE credit_use (
    payment_id {uuid} NOT NULL REFERENCES bill_payment (id),
    credit_id {uuid} NOT NULL REFERENCES vendor_credit (id),
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (payment_id, credit_id)
) {keyed};
CREATE INDEX credit_use_by_credit ON credit_use (credit_id);
";
