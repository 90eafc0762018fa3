//! The customer book.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
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
];
