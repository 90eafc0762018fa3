//! The tables, one file each. They stay in this crate.

pub mod account;
pub mod account_tender;
pub mod application;
pub mod approval;
pub mod attachment;
pub mod attachment_withdrawal;
pub mod bill_payment;
pub mod bill_payment_line;
pub mod bill_receipt;
pub mod card_batch;
pub mod card_batch_line;
pub mod card_batch_undo;
pub mod collection_note;
pub mod collector;
pub mod credit_out;
pub mod credit_use;
pub mod customer;
pub mod customer_address;
pub mod customer_contact;
pub mod customer_credit;
pub mod customer_date;
pub mod customer_duplicate;
pub mod customer_merge;
pub mod customer_note;
pub mod customer_private;
pub mod customer_tag;
pub mod customer_unmerge;
pub mod device;
pub mod dispute;
pub mod dispute_end;
pub mod event;
pub mod goods_receipt;
pub mod house_account;
pub mod household;
pub mod import_mapping;
pub mod imported_stone;
pub mod invoice;
pub mod invoice_line;
pub mod item;
pub mod item_move;
pub mod item_transition;
pub mod journal_entry;
pub mod journal_line;
pub mod jurisdiction;
pub mod jurisdiction_rate;
pub mod legal_entity;
pub mod lot_move;
pub mod manual_entry;
pub mod organization;
pub mod pairing;
pub mod parked_ticket;
pub mod person;
pub mod person_role;
pub mod photo_use;
pub mod promise;
pub mod promise_end;
pub mod purchase_line;
pub mod purchase_order;
pub mod receipt_line;
pub mod receivable;
pub mod recurring_entry;
pub mod recurring_post;
pub mod reminder_pause;
pub mod return_line;
pub mod sale;
pub mod sale_line;
pub mod sale_line_seller;
pub mod sale_secret;
pub mod sale_tender;
pub mod sale_void;
pub mod search_term;
pub mod series;
pub mod session;
pub mod stone;
pub mod store;
pub mod store_day;
pub mod store_jurisdiction;
pub mod style;
pub mod tender_kind;
pub mod ticket_lease;
pub mod till;
pub mod till_session;
pub mod variation;
pub mod vendor;
pub mod vendor_bill;
pub mod vendor_credit;
pub mod vendor_return;
pub mod vendor_return_line;
pub mod z_report;

use crate::tx::HasEntity;

macro_rules! rows_of {
    ($($table:ident)+) => {$(
        impl HasEntity for $table::Model {
            type Entity = $table::Entity;
        }
    )+};
}

rows_of! { account account_tender application approval attachment attachment_withdrawal bill_payment bill_payment_line bill_receipt card_batch card_batch_line card_batch_undo collection_note collector credit_out credit_use customer customer_address customer_contact customer_credit customer_date customer_duplicate customer_merge customer_note customer_private customer_tag customer_unmerge device dispute dispute_end event goods_receipt house_account household import_mapping imported_stone invoice invoice_line item item_move item_transition journal_entry journal_line jurisdiction jurisdiction_rate legal_entity lot_move manual_entry organization pairing parked_ticket person person_role photo_use promise promise_end purchase_line purchase_order receipt_line receivable recurring_entry recurring_post reminder_pause return_line sale sale_line sale_line_seller sale_secret sale_tender sale_void search_term series session stone store store_day store_jurisdiction style tender_kind ticket_lease till till_session variation vendor vendor_bill vendor_credit vendor_return vendor_return_line z_report }
