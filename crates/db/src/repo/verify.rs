//! The questions that `verify` asks the database. Each counts what it looked at and lists what does
//! not hold, with the event behind it where there is one.

use crate::entity::store_day;
use crate::error::DbError;
use crate::repo::ledger::to_digest;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::StoreId;
use domain::ledger::Digest;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// One rule over stored rows, in SQL that both databases understand.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    pub name: &'static str,
    /// Counts what the rule is about.
    count: &'static str,
    /// Lists what breaks it as `event_id` (may be NULL) and `detail` (text).
    wrong: &'static str,
}

/// A finding is one of thousands only when everything is broken.
const MOST_FINDINGS: &str = " LIMIT 100";

/// Everything that must hold between the rows.
pub const CHECKS: &[Check] = &[
    Check {
        name: "A sale's lines, taxes and tenders add up to it",
        count: "SELECT COUNT(*) AS n FROM sale",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM sale s
                LEFT JOIN (SELECT sale_id, SUM(net_minor) AS net, SUM(tax_minor) AS tax FROM sale_line GROUP BY sale_id) l
                  ON l.sale_id = s.id
                LEFT JOIN (SELECT sale_id, SUM(net_minor + tax_minor - fee_minor) AS worth FROM return_line GROUP BY sale_id) r
                  ON r.sale_id = s.id
                LEFT JOIN (SELECT sale_id, SUM(amount_minor) AS paid FROM sale_tender GROUP BY sale_id) t
                  ON t.sale_id = s.id
                WHERE (l.net IS NULL AND r.worth IS NULL)
                   OR COALESCE(l.net, 0) <> s.net_minor OR COALESCE(l.tax, 0) <> s.tax_minor
                   OR COALESCE(r.worth, 0) <> s.returned_minor
                   OR s.net_minor + s.tax_minor - s.returned_minor <> s.total_minor
                   OR COALESCE(t.paid, 0) - s.rounding_minor <> s.total_minor",
    },
    Check {
        name: "What came back is what was sold",
        count: "SELECT COUNT(*) AS n FROM return_line",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM return_line r
                JOIN sale s ON s.id = r.sale_id JOIN sale_line l ON l.id = r.line_id
                WHERE r.item_id <> l.item_id OR r.fee_minor > r.net_minor
                   OR (l.unit IS NULL AND (r.net_minor <> l.net_minor OR r.tax_minor <> l.tax_minor
                       OR r.cost_minor <> l.cost_minor))
                   OR EXISTS (SELECT 1 FROM sale_void v WHERE v.sale_id = l.sale_id)",
    },
    Check {
        name: "No more of goods that are alike came back than was sold",
        count: "SELECT COUNT(*) AS n FROM sale_line WHERE unit IS NOT NULL",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM sale_line l JOIN sale s ON s.id = l.sale_id
                JOIN (SELECT line_id, SUM(pieces) AS pieces, SUM(milli) AS milli, SUM(net_minor) AS net,
                             SUM(tax_minor) AS tax, SUM(cost_minor) AS cost
                      FROM return_line GROUP BY line_id) r ON r.line_id = l.id
                WHERE l.unit IS NOT NULL AND (r.pieces > l.pieces OR r.milli > l.milli OR r.net > l.net_minor
                   OR r.tax > l.tax_minor OR r.cost > l.cost_minor
                   OR (r.pieces = l.pieces AND r.milli = l.milli
                       AND (r.net <> l.net_minor OR r.tax <> l.tax_minor OR r.cost <> l.cost_minor)))",
    },
    Check {
        name: "What was sold of goods that are alike left their lot",
        count: "SELECT COUNT(*) AS n FROM lot_move",
        wrong: "SELECT x.event_id AS event_id, x.number AS detail FROM (
                    SELECT s.event_id AS event_id, s.number AS number, l.item_id AS item,
                           -l.pieces AS pieces, -l.milli AS milli, -l.cost_minor AS cost
                    FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE l.unit IS NOT NULL
                    UNION ALL
                    SELECT s.event_id, s.number, r.item_id, r.pieces, r.milli, r.cost_minor
                    FROM sale s JOIN return_line r ON r.sale_id = s.id WHERE r.pieces <> 0 OR r.milli <> 0
                    UNION ALL
                    SELECT s.event_id, s.number, m.item_id, -m.pieces, -m.milli, -m.cost_minor
                    FROM sale s JOIN lot_move m ON m.event_id = s.event_id
                ) x GROUP BY x.event_id, x.number, x.item
                HAVING SUM(x.pieces) <> 0 OR SUM(x.milli) <> 0 OR SUM(x.cost) <> 0",
    },
    Check {
        name: "Goods that are alike are as their steps say",
        count: "SELECT COUNT(*) AS n FROM item WHERE lot_unit IS NOT NULL",
        wrong: "SELECT m.event_id AS event_id, i.tag AS detail FROM item i
                LEFT JOIN (SELECT item_id, MAX(version) AS v, SUM(pieces) AS pieces, SUM(milli) AS milli,
                                  SUM(cost_minor) AS cost FROM lot_move GROUP BY item_id) t ON t.item_id = i.id
                LEFT JOIN lot_move m ON m.item_id = i.id AND m.version = t.v
                WHERE (i.lot_unit IS NOT NULL AND (m.item_id IS NULL
                       OR m.pieces_after <> i.lot_pieces OR m.milli_after <> i.lot_milli OR m.cost_after_minor <> i.cost_minor
                       OR t.pieces <> i.lot_pieces OR t.milli <> i.lot_milli OR t.cost <> i.cost_minor))
                   OR (i.lot_unit IS NULL AND (m.item_id IS NOT NULL OR i.lot_pieces <> 0 OR i.lot_milli <> 0))",
    },
    Check {
        name: "A sale's sellers share the whole line",
        count: "SELECT COUNT(*) AS n FROM sale_line",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM sale s
                JOIN sale_line l ON l.sale_id = s.id
                LEFT JOIN (SELECT line_id, SUM(weight_ppm) AS w FROM sale_line_seller GROUP BY line_id) p ON p.line_id = l.id
                WHERE COALESCE(p.w, 0) <> 1000000",
    },
    Check {
        name: "A sale's revenue, returns and tax are in the ledger",
        count: "SELECT COUNT(*) AS n FROM sale",
        wrong: "SELECT s.event_id AS event_id, s.number AS detail FROM sale s
                LEFT JOIN (SELECT sale_id, SUM(net_minor) AS net, SUM(tax_minor) AS tax, SUM(fee_minor) AS fee
                           FROM return_line GROUP BY sale_id) r ON r.sale_id = s.id
                LEFT JOIN (
                    SELECT e.event_id AS event_id,
                           SUM(CASE WHEN j.account_code = 4000 THEN -j.amount_minor ELSE 0 END) AS net,
                           SUM(CASE WHEN j.account_code = 4900 THEN j.amount_minor ELSE 0 END) AS returned,
                           SUM(CASE WHEN j.account_code = 4080 THEN -j.amount_minor ELSE 0 END) AS fee,
                           SUM(CASE WHEN j.account_code = 2100 THEN -j.amount_minor ELSE 0 END) AS tax
                    FROM journal_entry e JOIN journal_line j ON j.entry_id = e.id GROUP BY e.event_id
                ) p ON p.event_id = s.event_id
                WHERE COALESCE(p.net, 0) <> s.net_minor OR COALESCE(p.tax, 0) <> s.tax_minor - COALESCE(r.tax, 0)
                   OR COALESCE(p.returned, 0) <> COALESCE(r.net, 0) OR COALESCE(p.fee, 0) <> COALESCE(r.fee, 0)",
    },
    Check {
        name: "What a sale was paid with is in the ledger, account by account",
        count: "SELECT COUNT(*) AS n FROM sale_tender",
        wrong: "SELECT x.event_id AS event_id, x.number AS detail FROM (
                    SELECT s.event_id AS event_id, s.number AS number, t.account_code AS account, t.amount_minor AS amount
                    FROM sale s JOIN sale_tender t ON t.sale_id = s.id
                    UNION ALL
                    SELECT s.event_id, s.number, j.account_code, -j.amount_minor
                    FROM sale s JOIN journal_entry e ON e.event_id = s.event_id JOIN journal_line j ON j.entry_id = e.id
                    WHERE j.account_code IN (SELECT account_code FROM tender_kind UNION SELECT account_code FROM sale_tender)
                ) x GROUP BY x.event_id, x.number, x.account HAVING SUM(x.amount) <> 0",
    },
    Check {
        name: "What a sold piece cost is in the ledger",
        count: "SELECT COUNT(*) AS n FROM sale_line",
        wrong: "SELECT x.event_id AS event_id, x.number AS detail FROM (
                    SELECT s.event_id AS event_id, s.number AS number, l.item_id AS item, l.cost_minor AS amount
                    FROM sale s JOIN sale_line l ON l.sale_id = s.id
                    UNION ALL
                    SELECT s.event_id, s.number, r.item_id, -r.cost_minor FROM sale s JOIN return_line r ON r.sale_id = s.id
                    UNION ALL
                    SELECT s.event_id, s.number, j.item_id, -j.amount_minor
                    FROM sale s JOIN journal_entry e ON e.event_id = s.event_id JOIN journal_line j ON j.entry_id = e.id
                    WHERE j.account_code = 5000
                ) x GROUP BY x.event_id, x.number, x.item HAVING SUM(x.amount) <> 0",
    },
    Check {
        name: "A piece stands where its last move put it",
        count: "SELECT COUNT(*) AS n FROM item",
        wrong: "SELECT m.event_id AS event_id, i.tag AS detail FROM item i
                LEFT JOIN (SELECT item_id, MAX(version) AS v FROM item_move GROUP BY item_id) last ON last.item_id = i.id
                LEFT JOIN item_move m ON m.item_id = i.id AND m.version = last.v
                WHERE m.item_id IS NULL OR m.to_status <> i.status",
    },
    Check {
        name: "A piece is sold at most once",
        count: "SELECT COUNT(*) AS n FROM sale_line",
        wrong: "SELECT s.event_id AS event_id, l.tag AS detail FROM sale_line l
                JOIN sale s ON s.id = l.sale_id
                WHERE l.unit IS NULL AND NOT EXISTS (SELECT 1 FROM sale_void v WHERE v.sale_id = s.id)
                  AND NOT EXISTS (SELECT 1 FROM return_line r WHERE r.line_id = l.id)
                  AND EXISTS (
                    SELECT 1 FROM sale_line o WHERE o.item_id = l.item_id AND o.id <> l.id
                      AND NOT EXISTS (SELECT 1 FROM sale_void v WHERE v.sale_id = o.sale_id)
                      AND NOT EXISTS (SELECT 1 FROM return_line r WHERE r.line_id = o.id))",
    },
    Check {
        name: "A sold piece is on a sale that stands",
        count: "SELECT COUNT(*) AS n FROM item WHERE status = 'sold'",
        wrong: "SELECT NULL AS event_id, i.tag AS detail FROM item i
                WHERE i.status = 'sold' AND NOT EXISTS (
                    SELECT 1 FROM sale_line l JOIN sale s ON s.id = l.sale_id
                    WHERE l.item_id = i.id AND s.id = i.holder_id
                      AND NOT EXISTS (SELECT 1 FROM return_line r WHERE r.line_id = l.id)
                      AND NOT EXISTS (SELECT 1 FROM sale_void v WHERE v.sale_id = s.id))",
    },
    Check {
        name: "Inventory in the ledger is what the pieces on hand cost",
        count: "SELECT COUNT(*) AS n FROM item",
        wrong: "SELECT NULL AS event_id, i.tag AS detail FROM item i
                LEFT JOIN (SELECT item_id, account_code, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code IN (1200, 1260) AND item_id IS NOT NULL GROUP BY item_id, account_code) l
                  ON l.item_id = i.id AND l.account_code = i.account_code
                WHERE COALESCE(l.balance, 0) <>
                      CASE WHEN i.status IN ('sold', 'returned_to_vendor', 'scrapped', 'assembled', 'missing', 'new', 'on_order')
                           THEN 0 ELSE i.cost_minor END",
    },
    Check {
        name: "Inventory in the ledger is all on pieces",
        count: "SELECT COUNT(*) AS n FROM journal_line WHERE account_code IN (1200, 1260)",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_line l
                JOIN journal_entry e ON e.id = l.entry_id
                LEFT JOIN item i ON i.id = l.item_id AND i.account_code = l.account_code
                WHERE l.account_code IN (1200, 1260) AND i.id IS NULL",
    },
    Check {
        name: "A closed till's drawer is empty",
        count: "SELECT COUNT(*) AS n FROM till",
        wrong: "SELECT NULL AS event_id, t.name AS detail FROM till t
                JOIN (SELECT till_id, SUM(amount_minor) AS balance FROM journal_line
                      WHERE account_code = 1000 GROUP BY till_id) l ON l.till_id = t.id
                WHERE l.balance <> 0 AND NOT EXISTS (
                    SELECT 1 FROM till_session s WHERE s.till_id = t.id AND s.closed_at IS NULL)",
    },
    Check {
        name: "Cash in the ledger is all in drawers",
        count: "SELECT COUNT(*) AS n FROM journal_line WHERE account_code = 1000",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_line l
                JOIN journal_entry e ON e.id = l.entry_id WHERE l.account_code = 1000 AND l.till_id IS NULL",
    },
    Check {
        name: "Sales tax in the ledger names its jurisdiction",
        count: "SELECT COUNT(*) AS n FROM journal_line WHERE account_code = 2100",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_line l
                JOIN journal_entry e ON e.id = l.entry_id WHERE l.account_code = 2100 AND l.jurisdiction_id IS NULL",
    },
    Check {
        name: "Receipt numbers have no gap",
        count: "SELECT COUNT(*) AS n FROM sale",
        wrong: "SELECT NULL AS event_id, t.name AS detail FROM till t
                JOIN series r ON r.owner = t.id AND r.kind = 'receipt'
                WHERE r.next_no - 1 <> (SELECT COUNT(*) FROM sale s WHERE s.till_id = t.id)",
    },
    Check {
        name: "Z numbers have no gap",
        count: "SELECT COUNT(*) AS n FROM z_report",
        wrong: "SELECT NULL AS event_id, t.name AS detail FROM till t
                JOIN series r ON r.owner = t.id AND r.kind = 'z_report'
                WHERE r.next_no - 1 <> (SELECT COUNT(*) FROM z_report z WHERE z.till_id = t.id)",
    },
    Check {
        name: "A closed till has its Z",
        count: "SELECT COUNT(*) AS n FROM till_session WHERE closed_at IS NOT NULL",
        wrong: "SELECT NULL AS event_id, t.name AS detail FROM till_session s JOIN till t ON t.id = s.till_id
                WHERE s.closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM z_report z WHERE z.session_id = s.id)",
    },
    Check {
        name: "The first ways to reach a customer are those that lists show",
        count: "SELECT COUNT(*) AS n FROM customer",
        wrong: "SELECT NULL AS event_id, c.number AS detail FROM customer c
                LEFT JOIN customer_contact p ON p.customer_id = c.id AND p.medium = 'phone' AND p.position = 0
                LEFT JOIN customer_contact e ON e.customer_id = c.id AND e.medium = 'email' AND e.position = 0
                LEFT JOIN customer_address a ON a.customer_id = c.id AND a.position = 0
                WHERE COALESCE(c.phone, '') <> COALESCE(p.value, '') OR COALESCE(c.email, '') <> COALESCE(e.value, '')
                   OR COALESCE(c.street, '') <> COALESCE(a.street, '') OR COALESCE(c.city, '') <> COALESCE(a.city, '')
                   OR COALESCE(c.state, '') <> COALESCE(a.state, '')
                   OR COALESCE(c.postal_code, '') <> COALESCE(a.postal_code, '')",
    },
    Check {
        name: "A household has two members, is led by one of them, and partners are each other's",
        count: "SELECT COUNT(*) AS n FROM household",
        wrong: "SELECT NULL AS event_id, h.name AS detail FROM household h
                LEFT JOIN customer l ON l.id = h.primary_id
                WHERE l.id IS NULL OR l.household_id IS NULL OR l.household_id <> h.id
                   OR (SELECT COUNT(*) FROM customer c WHERE c.household_id = h.id) < 2
                UNION ALL
                SELECT NULL, c.number FROM customer c
                LEFT JOIN customer p ON p.id = c.partner_id
                WHERE (c.household_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM household h WHERE h.id = c.household_id))
                   OR (c.partner_id IS NOT NULL AND c.household_id IS NULL)
                   OR (c.partner_id IS NOT NULL AND c.merged_into IS NULL AND p.merged_into IS NULL
                       AND (p.id IS NULL OR p.partner_id IS NULL OR p.partner_id <> c.id OR p.household_id <> c.household_id))",
    },
    Check {
        name: "A merged card points to the card that stands for it",
        count: "SELECT COUNT(*) AS n FROM customer_merge",
        wrong: "SELECT NULL AS event_id, c.number AS detail FROM customer c
                LEFT JOIN customer s ON s.id = c.merged_into
                WHERE (c.merged_into IS NOT NULL AND (s.id IS NULL OR s.merged_into IS NOT NULL))
                   OR (c.merged_into IS NULL) = EXISTS (
                        SELECT 1 FROM customer_merge m WHERE m.loser_id = c.id
                          AND NOT EXISTS (SELECT 1 FROM customer_unmerge u WHERE u.merge_id = m.event_id))",
    },
    Check {
        name: "A gift's secret was said by the event it names",
        count: "SELECT COUNT(*) AS n FROM sale_secret",
        wrong: "SELECT s.event_id AS event_id, b.number AS detail FROM sale_secret s
                JOIN sale b ON b.id = s.sale_id JOIN event v ON v.id = s.event_id
                WHERE NOT (v.kind = 'gift_secret_set' AND v.subject_id = s.sale_id
                           OR v.id = b.event_id AND s.version = 1 AND s.until_date IS NOT NULL)
                   OR s.version > (SELECT COUNT(*) FROM sale_secret x WHERE x.sale_id = s.sale_id)",
    },
    Check {
        name: "A note was written down by the event it names",
        count: "SELECT COUNT(*) AS n FROM customer_note",
        wrong: "SELECT n.id AS event_id, c.number AS detail FROM customer_note n
                JOIN customer c ON c.id = n.customer_id JOIN event v ON v.id = n.id
                WHERE v.kind <> 'customer_noted' OR v.subject_id <> n.customer_id OR v.actor_id <> n.person_id",
    },
    Check {
        name: "An imported stone is a piece",
        count: "SELECT COUNT(*) AS n FROM imported_stone",
        wrong: "SELECT r.event_id AS event_id, 'a row of an imported file' AS detail FROM imported_stone r
                WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.id = r.item_id)",
    },
    Check {
        name: "A mapping of files was saved by the event it names",
        count: "SELECT COUNT(*) AS n FROM import_mapping",
        wrong: "SELECT m.event_id AS event_id, m.name AS detail FROM import_mapping m
                JOIN event v ON v.id = m.event_id
                WHERE v.kind <> 'mapping_saved' OR v.subject_id <> m.id",
    },
    Check {
        name: "A voided sale's entries are reversed",
        count: "SELECT COUNT(*) AS n FROM sale_void",
        wrong: "SELECT v.event_id AS event_id, s.number AS detail FROM sale_void v
                JOIN sale s ON s.id = v.sale_id
                JOIN journal_entry e ON e.event_id = s.event_id
                WHERE NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.reverses_id = e.id AND r.event_id = v.event_id)",
    },
    Check {
        name: "A reversal undoes its entry to the cent",
        count: "SELECT COUNT(*) AS n FROM journal_entry WHERE reverses_id IS NOT NULL",
        wrong: "SELECT r.event_id AS event_id, r.narrative AS detail FROM journal_entry r
                JOIN journal_line a ON a.entry_id = r.reverses_id
                LEFT JOIN journal_line b ON b.entry_id = r.id AND b.line_no = a.line_no
                WHERE r.reverses_id IS NOT NULL
                  AND (b.entry_id IS NULL OR b.account_code <> a.account_code OR b.amount_minor <> -a.amount_minor)",
    },
    Check {
        name: "Nothing was posted to a day after it was closed",
        count: "SELECT COUNT(*) AS n FROM journal_entry",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_entry e
                JOIN store_day d ON d.store_id = e.store_id AND d.business_date = e.business_date
                WHERE d.closed_at IS NOT NULL AND e.recorded_at > d.closed_at
                  AND NOT EXISTS (SELECT 1 FROM manual_entry m WHERE m.entry_id = e.id)",
    },
    Check {
        name: "Nothing was posted to a locked period",
        count: "SELECT COUNT(*) AS n FROM journal_entry e JOIN legal_entity c ON c.id = e.legal_entity_id
                WHERE e.business_date <= c.locked_through",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_entry e
                JOIN legal_entity c ON c.id = e.legal_entity_id
                WHERE e.business_date <= c.locked_through AND e.recorded_at > c.locked_at",
    },
    Check {
        name: "Entries by hand are those that somebody posted by hand",
        count: "SELECT COUNT(*) AS n FROM manual_entry",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_entry e
                JOIN event v ON v.id = e.event_id
                LEFT JOIN manual_entry m ON m.entry_id = e.id
                WHERE (m.entry_id IS NULL) = (v.kind IN ('entry_posted', 'entry_reversed'))
                   OR m.legal_entity_id <> e.legal_entity_id",
    },
    Check {
        name: "Entries by hand leave control accounts alone",
        count: "SELECT COUNT(*) AS n FROM manual_entry",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM manual_entry m
                JOIN journal_entry e ON e.id = m.entry_id
                JOIN journal_line j ON j.entry_id = e.id
                JOIN account a ON a.code = j.account_code
                WHERE a.control",
    },
    Check {
        name: "Numbers of entries by hand have no gap",
        count: "SELECT COUNT(*) AS n FROM manual_entry",
        wrong: "SELECT NULL AS event_id, c.name AS detail FROM legal_entity c
                LEFT JOIN series r ON r.owner = c.id AND r.kind = 'journal_entry'
                WHERE COALESCE(r.next_no, 1) - 1 <>
                      (SELECT COUNT(*) FROM manual_entry m WHERE m.legal_entity_id = c.id)",
    },
    Check {
        name: "An approval that was used stands with whoever gave it",
        count: "SELECT COUNT(*) AS n FROM approval WHERE used_by IS NOT NULL",
        wrong: "SELECT a.used_by AS event_id, a.reason AS detail FROM approval a
                JOIN event e ON e.id = a.used_by
                WHERE a.decided_by = a.asked_by OR NOT EXISTS (
                    SELECT 1 FROM approval b WHERE b.used_by = e.id AND b.decided_by = e.approver_id)",
    },
    Check {
        name: "A piece that is held is held for a parked ticket or a till",
        count: "SELECT COUNT(*) AS n FROM item WHERE status = 'reserved'",
        wrong: "SELECT NULL AS event_id, i.tag AS detail FROM item i
                WHERE i.status = 'reserved'
                  AND NOT EXISTS (SELECT 1 FROM till t WHERE t.id = i.holder_id)
                  AND NOT EXISTS (SELECT 1 FROM parked_ticket p WHERE p.id = i.holder_id AND p.state = 'parked')",
    },
    Check {
        name: "A paper was attached by the event it names, and withdrawn by another",
        count: "SELECT COUNT(*) AS n FROM attachment",
        wrong: "SELECT a.event_id AS event_id, a.name AS detail FROM attachment a
                JOIN event v ON v.id = a.event_id
                LEFT JOIN attachment_withdrawal w ON w.attachment_id = a.id
                LEFT JOIN event g ON g.id = w.event_id
                WHERE NOT (v.kind = 'files_attached' AND v.subject_id = a.owner_id
                           OR v.kind = 'entry_posted' AND EXISTS (
                               SELECT 1 FROM journal_entry e WHERE e.id = a.owner_id AND e.event_id = v.id))
                   OR w.attachment_id IS NOT NULL AND (g.kind <> 'file_withdrawn' OR g.subject_id <> a.owner_id)",
    },
    Check {
        name: "A posted month of a recurring entry has its entry",
        count: "SELECT COUNT(*) AS n FROM recurring_post",
        wrong: "SELECT p.event_id AS event_id, r.memo AS detail FROM recurring_post p
                JOIN recurring_entry r ON r.id = p.recurring_id
                WHERE NOT EXISTS (SELECT 1 FROM journal_entry e JOIN manual_entry m ON m.entry_id = e.id
                                  WHERE e.event_id = p.event_id)",
    },
    Check {
        name: "A delivery's lines add up to it",
        count: "SELECT COUNT(*) AS n FROM goods_receipt",
        wrong: "SELECT g.event_id AS event_id, g.number AS detail FROM goods_receipt g
                LEFT JOIN (SELECT receipt_id, SUM(cost_minor + freight_minor) AS cost FROM receipt_line GROUP BY receipt_id) l
                  ON l.receipt_id = g.id
                WHERE COALESCE(l.cost, -1) <> g.total_minor",
    },
    Check {
        name: "What was received and not billed is in the ledger, delivery by delivery",
        count: "SELECT COUNT(*) AS n FROM goods_receipt",
        wrong: "SELECT g.event_id AS event_id, g.number AS detail FROM goods_receipt g
                LEFT JOIN (SELECT document_id, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code = 2030 AND document_id IS NOT NULL GROUP BY document_id) l ON l.document_id = g.id
                WHERE COALESCE(l.balance, 0) <>
                      CASE WHEN EXISTS (SELECT 1 FROM bill_receipt b WHERE b.receipt_id = g.id) THEN 0 ELSE -g.total_minor END
                UNION ALL
                SELECT e.event_id, e.narrative FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                WHERE l.account_code = 2030 AND l.document_id IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM goods_receipt g WHERE g.id = l.document_id)",
    },
    Check {
        name: "A bill is what was delivered, and its difference",
        count: "SELECT COUNT(*) AS n FROM vendor_bill",
        wrong: "SELECT b.event_id AS event_id, b.number AS detail FROM vendor_bill b
                LEFT JOIN (SELECT r.bill_id AS bill_id, SUM(g.total_minor) AS total FROM bill_receipt r
                           JOIN goods_receipt g ON g.id = r.receipt_id GROUP BY r.bill_id) d ON d.bill_id = b.id
                WHERE d.total IS NULL OR d.total + b.difference_minor <> b.amount_minor
                   OR EXISTS (SELECT 1 FROM bill_receipt r JOIN goods_receipt g ON g.id = r.receipt_id
                              WHERE r.bill_id = b.id AND (g.vendor_id <> b.vendor_id OR g.store_id <> b.store_id))",
    },
    Check {
        name: "What vendors are owed is in the ledger, bill by bill and credit by credit",
        count: "SELECT COUNT(*) AS n FROM vendor_bill",
        wrong: "SELECT x.event_id AS event_id, x.number AS detail FROM (
                    SELECT b.id AS id, b.event_id AS event_id, b.number AS number, COALESCE(
                        (SELECT SUM(p.amount_minor) FROM bill_payment_line p WHERE p.bill_id = b.id), 0) - b.amount_minor AS owed
                    FROM vendor_bill b
                    UNION ALL
                    SELECT c.id, c.event_id, r.number, c.amount_minor - COALESCE(
                        (SELECT SUM(u.amount_minor) FROM credit_use u WHERE u.credit_id = c.id), 0)
                    FROM vendor_credit c JOIN vendor_return r ON r.id = c.return_id
                ) x
                LEFT JOIN (SELECT document_id, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code = 2000 AND document_id IS NOT NULL GROUP BY document_id) l ON l.document_id = x.id
                WHERE COALESCE(l.balance, 0) <> x.owed
                UNION ALL
                SELECT e.event_id, e.narrative FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                WHERE l.account_code = 2000 AND l.document_id IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM vendor_bill b WHERE b.id = l.document_id)
                  AND NOT EXISTS (SELECT 1 FROM vendor_credit c WHERE c.id = l.document_id)",
    },
    Check {
        name: "No bill is paid, and no credit used, beyond what it is",
        count: "SELECT COUNT(*) AS n FROM vendor_bill",
        wrong: "SELECT b.event_id AS event_id, b.number AS detail FROM vendor_bill b
                WHERE b.amount_minor < (SELECT SUM(p.amount_minor) FROM bill_payment_line p WHERE p.bill_id = b.id)
                UNION ALL
                SELECT c.event_id, r.number FROM vendor_credit c JOIN vendor_return r ON r.id = c.return_id
                WHERE c.amount_minor < (SELECT SUM(u.amount_minor) FROM credit_use u WHERE u.credit_id = c.id)",
    },
    Check {
        name: "A payment to a vendor is what its bills got, less the credits",
        count: "SELECT COUNT(*) AS n FROM bill_payment",
        wrong: "SELECT p.id AS event_id, 'a payment' AS detail FROM bill_payment p
                LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS amount FROM bill_payment_line GROUP BY payment_id) l
                  ON l.payment_id = p.id
                LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS amount FROM credit_use GROUP BY payment_id) u
                  ON u.payment_id = p.id
                LEFT JOIN (SELECT document_id, account_code, SUM(amount_minor) AS amount FROM journal_line
                           WHERE document_id IS NOT NULL GROUP BY document_id, account_code) j
                  ON j.document_id = p.id AND j.account_code = p.account_code
                WHERE COALESCE(l.amount, 0) - COALESCE(u.amount, 0) <> p.money_minor
                   OR COALESCE(j.amount, 0) <> -p.money_minor",
    },
    Check {
        name: "Goods on their way back to vendors are in the ledger, return by return",
        count: "SELECT COUNT(*) AS n FROM vendor_return",
        wrong: "SELECT r.event_id AS event_id, r.number AS detail FROM vendor_return r
                LEFT JOIN (SELECT return_id, SUM(cost_minor) AS cost FROM vendor_return_line GROUP BY return_id) l
                  ON l.return_id = r.id
                LEFT JOIN (SELECT document_id, SUM(amount_minor) AS balance FROM journal_line
                           WHERE account_code = 1280 GROUP BY document_id) j ON j.document_id = r.id
                WHERE COALESCE(l.cost, -1) <> r.total_minor
                   OR COALESCE(j.balance, 0) <> CASE WHEN r.state = 'sent' THEN r.total_minor ELSE 0 END
                   OR (r.state = 'credited') <> EXISTS (SELECT 1 FROM vendor_credit c WHERE c.return_id = r.id)
                UNION ALL
                SELECT e.event_id, e.narrative FROM journal_line j JOIN journal_entry e ON e.id = j.entry_id
                WHERE j.account_code = 1280 AND NOT EXISTS (SELECT 1 FROM vendor_return r WHERE r.id = j.document_id)",
    },
    Check {
        name: "A piece that went back to a vendor is on a return",
        count: "SELECT COUNT(*) AS n FROM item WHERE status = 'returned_to_vendor'",
        wrong: "SELECT NULL AS event_id, i.tag AS detail FROM item i
                WHERE i.status = 'returned_to_vendor' AND NOT EXISTS (
                    SELECT 1 FROM vendor_return_line l JOIN vendor_return r ON r.id = l.return_id
                    WHERE l.item_id = i.id AND r.id = i.holder_id AND r.state <> 'refused')",
    },
    Check {
        name: "Goods are with an order that was placed",
        count: "SELECT COUNT(*) AS n FROM purchase_order",
        wrong: "SELECT NULL AS event_id, o.number AS detail FROM purchase_order o
                WHERE (o.state IN ('partly_received', 'received', 'closed_short')) <>
                      EXISTS (SELECT 1 FROM goods_receipt g WHERE g.order_id = o.id)
                   OR EXISTS (SELECT 1 FROM goods_receipt g WHERE g.order_id = o.id
                              AND (g.vendor_id <> o.vendor_id OR g.store_id <> o.store_id))",
    },
    Check {
        name: "Numbers of orders, deliveries and returns to vendors have no gap",
        count: "SELECT COUNT(*) AS n FROM goods_receipt",
        wrong: "SELECT NULL AS event_id, s.name AS detail FROM store s
                JOIN series n ON n.owner = s.id AND n.kind IN ('purchase_order', 'goods_receipt', 'vendor_return')
                WHERE n.next_no - 1 <> CASE n.kind
                    WHEN 'purchase_order' THEN (SELECT COUNT(*) FROM purchase_order o WHERE o.store_id = s.id)
                    WHEN 'goods_receipt' THEN (SELECT COUNT(*) FROM goods_receipt g WHERE g.store_id = s.id)
                    ELSE (SELECT COUNT(*) FROM vendor_return r WHERE r.store_id = s.id) END",
    },
];

