//! Entries by hand, periods, approvals, papers.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "Sales tax in the ledger names its jurisdiction",
        count: "SELECT COUNT(*) AS n FROM journal_line WHERE account_code = 2100",
        wrong: "SELECT e.event_id AS event_id, e.narrative AS detail FROM journal_line l
                JOIN journal_entry e ON e.id = l.entry_id WHERE l.account_code = 2100 AND l.jurisdiction_id IS NULL",
    },
    Check {
        name: "A card batch is its payments, and its entry",
        count: "SELECT COUNT(*) AS n FROM card_batch",
        wrong: "SELECT b.event_id AS event_id, COALESCE(b.reference, 'a batch') AS detail FROM card_batch b
                LEFT JOIN (SELECT batch_id, event_id, SUM(amount_minor) AS amount FROM card_batch_line
                           GROUP BY batch_id, event_id) l ON l.batch_id = b.id AND l.event_id = b.event_id
                LEFT JOIN (SELECT e.event_id AS event_id,
                                  SUM(CASE WHEN j.account_code = 1030 THEN -j.amount_minor ELSE 0 END) AS gross,
                                  SUM(CASE WHEN j.account_code = 6010 THEN j.amount_minor ELSE 0 END) AS fee
                           FROM journal_entry e JOIN journal_line j ON j.entry_id = e.id
                           JOIN card_batch c ON c.event_id = e.event_id GROUP BY e.event_id) p ON p.event_id = b.event_id
                WHERE COALESCE(l.amount, 0) <> b.gross_minor
                   OR COALESCE(p.gross, 0) <> b.gross_minor OR COALESCE(p.fee, 0) <> b.fee_minor
                UNION ALL
                SELECT u.event_id, u.reason FROM card_batch_undo u
                LEFT JOIN (SELECT batch_id, SUM(amount_minor) AS amount FROM card_batch_line GROUP BY batch_id) l
                  ON l.batch_id = u.batch_id
                WHERE COALESCE(l.amount, 1) <> 0",
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
];
