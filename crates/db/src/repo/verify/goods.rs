//! Pieces, goods that are alike, and what they cost.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
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
        name: "A piece stands where its last move put it",
        count: "SELECT COUNT(*) AS n FROM item",
        wrong: "SELECT m.event_id AS event_id, i.tag AS detail FROM item i
                LEFT JOIN (SELECT item_id, MAX(version) AS v FROM item_move GROUP BY item_id) last ON last.item_id = i.id
                LEFT JOIN item_move m ON m.item_id = i.id AND m.version = last.v
                WHERE m.item_id IS NULL OR m.to_status <> i.status",
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
        name: "A piece that is held is held for a parked ticket or a till",
        count: "SELECT COUNT(*) AS n FROM item WHERE status = 'reserved'",
        wrong: "SELECT NULL AS event_id, i.tag AS detail FROM item i
                WHERE i.status = 'reserved'
                  AND NOT EXISTS (SELECT 1 FROM till t WHERE t.id = i.holder_id)
                  AND NOT EXISTS (SELECT 1 FROM parked_ticket p WHERE p.id = i.holder_id AND p.state = 'parked')",
    },
];