/// Asks one question: how much was looked at, and what does not hold.
///
/// # Errors
/// [`DbError`]
pub async fn run(db: &impl Read, check: &Check) -> Result<(u64, Vec<(Option<Uuid>, String)>), DbError> {
    let conn = db.conn();
    let backend = conn.get_database_backend();
    let statement = |sql: String| sea_orm::Statement::from_string(backend, sql);
    let counted = conn.query_one_raw(statement(check.count.to_owned())).await?;
    let count: i64 = counted.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let rows = conn.query_all_raw(statement(format!("{}{MOST_FINDINGS}", check.wrong))).await?;
    let wrong = rows.iter().map(|row| Ok((row.try_get("", "event_id")?, row.try_get("", "detail")?)));
    Ok((u64::try_from(count).unwrap_or(0), wrong.collect::<Result<Vec<_>, sea_orm::DbErr>>()?))
}

/// A sealed day.
#[derive(Debug, Clone)]
pub struct ClosedDay {
    pub store: StoreId,
    pub date: NaiveDate,
    pub digest: Option<Digest>,
}

/// All sealed days, store by store, in order.
///
/// # Errors
/// [`DbError`]
pub async fn closed_days(db: &impl Read) -> Result<Vec<ClosedDay>, DbError> {
    let rows = store_day::Entity::find()
        .filter(store_day::Column::ClosedAt.is_not_null())
        .order_by_asc(store_day::Column::StoreId)
        .order_by_asc(store_day::Column::BusinessDate)
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ClosedDay {
                store: StoreId(row.store_id),
                date: row.business_date,
                digest: row.digest.as_deref().map(to_digest).transpose()?,
            })
        })
        .collect()
}
