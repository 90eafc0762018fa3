//! How each sub-ledger moves, in its own rows: never read from the journal that it is compared with.
//!
//! A join that only tells the event is a `LEFT JOIN`: a sum leaves it out. Where `CROSS JOIN` stands, the tables are few
//! rows and then many: `SQLite` keeps that order, and finds a day by the indexes of the many instead of reading all
//! there ever was. `PostgreSQL` chooses by itself.

use crate::repo::settlement::SLIPS;

/// A control account and the rows that it controls.
pub(super) struct SubLedger {
    pub account: i64,
    pub of: &'static str,
    /// What of the account's lines it controls, where that is not all of them.
    pub lines: &'static str,
    /// Rows of `event_id`, `store_id`, `day` and `amount`, debits above zero. `{slips}` is every card payment.
    moves: &'static str,
}

impl SubLedger {
    pub fn moves(&self) -> String {
        self.moves.replace("{slips}", SLIPS)
    }
}

const ALL: &str = "";
/// Lines without a document are posted by hand.
const WITH_DOCUMENT: &str = " AND j.document_id IS NOT NULL";

pub(super) const SUB_LEDGERS: [SubLedger; 7] = [
    SubLedger {
        account: 1030,
        of: "card payments that are not settled",
        lines: ALL,
        moves: "
            SELECT event_id, store_id, day, amount FROM ({slips}) slips
            UNION ALL
            SELECT l.event_id, b.store_id, e.business_date, -l.amount_minor
            FROM card_batch_line l JOIN card_batch b ON b.id = l.batch_id JOIN event e ON e.id = l.event_id",
    },
    SubLedger {
        account: 1100,
        of: "what is open of invoices",
        lines: ALL,
        moves: "
            SELECT i.event_id AS event_id, r.store_id AS store_id, r.posted_on AS day, r.amount_minor AS amount
            FROM receivable r LEFT JOIN invoice i ON i.id = r.invoice_id
            UNION ALL
            SELECT event_id, store_id, applied_on, -amount_minor FROM application",
    },
    SubLedger {
        account: 1280,
        of: "goods on their way back to vendors",
        lines: ALL,
        moves: "
            SELECT r.event_id AS event_id, r.store_id AS store_id, e.business_date AS day, r.total_minor AS amount
            FROM vendor_return r JOIN event e ON e.id = r.event_id
            UNION ALL
            SELECT c.event_id, c.store_id, e.business_date, -r.total_minor
            FROM vendor_credit c JOIN vendor_return r ON r.id = c.return_id JOIN event e ON e.id = c.event_id
            UNION ALL
            SELECT e.id, r.store_id, e.business_date, -r.total_minor
            FROM vendor_return r CROSS JOIN event e WHERE e.subject_id = r.id AND e.kind = 'return_refused'",
    },
    SubLedger {
        account: 2000,
        of: "vendors' bills and credits, without entries by hand",
        lines: WITH_DOCUMENT,
        moves: "
            SELECT b.event_id AS event_id, b.store_id AS store_id, e.business_date AS day, -b.amount_minor AS amount
            FROM vendor_bill b JOIN event e ON e.id = b.event_id
            UNION ALL
            SELECT p.id, b.store_id, e.business_date, l.amount_minor
            FROM bill_payment_line l JOIN bill_payment p ON p.id = l.payment_id
            JOIN vendor_bill b ON b.id = l.bill_id JOIN event e ON e.id = p.id
            UNION ALL
            SELECT c.event_id, c.store_id, e.business_date, c.amount_minor
            FROM vendor_credit c JOIN event e ON e.id = c.event_id
            UNION ALL
            SELECT p.id, c.store_id, e.business_date, -u.amount_minor
            FROM credit_use u JOIN bill_payment p ON p.id = u.payment_id
            JOIN vendor_credit c ON c.id = u.credit_id JOIN event e ON e.id = p.id",
    },
    SubLedger {
        account: 2030,
        of: "deliveries without a bill, without entries by hand",
        lines: WITH_DOCUMENT,
        moves: "
            SELECT g.event_id AS event_id, g.store_id AS store_id, e.business_date AS day, -g.total_minor AS amount
            FROM goods_receipt g JOIN event e ON e.id = g.event_id
            UNION ALL
            SELECT b.event_id, g.store_id, e.business_date, g.total_minor
            FROM bill_receipt r JOIN vendor_bill b ON b.id = r.bill_id
            JOIN goods_receipt g ON g.id = r.receipt_id JOIN event e ON e.id = b.event_id",
    },
    SubLedger {
        account: 2100,
        of: "sales tax of receipts, invoices and credit memos",
        lines: ALL,
        moves: "
            SELECT event_id, store_id, business_date AS day, -tax_minor AS amount FROM sale
            UNION ALL
            SELECT s.event_id, s.store_id, s.business_date, r.tax_minor
            FROM return_line r CROSS JOIN sale s WHERE s.id = r.sale_id
            UNION ALL
            SELECT v.event_id, s.store_id, e.business_date, s.tax_minor
            FROM sale_void v CROSS JOIN sale s CROSS JOIN event e WHERE s.id = v.sale_id AND e.id = v.event_id
            UNION ALL
            SELECT event_id, store_id, posted_on, -tax_minor FROM invoice WHERE kind <> 'sale'
            UNION ALL
            SELECT event_id, store_id, posted_on, tax_minor FROM customer_credit
            WHERE kind IN ('credit_memo', 'write_off')
            UNION ALL
            SELECT o.event_id, c.store_id, o.out_on, -o.tax_minor
            FROM credit_out o CROSS JOIN customer_credit c WHERE c.id = o.credit_id",
    },
    SubLedger {
        account: 2250,
        of: "credits of customers that are not applied",
        lines: ALL,
        moves: "
            SELECT event_id, store_id, posted_on AS day, -amount_minor AS amount FROM customer_credit
            UNION ALL
            SELECT a.event_id, c.store_id, a.applied_on, a.amount_minor
            FROM store s CROSS JOIN application a CROSS JOIN customer_credit c
            WHERE a.store_id = s.id AND c.id = a.credit_id
            UNION ALL
            SELECT o.event_id, c.store_id, o.out_on, o.amount_minor
            FROM credit_out o CROSS JOIN customer_credit c WHERE c.id = o.credit_id",
    },
];
