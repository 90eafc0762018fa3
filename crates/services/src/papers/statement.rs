//! Statements, on the screen and as PDF.

use super::{Paper, party};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::receivable;
use documents::statement::{
    Activity, Aging, BalanceForward, MinimumPayment, OpenDocument, StatementBody as Body, StatementPaper,
};
use domain::field::FieldError;
use domain::person::Permission;
use domain::receivable::{
    AgingSums, Bucket, MOST_STATEMENT_LINES, Movement, Statement, StatementAsked, StatementBody,
    StatementForm, StatementItem, minimum_due_on,
};

impl Services {
    /// A customer's statement as of today.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; a complaint at `from` for a day that makes no sense, or a statement longer than
    /// anybody reads.
    pub async fn statement(&self, ctx: &Ctx, asked: StatementAsked) -> Result<Statement, ServiceError> {
        ctx.require(Permission::ViewReceivables, ctx.store)?;
        let db = self.db.read();
        let (config, as_of) = (self.config()?, self.today(ctx.store)?);
        let from = asked.first_day(as_of)?;
        let (customer, address) = self.party(asked.customer).await?;
        let id = customer.id;
        let standing = receivable::load_standing(db, id, as_of).await?;
        let balance = standing.balance().map_err(ServiceError::internal)?;
        let open = receivable::open_of(db, id).await?;
        let mut aging = AgingSums { unapplied: standing.unapplied, ..AgingSums::default() };
        for due in &open {
            aging.add(Bucket::of(due.due_on, as_of), due.open).map_err(ServiceError::internal)?;
        }
        let body = match asked.form {
            StatementForm::OpenItem => {
                let credits = receivable::list_open_credits(db, id).await?;
                StatementBody::open_items(&open, &credits, as_of)
            }
            StatementForm::BalanceForward => {
                // One more than a statement holds tells that it does not hold them.
                let most = u64::try_from(MOST_STATEMENT_LINES).unwrap_or(u64::MAX).saturating_add(1);
                let (movements, _) = receivable::list_movements(db, id, balance, 0, most).await?;
                StatementBody::balance_forward(from, movements, balance)
            }
        };
        let body = body.map_err(ServiceError::internal)?;
        if body.lines() > MOST_STATEMENT_LINES {
            let why = format!("this would be more than {MOST_STATEMENT_LINES} lines: choose a later day");
            return Err(ServiceError::Fields(vec![FieldError::new("from", why)]));
        }
        let store = config.store(ctx.store)?;
        let minimum = store.policy.receivables.minimum_payment(balance, standing.overdue);
        let minimum = minimum.map_err(ServiceError::internal)?;
        Ok(Statement {
            store: store.store.clone(),
            customer,
            address,
            as_of,
            body,
            aging,
            balance,
            minimum: minimum.map(|least| (least, minimum_due_on(as_of))),
        })
    }

    /// The same as PDF.
    ///
    /// # Errors
    /// As for [`Services::statement`].
    pub async fn statement_pdf(&self, ctx: &Ctx, asked: StatementAsked) -> Result<Paper, ServiceError> {
        let told = self.statement(ctx, asked).await?;
        let name = format!("Statement {} {}", told.customer.number, told.as_of);
        let paper = StatementPaper {
            letterhead: self.letterhead(&told.store)?,
            customer: party(told.customer, told.address),
            as_of: told.as_of,
            printed_on: told.as_of,
            aging: aging(&told.aging)?,
            balance: told.balance,
            minimum: told.minimum.map(|(amount, due_on)| MinimumPayment { amount, due_on }),
            commitments: Vec::new(),
            remittance: None,
            note: None,
            body: match told.body {
                StatementBody::OpenItem(items) => Body::OpenItem(items.into_iter().map(document).collect()),
                StatementBody::BalanceForward { from, opening, activity } => {
                    Body::BalanceForward(BalanceForward {
                        from,
                        opening,
                        activity: activity.into_iter().map(happened).collect(),
                        closing: told.balance,
                    })
                }
            },
        };
        self.typeset(&name, move || documents::statement(&paper)).await
    }
}

fn document(item: StatementItem) -> OpenDocument {
    OpenDocument {
        document: item.document,
        dated: item.dated,
        due_on: item.due_on,
        amount: item.amount,
        open: item.open,
        days_past_due: item.days_past_due,
    }
}

fn happened(movement: Movement) -> Activity {
    Activity {
        on: movement.day,
        what: format!("{} {}", movement.label, movement.number).trim().to_owned(),
        amount: movement.amount,
        balance: movement.balance,
    }
}

fn aging(sums: &AgingSums) -> Result<Aging, ServiceError> {
    Ok(Aging {
        current: sums.bucket(Bucket::Current),
        days_1_to_30: sums.bucket(Bucket::To30),
        days_31_to_60: sums.bucket(Bucket::To60),
        days_61_to_90: sums.bucket(Bucket::To90),
        days_91_to_120: sums.bucket(Bucket::To120),
        over_120_days: sums.bucket(Bucket::Over120),
        unapplied: sums.unapplied.negated().map_err(ServiceError::internal)?,
    })
}
