//! Everything that ranks some customers on the list of the day: one statement for each kind of fact.

use super::cards::{Cards, collectors, resolve};
use super::desk::{DeskNarrow, IS_THE_LAST};
use super::{pause, promise};
use crate::convert::{code, money};
use crate::entity::{
    application, collection_note, collector, credit_out, customer_credit, dispute, dispute_end,
    house_account, invoice, receivable, reminder_pause,
};
use crate::error::DbError;
use crate::repo::audit;
use crate::tx::Read;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::InvoiceId;
use domain::receivable::collect::{ContactKind, DeskInvoice, DeskRow, in_force};
use domain::receivable::{AccountState, CreditOutKind, InvoiceKind};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

/// The last note on a card: when, how, and when somebody looks again.
type LastNote = (DateTime<Utc>, ContactKind, Option<NaiveDate>);

/// These customers as the list shows them.
pub(super) async fn rows(
    db: &impl Read,
    cards: &Cards,
    narrow: &DeskNarrow<'_>,
) -> Result<Vec<DeskRow>, DbError> {
    let (ids, today) = (cards.ids(), narrow.today);
    let on_cards = |column: reminder_pause::Column| Condition::all().add(column.is_in(ids.iter().copied()));
    let mut invoices = cards.by_standing(open_invoices(db, &ids, narrow).await?);
    let promises = promise::that_matter(db, &ids, today).await?;
    let promises = promises.into_iter().map(|one| (one.promise.customer_id.0, one));
    let mut promises = cards.by_standing(promises);
    let pauses = pause::rows(db, on_cards(reminder_pause::Column::CustomerId), today).await?;
    let mut pauses = cards.by_standing(pauses.into_iter().map(|(at, one)| (one.customer_id.0, (at, one))));
    let notes = cards.by_standing(last_notes(db, &ids).await?);
    let accounts = cards.by_standing(accounts(db, &ids).await?);
    let checks = cards.by_standing(returned_checks(db, &ids).await?);
    let theirs = Condition::all().add(collector::Column::CustomerId.is_in(ids.iter().copied()));
    let collectors = cards.by_standing(collectors(db, theirs).await?);
    let names = audit::names(db).await?;
    let row = |(id, who): (&Uuid, &super::cards::Who)| {
        let pauses = pauses.remove(id).unwrap_or_default().into_iter().map(|(_, pause)| pause).collect();
        let pauses = in_force(pauses, today);
        let until = |invoice| pauses.iter().find(|one| one.invoice_id == invoice).map(|one| one.until_on);
        let last =
            notes.get(id).and_then(|notes| notes.iter().map(|(_, note)| note).max_by_key(|note| note.0));
        DeskRow {
            invoices: by_invoice(invoices.remove(id).unwrap_or_default(), until),
            promises: promises.remove(id).unwrap_or_default().into_iter().map(|(_, one)| one).collect(),
            paused_until: until(None),
            follow_up_on: last.and_then(|(.., again)| *again),
            last_contact: last.map(|(at, kind, _)| (at.fixed_offset(), *kind)),
            hold: accounts.get(id).and_then(|accounts| hold_of(*id, accounts)),
            returned_check_on: checks.get(id).and_then(|checks| checks.iter().map(|(_, on)| *on).max()),
            collector: resolve(*id, collectors.get(id).map(Vec::as_slice).unwrap_or_default(), &names),
            customer: who.named.clone(),
            phone: who.phone.clone(),
            vip: who.vip,
        }
    };
    Ok(cards.who.iter().map(row).collect())
}

#[derive(Debug, FromQueryResult)]
struct OpenDue {
    customer_id: Uuid,
    invoice_id: Uuid,
    number: String,
    due_on: NaiveDate,
    open_minor: i64,
    disputed: bool,
}

async fn open_invoices(
    db: &impl Read,
    cards: &[Uuid],
    narrow: &DeskNarrow<'_>,
) -> Result<Vec<(Uuid, OpenDue)>, DbError> {
    use receivable::Column as R;
    let of_invoice =
        receivable::Entity::belongs_to(invoice::Entity).from(R::InvoiceId).to(invoice::Column::Id);
    let ended = dispute_end::Entity::find().select_only().column(dispute_end::Column::DisputeId);
    let disputed = dispute::Entity::find()
        .filter(
            Expr::col((dispute::Entity, dispute::Column::InvoiceId))
                .equals((receivable::Entity, R::InvoiceId)),
        )
        .filter(dispute::Column::Id.not_in_subquery(ended.into_query()))
        .select_only()
        .expr(Expr::value(1));
    let rows = receivable::Entity::find()
        .join(JoinType::InnerJoin, of_invoice.into())
        .filter(R::CustomerId.is_in(cards.iter().copied()))
        .filter(R::OpenMinor.gt(0))
        .filter(R::StoreId.is_in(narrow.stores.iter().map(|store| store.0)))
        .select_only()
        .columns([R::CustomerId, R::InvoiceId, R::DueOn, R::OpenMinor])
        .column(invoice::Column::Number)
        .column_as(Expr::exists(disputed.into_query()), "disputed")
        .order_by_asc(R::DueOn)
        .order_by_asc(R::Id)
        .into_model::<OpenDue>()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row)).collect())
}

