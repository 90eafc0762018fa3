//! What is bought, billed and paid.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
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
