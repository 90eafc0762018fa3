//! Accounts, invoices and credits as their pages show them.

use super::Services;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::ConfigExt;
use db::repo::config::Config;
use db::repo::{customer, receivable};
use domain::customer::{Address, Customer, NamedCustomer};
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId, JurisdictionId};
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{
    AccountAsked, AccountSheet, AgingSums, Bucket, CreditKind, CreditSheet, InvoiceKind, InvoiceLine,
    InvoiceSheet, warnings, ways_back,
};
use domain::sale::SaleFacts;
use domain::tax::{LineTax, TaxPart};
use std::collections::BTreeMap;

impl Services {
    /// The card that stands for a customer, by name.
    pub(crate) async fn named(&self, id: CustomerId) -> Result<(CustomerId, Customer), ServiceError> {
        let found = customer::get(self.db.read(), id).await?;
        let found = found.ok_or(ServiceError::NotFound("customer"))?;
        Ok((found.id, found))
    }

    pub(crate) async fn named_customer(&self, id: CustomerId) -> Result<NamedCustomer, ServiceError> {
        let (id, found) = self.named(id).await?;
        Ok(NamedCustomer { id, number: found.number, name: found.card.display_name() })
    }

    /// The account of a customer: how they stand, what is open, and the running account.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who do not see what customers owe.
    pub async fn customer_account(
        &self,
        ctx: &Ctx,
        asked: AccountAsked,
    ) -> Result<AccountSheet, ServiceError> {
        ctx.require(Permission::ViewReceivables, ctx.store)?;
        let db = self.db.read();
        let (config, today) = (self.config()?, self.today(ctx.store)?);
        let (id, card) = self.named(asked.customer).await?;
        let standing = receivable::load_standing(db, id, today).await?;
        let after = config.store(ctx.store)?.policy.receivables.hold_after_days;
        let warnings = warnings(&standing, Money::ZERO, after, today).map_err(ServiceError::internal)?;
        let mut aging = AgingSums { unapplied: standing.unapplied, ..AgingSums::default() };
        for due in receivable::open_of(db, id).await? {
            aging.add(Bucket::of(due.due_on, today), due.open).map_err(ServiceError::internal)?;
        }
        let balance = standing.balance().map_err(ServiceError::internal)?;
        let limit = asked.limit.min(LONGEST_PAGE);
        let (movements, movement_count) =
            receivable::list_movements(db, id, balance, asked.offset, limit).await?;
        Ok(AccountSheet {
            customer: NamedCustomer { id, number: card.number, name: card.card.display_name() },
            vip: card.card.vip,
            warnings,
            aging,
            invoices: receivable::list_open_invoices(db, id, today).await?,
            credits: receivable::list_open_credits(db, id).await?,
            movements,
            movement_count,
            standing,
            today,
        })
    }

    /// One invoice with all that happened to it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who do not see what customers owe.
    pub async fn invoice(&self, ctx: &Ctx, id: InvoiceId) -> Result<InvoiceSheet, ServiceError> {
        let db = self.db.read();
        let found = receivable::get_invoice(db, id).await?.ok_or(ServiceError::NotFound("invoice"))?;
        ctx.require(Permission::ViewReceivables, found.store_id)?;
        let (config, today) = (self.config()?, self.today(found.store_id)?);
        let (customer, address) = self.party(found.customer_id).await?;
        let sale = match &found.sale {
            Some((sale, _)) if found.kind == InvoiceKind::Sale => db::repo::sale::get(db, *sale).await?,
            _ => None,
        };
        let told = match sale {
            Some(sale) => of_sale(&sale.facts, &config, found.amount)?,
            None => Told {
                lines: found.lines,
                net: found.net,
                taxes: taxes_by_name(&config, &found.tax.parts)?,
                at_register: Money::ZERO,
            },
        };
        let lines = if told.lines.is_empty() {
            vec![InvoiceLine {
                description: found.kind.label().to_owned(),
                net: told.net,
                tax: LineTax::default(),
                account: domain::ledger::code::FEE_INCOME,
            }]
        } else {
            told.lines
        };
        let open = Money::sum(found.dues.iter().map(|due| due.open)).map_err(ServiceError::internal)?;
        Ok(InvoiceSheet {
            store: config.store(found.store_id)?.store.clone(),
            disputed: !receivable::disputed(db, vec![id.0]).await?.is_empty(),
            voided: found.applied.iter().any(|one| one.credit_kind == CreditKind::Void),
            taxes: told.taxes,
            at_register: told.at_register,
            id,
            number: found.number,
            kind: found.kind,
            customer,
            address,
            sale: found.sale,
            invoiced_on: found.invoiced_on,
            posted_on: found.posted_on,
            terms: found.terms,
            reference: found.reference,
            note: found.note,
            lines,
            net: told.net,
            amount: found.amount,
            open,
            dues: found.dues,
            applied: found.applied,
            event: found.event,
            today,
        })
    }