/// Due dates put together, the invoice with the oldest first.
fn by_invoice(
    rows: Vec<(Uuid, OpenDue)>,
    paused_until: impl Fn(Option<InvoiceId>) -> Option<NaiveDate>,
) -> Vec<DeskInvoice> {
    let mut invoices: Vec<DeskInvoice> = Vec::new();
    for (_, row) in rows {
        let (id, due) = (InvoiceId(row.invoice_id), (row.due_on, money(row.open_minor)));
        match invoices.iter_mut().find(|invoice| invoice.id == id) {
            Some(invoice) => invoice.dues.push(due),
            None => invoices.push(DeskInvoice {
                id,
                number: row.number,
                dues: vec![due],
                disputed: row.disputed,
                paused_until: paused_until(Some(id)),
            }),
        }
    }
    invoices
}

async fn last_notes(db: &impl Read, cards: &[Uuid]) -> Result<Vec<(Uuid, LastNote)>, DbError> {
    use collection_note::Column as N;
    type Row = (Uuid, DateTime<Utc>, String, Option<NaiveDate>);
    let rows: Vec<Row> = collection_note::Entity::find()
        .filter(N::CustomerId.is_in(cards.iter().copied()))
        .filter(Expr::cust(IS_THE_LAST))
        .select_only()
        .columns([N::CustomerId, N::NotedAt, N::Kind, N::FollowUpOn])
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.into_iter().map(|(card, at, kind, again)| Ok((card, (at, code(&kind)?, again)))).collect()
}

/// Opened on, state, why it is on hold.
type Account = (NaiveDate, String, Option<String>);

async fn accounts(db: &impl Read, cards: &[Uuid]) -> Result<Vec<(Uuid, Account)>, DbError> {
    use house_account::Column as H;
    let rows: Vec<(Uuid, NaiveDate, String, Option<String>)> = house_account::Entity::find()
        .filter(H::CustomerId.is_in(cards.iter().copied()))
        .select_only()
        .columns([H::CustomerId, H::OpenedOn, H::State, H::HoldReason])
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(card, opened_on, state, why)| (card, (opened_on, state, why))).collect())
}

/// Why the account that counts is on hold: that of the card that stands, else the oldest, as `find_account` has it.
fn hold_of(stands: Uuid, accounts: &[(Uuid, Account)]) -> Option<String> {
    let first = accounts.iter().min_by_key(|(card, (opened_on, ..))| (*card != stands, *opened_on, *card));
    let (_, (_, state, why)) = first?;
    (state == AccountState::OnHold.code()).then(|| why.clone().unwrap_or_default())
}

/// The checks that the bank sent back and that are not made good: something of what they had paid is open.
async fn returned_checks(db: &impl Read, cards: &[Uuid]) -> Result<Vec<(Uuid, NaiveDate)>, DbError> {
    use credit_out::Column as O;
    use customer_credit::Column as C;
    let of_credit = credit_out::Entity::belongs_to(customer_credit::Entity).from(O::CreditId).to(C::Id);
    let on_due = application::Entity::belongs_to(receivable::Entity)
        .from(application::Column::ReceivableId)
        .to(receivable::Column::Id);
    let still_open = application::Entity::find()
        .join(JoinType::InnerJoin, on_due.into())
        .filter(
            Expr::col((application::Entity, application::Column::EventId))
                .equals((credit_out::Entity, O::EventId)),
        )
        .filter(receivable::Column::OpenMinor.gt(0))
        .select_only()
        .expr(Expr::value(1));
    let mut rows: Vec<(Uuid, NaiveDate)> = credit_out::Entity::find()
        .join(JoinType::InnerJoin, of_credit.into())
        .filter(C::CustomerId.is_in(cards.iter().copied()))
        .filter(O::Kind.eq(CreditOutKind::Bounced.code()))
        .filter(Expr::exists(still_open.into_query()))
        .select_only()
        .column(C::CustomerId)
        .column(O::OutOn)
        .into_tuple()
        .all(db.conn())
        .await?;
    // The check of a receipt had paid no invoice: it is one now.
    let of_invoice = receivable::Entity::belongs_to(invoice::Entity)
        .from(receivable::Column::InvoiceId)
        .to(invoice::Column::Id);
    let receipts: Vec<(Uuid, NaiveDate)> = receivable::Entity::find()
        .join(JoinType::InnerJoin, of_invoice.into())
        .filter(receivable::Column::CustomerId.is_in(cards.iter().copied()))
        .filter(receivable::Column::OpenMinor.gt(0))
        .filter(invoice::Column::Kind.eq(InvoiceKind::ReturnedCheck.code()))
        .select_only()
        .column(receivable::Column::CustomerId)
        .column(receivable::Column::PostedOn)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.extend(receipts);
    Ok(rows)
}
