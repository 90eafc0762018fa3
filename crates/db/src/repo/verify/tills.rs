//! Drawers, tills and their numbers.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
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
];