    /// One payment, credit memo or other credit with all that happened to it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who do not see what customers owe.
    pub async fn customer_credit(
        &self,
        ctx: &Ctx,
        id: CustomerCreditId,
    ) -> Result<CreditSheet, ServiceError> {
        let db = self.db.read();
        let found = receivable::get_credit(db, id).await?.ok_or(ServiceError::NotFound("credit"))?;
        ctx.require(Permission::ViewReceivables, found.store_id)?;
        let (config, today) = (self.config()?, self.today(found.store_id)?);
        let (customer, address) = self.party(found.customer_id).await?;
        let paid = receivable::paid_by(&found.tenders)?;
        let session = match ctx.till {
            Some(till) => self.open_session(till).await?.filter(|session| session.store_id == found.store_id),
            None => None,
        };
        Ok(CreditSheet {
            session_id: session.map(|session| session.id),
            store: config.store(found.store_id)?.store.clone(),
            taxes: taxes_by_name(&config, &found.tax.parts)?,
            ways_back: ways_back(found.left, &paid, &config.tender_kinds),
            id,
            kind: found.kind,
            number: found.number,
            customer,
            address,
            received_on: found.received_on,
            posted_on: found.posted_on,
            amount: found.amount,
            net: found.net,
            left: found.left,
            note: found.note,
            invoice: found.invoice,
            tenders: found.tenders,
            applied: found.applied,
            outs: found.outs,
            came_back: found.came_back,
            reversed: receivable::reversed(db, id).await?,
            check_fee: config.store(found.store_id)?.policy.receivables.returned_check_fee,
            event: found.event,
            by: found.by,
            today,
        })
    }

    /// A customer with the lines of their address, as papers show them.
    pub(crate) async fn party(&self, id: CustomerId) -> Result<(NamedCustomer, Vec<String>), ServiceError> {
        let (id, found) = self.named(id).await?;
        let card = found.card;
        let name = card.display_name();
        let address = Address {
            kind: None,
            street: card.street,
            city: card.city,
            state: card.state,
            postal_code: card.postal_code,
        };
        let place = address.place();
        let lines = address.street.into_iter().chain(place).collect();
        Ok((NamedCustomer { id, number: found.number, name }, lines))
    }
}

/// What an invoice is for.
struct Told {
    lines: Vec<InvoiceLine>,
    net: Money,
    taxes: Vec<(String, Money)>,
    at_register: Money,
}

/// The whole sale, of which a part may have been paid at the register: what was sold, less what came back on the same
/// receipt.
fn of_sale(facts: &SaleFacts, config: &Config, charged: Money) -> Result<Told, ServiceError> {
    let income = domain::ledger::code::SALES_SHOWCASE;
    let mut lines = Vec::new();
    let mut parts = Vec::new();
    for sold in &facts.lines {
        parts.extend(sold.tax.parts.iter().copied());
        lines.push(InvoiceLine {
            description: format!("{} {}", sold.tag, sold.description),
            net: sold.net,
            tax: sold.tax.clone(),
            account: income,
        });
    }
    for back in &facts.returned {
        for part in &back.tax.parts {
            parts.push(TaxPart { tax: part.tax.negated().map_err(ServiceError::internal)?, ..*part });
        }
        let net = back.fee.minus(back.net).map_err(ServiceError::internal)?;
        let description = format!("Returned: {} {}", back.tag, back.description);
        lines.push(InvoiceLine { description, net, tax: LineTax::default(), account: income });
    }
    let net = Money::sum(lines.iter().map(|line| line.net)).map_err(ServiceError::internal)?;
    let at_register = facts.total.minus(charged).map_err(ServiceError::internal)?;
    Ok(Told { lines, net, taxes: taxes_by_name(config, &parts)?, at_register })
}

/// The tax of a paper by the names of those who levy it.
pub(crate) fn taxes_by_name<'t>(
    config: &Config,
    parts: impl IntoIterator<Item = &'t TaxPart>,
) -> Result<Vec<(String, Money)>, ServiceError> {
    let mut sums: BTreeMap<JurisdictionId, Money> = BTreeMap::new();
    for part in parts {
        let sum = sums.entry(part.jurisdiction_id).or_default();
        *sum = sum.plus(part.tax).map_err(ServiceError::internal)?;
    }
    let name = |id| config.jurisdictions.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let named = sums.into_iter().filter(|(_, tax)| !tax.is_zero());
    Ok(named.map(|(id, tax)| (name(id).unwrap_or_default(), tax)).collect())
}
