//! What was sold, came back and was paid.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
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
        name: "Receipt numbers have no gap",
        count: "SELECT COUNT(*) AS n FROM sale",
        wrong: "SELECT NULL AS event_id, t.name AS detail FROM till t
                JOIN series r ON r.owner = t.id AND r.kind = 'receipt'
                WHERE r.next_no - 1 <> (SELECT COUNT(*) FROM sale s WHERE s.till_id = t.id)",
    },
    Check {
        name: "A voided sale's entries are reversed",
        count: "SELECT COUNT(*) AS n FROM sale_void",
        wrong: "SELECT v.event_id AS event_id, s.number AS detail FROM sale_void v
                JOIN sale s ON s.id = v.sale_id
                JOIN journal_entry e ON e.event_id = s.event_id
                WHERE NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.reverses_id = e.id AND r.event_id = v.event_id)",
    },
];
