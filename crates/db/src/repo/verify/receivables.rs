//! What customers owe, against the journal: invoice by invoice and credit by credit.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "An invoice's due dates and lines add up to it",
        count: "SELECT COUNT(*) AS n FROM invoice",
        wrong: "SELECT i.event_id AS event_id, i.number AS detail FROM invoice i
                LEFT JOIN (SELECT invoice_id, SUM(amount_minor) AS amount FROM receivable GROUP BY invoice_id) r
                  ON r.invoice_id = i.id
                LEFT JOIN (SELECT invoice_id, SUM(net_minor) AS net, SUM(tax_minor) AS tax FROM invoice_line GROUP BY invoice_id) l
                  ON l.invoice_id = i.id
                WHERE COALESCE(r.amount, 0) <> i.amount_minor OR i.net_minor + i.tax_minor <> i.amount_minor
                   OR (l.invoice_id IS NOT NULL AND (l.net <> i.net_minor OR l.tax <> i.tax_minor))
                   OR (i.kind = 'service' AND l.invoice_id IS NULL) OR (i.kind = 'sale' AND i.sale_id IS NULL)
                   OR (i.kind NOT IN ('sale', 'returned_check') AND i.sale_id IS NOT NULL)",
    },
    Check {
        name: "A due date is as its invoice and its applications say",
        count: "SELECT COUNT(*) AS n FROM receivable",
        wrong: "SELECT i.event_id AS event_id, i.number AS detail FROM receivable r
                JOIN invoice i ON i.id = r.invoice_id
                LEFT JOIN (SELECT receivable_id, SUM(amount_minor) AS amount, MAX(applied_on) AS last
                           FROM application GROUP BY receivable_id) a ON a.receivable_id = r.id
                WHERE r.open_minor <> r.amount_minor - COALESCE(a.amount, 0)
                   OR (r.touched_on IS NULL) <> (a.last IS NULL) OR r.touched_on <> a.last
                   OR r.store_id <> i.store_id OR r.customer_id <> i.customer_id OR r.posted_on <> i.posted_on
                   OR r.invoiced_on <> i.invoiced_on OR r.due_on < r.invoiced_on",
    },
    Check {
        name: "What is left of a credit is what was not applied and is not gone",
        count: "SELECT COUNT(*) AS n FROM customer_credit",
        wrong: "SELECT c.event_id AS event_id, c.number AS detail FROM customer_credit c
                LEFT JOIN (SELECT credit_id, SUM(amount_minor) AS amount FROM application GROUP BY credit_id) a ON a.credit_id = c.id
                LEFT JOIN (SELECT credit_id, SUM(amount_minor) AS amount FROM credit_out GROUP BY credit_id) o ON o.credit_id = c.id
                WHERE c.left_minor <> c.amount_minor - COALESCE(a.amount, 0) - COALESCE(o.amount, 0)
                   OR (c.kind IN ('void', 'write_off') AND c.left_minor <> 0)
                   OR c.net_minor + c.tax_minor <> c.amount_minor",
    },
    Check {
        name: "An application is what its due date and its credit say",
        count: "SELECT COUNT(*) AS n FROM application",
        wrong: "SELECT a.event_id AS event_id, i.number AS detail FROM application a
                JOIN receivable r ON r.id = a.receivable_id JOIN invoice i ON i.id = a.invoice_id
                JOIN customer_credit c ON c.id = a.credit_id
                WHERE r.invoice_id <> a.invoice_id OR r.store_id <> a.store_id OR r.customer_id <> a.customer_id
                   OR r.due_on <> a.due_on OR (a.amount_minor > 0 AND a.applied_on < c.posted_on)",
    },
    Check {
        name: "What customers owe is in the ledger, invoice by invoice",
        count: "SELECT COUNT(*) AS n FROM invoice",
        wrong: "SELECT i.event_id AS event_id, i.number AS detail FROM invoice i
                LEFT JOIN (SELECT invoice_id, SUM(open_minor) AS amount FROM receivable GROUP BY invoice_id) r
                  ON r.invoice_id = i.id
                LEFT JOIN (SELECT document_id, store_id, customer_id, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code = 1100 GROUP BY document_id, store_id, customer_id) l
                  ON l.document_id = i.id AND l.store_id = i.store_id AND l.customer_id = i.customer_id
                WHERE COALESCE(l.balance, 0) <> COALESCE(r.amount, 0)
                UNION ALL
                SELECT e.event_id, e.narrative FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                LEFT JOIN invoice i ON i.id = l.document_id AND i.store_id = l.store_id AND i.customer_id = l.customer_id
                WHERE l.account_code = 1100 AND i.id IS NULL",
    },
    Check {
        name: "Unapplied credits are in the ledger, credit by credit",
        count: "SELECT COUNT(*) AS n FROM customer_credit",
        wrong: "SELECT c.event_id AS event_id, c.number AS detail FROM customer_credit c
                LEFT JOIN (SELECT document_id, store_id, customer_id, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code = 2250 GROUP BY document_id, store_id, customer_id) l
                  ON l.document_id = c.id AND l.store_id = c.store_id AND l.customer_id = c.customer_id
                WHERE COALESCE(l.balance, 0) <> -c.left_minor
                UNION ALL
                SELECT e.event_id, e.narrative FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                LEFT JOIN customer_credit c ON c.id = l.document_id AND c.store_id = l.store_id AND c.customer_id = l.customer_id
                WHERE l.account_code = 2250 AND c.id IS NULL",
    },
    Check {
        name: "What was charged on a receipt is its invoice, and what was taken off an account its credit",
        count: "SELECT COUNT(*) AS n FROM sale_tender WHERE nature = 'account'",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM sale s
                LEFT JOIN (SELECT sale_id, SUM(CASE WHEN amount_minor > 0 THEN amount_minor ELSE 0 END) AS charged,
                                  SUM(CASE WHEN amount_minor < 0 THEN -amount_minor ELSE 0 END) AS off
                           FROM sale_tender WHERE nature = 'account' GROUP BY sale_id) t ON t.sale_id = s.id
                LEFT JOIN invoice i ON i.sale_id = s.id AND i.kind = 'sale'
                LEFT JOIN customer_credit c ON c.sale_id = s.id AND c.kind = 'return'
                WHERE COALESCE(t.charged, 0) <> COALESCE(i.amount_minor, 0) OR COALESCE(t.off, 0) <> COALESCE(c.amount_minor, 0)",
    },
    Check {
        name: "A check that came back is owed for the receipt that it had paid",
        count: "SELECT COUNT(*) AS n FROM invoice WHERE kind = 'returned_check'",
        wrong: "SELECT i.event_id AS event_id, i.number AS detail FROM invoice i JOIN event e ON e.id = i.event_id
                WHERE i.kind = 'returned_check'
                  AND ((e.subject_kind = 'sale') <> (i.sale_id IS NOT NULL)
                   OR (i.sale_id IS NOT NULL
                       AND (i.sale_id <> e.subject_id
                        OR EXISTS (SELECT 1 FROM sale_void v WHERE v.sale_id = i.sale_id)
                        OR i.amount_minor <> COALESCE((SELECT SUM(t.amount_minor) FROM sale_tender t
                             WHERE t.sale_id = i.sale_id AND t.nature = 'check' AND t.amount_minor > 0), 0))))",
    },
    Check {
        name: "A voided sale leaves nothing owed",
        count: "SELECT COUNT(*) AS n FROM sale_void",
        wrong: "SELECT v.event_id AS event_id, i.number AS detail FROM sale_void v
                JOIN invoice i ON i.sale_id = v.sale_id JOIN receivable r ON r.invoice_id = i.id
                WHERE r.open_minor <> 0 OR NOT EXISTS (
                    SELECT 1 FROM customer_credit c WHERE c.invoice_id = i.id AND c.kind = 'void' AND c.event_id = v.event_id)",
    },
    Check {
        name: "How an account was paid, and paid back, is in the ledger account by account",
        count: "SELECT COUNT(*) AS n FROM account_tender",
        wrong: "SELECT x.event_id AS event_id, v.summary AS detail FROM (
                    SELECT t.event_id AS event_id, t.account_code AS account, t.amount_minor AS amount FROM account_tender t
                    UNION ALL
                    SELECT e.event_id, j.account_code, -j.amount_minor FROM journal_entry e
                    JOIN event k ON k.id = e.event_id JOIN journal_line j ON j.entry_id = e.id
                    WHERE k.kind IN ('payment_received', 'credit_refunded', 'write_off_recovered')
                      AND j.account_code NOT IN (1100, 1110, 2100, 2250, 6050)
                ) x JOIN event v ON v.id = x.event_id
                GROUP BY x.event_id, v.summary, x.account HAVING SUM(x.amount) <> 0",
    },
    Check {
        name: "A payment is what it was paid with",
        count: "SELECT COUNT(*) AS n FROM customer_credit WHERE kind = 'payment'",
        wrong: "SELECT c.event_id AS event_id, c.number AS detail FROM customer_credit c
                LEFT JOIN (SELECT credit_id, event_id, SUM(amount_minor) AS amount FROM account_tender GROUP BY credit_id, event_id) t
                  ON t.credit_id = c.id AND t.event_id = c.event_id
                WHERE (c.kind = 'payment' AND COALESCE(t.amount, 0) - c.rounding_minor <> c.amount_minor)
                   OR (c.kind <> 'payment' AND t.credit_id IS NOT NULL)
                UNION ALL
                SELECT o.event_id, c.number FROM credit_out o JOIN customer_credit c ON c.id = o.credit_id
                LEFT JOIN (SELECT credit_id, event_id, SUM(amount_minor) AS amount FROM account_tender GROUP BY credit_id, event_id) t
                  ON t.credit_id = o.credit_id AND t.event_id = o.event_id
                WHERE o.kind = 'refunded' AND COALESCE(t.amount, 0) - o.rounding_minor <> -o.amount_minor",
    },
    Check {
        name: "Numbers of invoices, credit memos and payments have no gap",
        count: "SELECT COUNT(*) AS n FROM invoice",
        wrong: "SELECT NULL AS event_id, s.name AS detail FROM store s
                JOIN series n ON n.owner = s.id AND n.kind IN ('invoice', 'credit_memo', 'account_payment')
                WHERE n.next_no - 1 <> CASE n.kind
                    WHEN 'invoice' THEN (SELECT COUNT(*) FROM invoice i WHERE i.store_id = s.id)
                    WHEN 'credit_memo' THEN (SELECT COUNT(*) FROM customer_credit c WHERE c.store_id = s.id AND c.kind = 'credit_memo')
                    ELSE (SELECT COUNT(*) FROM customer_credit c WHERE c.store_id = s.id AND c.kind = 'payment') END",
    },
    Check {
        name: "What was noted, promised, disputed and paused is what its event says",
        count: "SELECT (SELECT COUNT(*) FROM collection_note) + (SELECT COUNT(*) FROM promise)
                     + (SELECT COUNT(*) FROM dispute) + (SELECT COUNT(*) FROM reminder_pause) AS n",
        wrong: "SELECT x.event_id AS event_id, x.detail AS detail FROM (
                    SELECT n.id AS event_id, 'note' AS detail, 'collection_noted' AS kind, n.store_id, n.person_id,
                           n.customer_id AS subject_id FROM collection_note n
                    UNION ALL
                    SELECT p.event_id, 'promise', 'promise_made', p.store_id, p.person_id, p.customer_id FROM promise p
                    UNION ALL
                    SELECT d.event_id, 'dispute', 'dispute_opened', d.store_id, d.person_id, d.invoice_id FROM dispute d
                    UNION ALL
                    SELECT r.id, 'pause', 'reminders_paused', r.store_id, r.person_id, COALESCE(r.invoice_id, r.customer_id)
                    FROM reminder_pause r
                ) x JOIN event e ON e.id = x.event_id
                WHERE e.kind <> x.kind OR e.store_id <> x.store_id OR e.actor_id IS NULL OR e.actor_id <> x.person_id
                   OR e.subject_id <> x.subject_id",
    },
    Check {
        name: "A promise and a dispute are about an invoice that was there, and not more than it",
        count: "SELECT (SELECT COUNT(*) FROM promise) + (SELECT COUNT(*) FROM dispute) AS n",
        wrong: "SELECT p.event_id AS event_id, 'promise' AS detail FROM promise p JOIN event e ON e.id = p.event_id
                LEFT JOIN invoice i ON i.id = p.invoice_id LEFT JOIN event b ON b.id = i.event_id
                WHERE p.promised_on < p.made_on OR p.made_on <> e.business_date
                   OR b.recorded_at > e.recorded_at OR i.amount_minor < p.amount_minor
                UNION ALL
                SELECT d.event_id, i.number FROM dispute d JOIN event e ON e.id = d.event_id
                JOIN invoice i ON i.id = d.invoice_id JOIN event b ON b.id = i.event_id
                WHERE d.opened_on <> e.business_date OR b.recorded_at > e.recorded_at",
    },
    Check {
        name: "What was withdrawn or settled had been made, once, before",
        count: "SELECT (SELECT COUNT(*) FROM promise_end) + (SELECT COUNT(*) FROM dispute_end) AS n",
        wrong: "SELECT x.event_id AS event_id, x.reason AS detail FROM promise_end x JOIN event e ON e.id = x.event_id
                JOIN promise p ON p.id = x.promise_id JOIN event b ON b.id = p.event_id
                WHERE e.kind <> 'promise_withdrawn' OR e.subject_id <> p.customer_id OR e.recorded_at < b.recorded_at
                   OR x.ended_on <> e.business_date
                UNION ALL
                SELECT x.event_id, i.number FROM dispute_end x JOIN event e ON e.id = x.event_id
                JOIN dispute d ON d.id = x.dispute_id JOIN event b ON b.id = d.event_id
                JOIN invoice i ON i.id = d.invoice_id
                WHERE e.kind <> 'dispute_settled' OR e.subject_id <> d.invoice_id OR e.recorded_at < b.recorded_at
                   OR x.settled_on <> e.business_date
                UNION ALL
                SELECT d.event_id, i.number FROM dispute d JOIN invoice i ON i.id = d.invoice_id
                JOIN dispute o ON o.invoice_id = d.invoice_id AND o.id <> d.id
                JOIN event b ON b.id = d.event_id JOIN event c ON c.id = o.event_id
                LEFT JOIN dispute_end x ON x.dispute_id = o.id LEFT JOIN event e ON e.id = x.event_id
                WHERE c.recorded_at < b.recorded_at AND (e.id IS NULL OR e.recorded_at > b.recorded_at)",
    },
];
