//! What customers owe: house accounts, invoices with their due dates, and the credits that are applied to them.

use crate::dialect::{append_only, run};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261130_receivables"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INVOICES).await?;
        run(manager, CREDITS).await?;
        let postgres = manager.get_connection().get_database_backend() == DbBackend::Postgres;
        run(manager, if postgres { LOCKS_POSTGRES } else { LOCKS_SQLITE }).await?;
        run(manager, MEANS_OF_PAYMENT).await?;
        append_only(manager, &NEVER_CHANGED).await
    }
}

const NEVER_CHANGED: [&str; 5] = ["invoice", "invoice_line", "application", "credit_out", "account_tender"];

const INVOICES: &str = "
CREATE TABLE house_account (
    customer_id {uuid} PRIMARY KEY REFERENCES customer (id),
    -- Net days, or a number of installments: one of them is zero.
    net_days {int} NOT NULL CHECK (net_days >= 0),
    installments {int} NOT NULL CHECK (installments >= 0),
    -- NULL is no limit.
    limit_minor {int} CHECK (limit_minor >= 0),
    state TEXT NOT NULL,
    hold_reason TEXT,
    opened_on {date} NOT NULL,
    version {int} NOT NULL
) {table};

CREATE TABLE invoice (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- The store that sold.
    store_id {uuid} NOT NULL REFERENCES store (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    sale_id {uuid} REFERENCES sale (id),
    associate_id {uuid} REFERENCES person (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    invoiced_on {date} NOT NULL,
    posted_on {date} NOT NULL,
    net_days {int} NOT NULL,
    installments {int} NOT NULL,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    -- The parts by jurisdiction: a credit memo gives back exactly these.
    tax TEXT NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    reference TEXT,
    note TEXT
) {keyed};
CREATE UNIQUE INDEX invoice_by_sale ON invoice (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX invoice_by_customer ON invoice (customer_id, id);
CREATE INDEX invoice_by_event ON invoice (event_id);
CREATE INDEX invoice_by_day ON invoice (store_id, posted_on);

CREATE TABLE invoice_line (
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    position {int} NOT NULL,
    description TEXT NOT NULL,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    tax TEXT NOT NULL,
    account_code {int} NOT NULL REFERENCES account (code),
    PRIMARY KEY (invoice_id, position)
) {keyed};

-- One due date of an invoice. What is open of it is derived from what was applied to it; it is kept so that the aging
-- of today reads open rows alone, and a trigger lets nothing else be written there.
CREATE TABLE receivable (
    id {uuid} PRIMARY KEY,
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    position {int} NOT NULL,
    kind TEXT NOT NULL,
    store_id {uuid} NOT NULL REFERENCES store (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    associate_id {uuid} REFERENCES person (id),
    invoiced_on {date} NOT NULL,
    posted_on {date} NOT NULL,
    due_on {date} NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    open_minor {int} NOT NULL CHECK (open_minor >= 0 AND open_minor <= amount_minor),
    -- The last day on which something was applied to it, or taken off.
    touched_on {date},
    UNIQUE (invoice_id, position)
) {keyed};
CREATE INDEX receivable_by_customer ON receivable (customer_id, due_on);
CREATE INDEX receivable_open ON receivable (due_on, store_id, customer_id, open_minor) WHERE open_minor > 0;
CREATE INDEX receivable_by_touch ON receivable (touched_on, posted_on);
";

const CREDITS: &str = "
-- A payment, a credit memo, a return to the account, a void, a write-off. What is left of it is derived from what was
-- applied and what is gone, and kept under the same lock as what is open of a due date.
CREATE TABLE customer_credit (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    number {text} NOT NULL,
    -- The store that collected.
    store_id {uuid} NOT NULL REFERENCES store (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    till_id {uuid} REFERENCES till (id),
    session_id {uuid} REFERENCES till_session (id),
    sale_id {uuid} REFERENCES sale (id),
    invoice_id {uuid} REFERENCES invoice (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    received_on {date} NOT NULL,
    posted_on {date} NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    tax TEXT NOT NULL,
    rounding_minor {int} NOT NULL,
    note TEXT,
    left_minor {int} NOT NULL CHECK (left_minor >= 0 AND left_minor <= amount_minor)
) {keyed};
CREATE UNIQUE INDEX customer_credit_by_number ON customer_credit (number) WHERE kind IN ('payment', 'credit_memo');
CREATE INDEX customer_credit_by_customer ON customer_credit (customer_id, id);
CREATE INDEX customer_credit_by_event ON customer_credit (event_id);
CREATE INDEX customer_credit_by_session ON customer_credit (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX customer_credit_by_invoice ON customer_credit (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX customer_credit_by_day ON customer_credit (posted_on, store_id);
CREATE INDEX customer_credit_open ON customer_credit (customer_id, store_id, left_minor) WHERE left_minor > 0;

-- How money came in for a credit, or went back below zero.
CREATE TABLE account_tender (
    event_id {uuid} NOT NULL REFERENCES event (id),
    position {int} NOT NULL,
    credit_id {uuid} NOT NULL REFERENCES customer_credit (id),
    kind {text} NOT NULL REFERENCES tender_kind (code),
    label TEXT NOT NULL,
    nature TEXT NOT NULL,
    account_code {int} NOT NULL REFERENCES account (code),
    amount_minor {int} NOT NULL,
    handed_over_minor {int} NOT NULL,
    change_minor {int} NOT NULL,
    reference TEXT,
    PRIMARY KEY (event_id, position)
) {keyed};
CREATE INDEX account_tender_by_credit ON account_tender (credit_id);

-- So much of a credit on a due date; below zero where it was taken off again. Store, customer and due date are the
-- receivable's, so that an aging of any day adds up without looking at it.
CREATE TABLE application (
    event_id {uuid} NOT NULL REFERENCES event (id),
    credit_id {uuid} NOT NULL REFERENCES customer_credit (id),
    receivable_id {uuid} NOT NULL REFERENCES receivable (id),
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    store_id {uuid} NOT NULL,
    customer_id {uuid} NOT NULL,
    due_on {date} NOT NULL,
    applied_on {date} NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (event_id, credit_id, receivable_id)
) {keyed};
CREATE INDEX application_by_receivable ON application (receivable_id, applied_on, amount_minor);
CREATE INDEX application_by_credit ON application (credit_id, applied_on, amount_minor);
CREATE INDEX application_by_invoice ON application (invoice_id);
CREATE INDEX application_by_day ON application (applied_on);

-- What of a credit is gone without having been applied: refunded, a check that came back, a debt that stands again.
CREATE TABLE credit_out (
    event_id {uuid} NOT NULL REFERENCES event (id),
    credit_id {uuid} NOT NULL REFERENCES customer_credit (id),
    kind TEXT NOT NULL,
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    out_on {date} NOT NULL,
    note TEXT,
    rounding_minor {int} NOT NULL,
    till_id {uuid} REFERENCES till (id),
    session_id {uuid} REFERENCES till_session (id),
    PRIMARY KEY (event_id, credit_id)
) {keyed};
CREATE INDEX credit_out_by_credit ON credit_out (credit_id, out_on, amount_minor);
CREATE INDEX credit_out_by_session ON credit_out (session_id) WHERE session_id IS NOT NULL;
";

/// A charge to the account is a means of payment like others, and a transfer pays large sums.
const MEANS_OF_PAYMENT: &str = "
INSERT INTO tender_kind (code, label, nature, account_code, position, active)
SELECT 'account', 'House account', 'account', 1100, (SELECT COALESCE(MAX(position), 0) + 1 FROM tender_kind), TRUE
WHERE EXISTS (SELECT 1 FROM account WHERE code = 1100)
  AND NOT EXISTS (SELECT 1 FROM tender_kind WHERE code = 'account');
INSERT INTO tender_kind (code, label, nature, account_code, position, active)
SELECT 'transfer', 'Bank transfer', 'bank_transfer', 1020, (SELECT COALESCE(MAX(position), 0) + 1 FROM tender_kind), TRUE
WHERE EXISTS (SELECT 1 FROM account WHERE code = 1020)
  AND NOT EXISTS (SELECT 1 FROM tender_kind WHERE code = 'transfer');
";

/// What is open, and what is left, is what the applications say. Everything else about them stays as it was written.
const LOCKS_SQLITE: &str = "
CREATE TRIGGER receivable_lock BEFORE UPDATE ON receivable
WHEN NEW.id <> OLD.id OR NEW.invoice_id <> OLD.invoice_id OR NEW.position <> OLD.position OR NEW.kind <> OLD.kind
  OR NEW.store_id <> OLD.store_id OR NEW.customer_id <> OLD.customer_id OR NEW.associate_id IS NOT OLD.associate_id
  OR NEW.invoiced_on <> OLD.invoiced_on OR NEW.posted_on <> OLD.posted_on OR NEW.due_on <> OLD.due_on
  OR NEW.amount_minor <> OLD.amount_minor
  OR NEW.open_minor <> NEW.amount_minor - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a WHERE a.receivable_id = NEW.id)
  OR NEW.touched_on IS NOT (SELECT MAX(a.applied_on) FROM application a WHERE a.receivable_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'receivable_lock'); END;
CREATE TRIGGER receivable_no_delete BEFORE DELETE ON receivable
BEGIN SELECT RAISE(ABORT, 'append_only:receivable'); END;

CREATE TRIGGER customer_credit_lock BEFORE UPDATE ON customer_credit
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number OR NEW.store_id <> OLD.store_id
  OR NEW.customer_id <> OLD.customer_id OR NEW.till_id IS NOT OLD.till_id OR NEW.session_id IS NOT OLD.session_id
  OR NEW.sale_id IS NOT OLD.sale_id OR NEW.invoice_id IS NOT OLD.invoice_id OR NEW.event_id <> OLD.event_id
  OR NEW.received_on <> OLD.received_on OR NEW.posted_on <> OLD.posted_on OR NEW.amount_minor <> OLD.amount_minor
  OR NEW.net_minor <> OLD.net_minor OR NEW.tax_minor <> OLD.tax_minor OR NEW.tax <> OLD.tax
  OR NEW.rounding_minor <> OLD.rounding_minor OR NEW.note IS NOT OLD.note
  OR NEW.left_minor <> NEW.amount_minor
     - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a WHERE a.credit_id = NEW.id)
     - (SELECT COALESCE(SUM(o.amount_minor), 0) FROM credit_out o WHERE o.credit_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'customer_credit_lock'); END;
CREATE TRIGGER customer_credit_no_delete BEFORE DELETE ON customer_credit
BEGIN SELECT RAISE(ABORT, 'append_only:customer_credit'); END;
";

const LOCKS_POSTGRES: &str = "
CREATE FUNCTION receivable_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.invoice_id, NEW.position, NEW.kind, NEW.store_id, NEW.customer_id, NEW.associate_id,
        NEW.invoiced_on, NEW.posted_on, NEW.due_on, NEW.amount_minor)
       IS DISTINCT FROM
       (OLD.id, OLD.invoice_id, OLD.position, OLD.kind, OLD.store_id, OLD.customer_id, OLD.associate_id,
        OLD.invoiced_on, OLD.posted_on, OLD.due_on, OLD.amount_minor)
       OR NEW.open_minor <> NEW.amount_minor
          - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a WHERE a.receivable_id = NEW.id)
       OR NEW.touched_on IS DISTINCT FROM
          (SELECT MAX(a.applied_on) FROM application a WHERE a.receivable_id = NEW.id)
    THEN
        RAISE EXCEPTION 'receivable_lock';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receivable_lock BEFORE UPDATE ON receivable FOR EACH ROW EXECUTE FUNCTION receivable_lock();
CREATE TRIGGER receivable_no_delete BEFORE DELETE ON receivable FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receivable_no_truncate BEFORE TRUNCATE ON receivable
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION customer_credit_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.kind, NEW.number, NEW.store_id, NEW.customer_id, NEW.till_id, NEW.session_id, NEW.sale_id,
        NEW.invoice_id, NEW.event_id, NEW.received_on, NEW.posted_on, NEW.amount_minor, NEW.net_minor,
        NEW.tax_minor, NEW.tax, NEW.rounding_minor, NEW.note)
       IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.number, OLD.store_id, OLD.customer_id, OLD.till_id, OLD.session_id, OLD.sale_id,
        OLD.invoice_id, OLD.event_id, OLD.received_on, OLD.posted_on, OLD.amount_minor, OLD.net_minor,
        OLD.tax_minor, OLD.tax, OLD.rounding_minor, OLD.note)
       OR NEW.left_minor <> NEW.amount_minor
          - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a WHERE a.credit_id = NEW.id)
          - (SELECT COALESCE(SUM(o.amount_minor), 0) FROM credit_out o WHERE o.credit_id = NEW.id)
    THEN
        RAISE EXCEPTION 'customer_credit_lock';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER customer_credit_lock BEFORE UPDATE ON customer_credit
FOR EACH ROW EXECUTE FUNCTION customer_credit_lock();
CREATE TRIGGER customer_credit_no_delete BEFORE DELETE ON customer_credit
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER customer_credit_no_truncate BEFORE TRUNCATE ON customer_credit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
";
