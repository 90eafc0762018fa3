//! Styles and their variations.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::{photo, record, style};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, StyleId, VariationId};
use domain::person::Permission;
use domain::style::{
    self as rules, NoSuchVariation, SaveStyle, Style, StylePage, StyleSheet, Variation, VariationTag,
};
use std::sync::Arc;

impl Services {
    /// Adds a style with its variations or changes one. A variation that pieces are of stays.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when somebody else saved first.
    pub async fn save_style(&self, ctx: &Ctx, cmd: SaveStyle) -> Result<StyleId, ServiceError> {
        ctx.require(Permission::EditItems, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let checked = cmd.typed.check()?;
        if checked.variations.iter().any(|variation| variation.cost.is_some()) {
            ctx.require(Permission::ViewCost, ctx.store)?;
        }
        let (ctx, now) = (ctx.clone(), self.now_in(ctx.store)?);
        let (cmd, checked) = (Arc::new(cmd), Arc::new(checked));
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, checked) = (Arc::clone(&cmd), Arc::clone(&checked));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let before = match cmd.style_id {
                        Some(id) => Some(style::get(tx, id).await?.ok_or(ServiceError::NotFound("style"))?),
                        None => None,
                    };
                    let after = rules::save(&cmd, &checked, before.as_ref())
                        .map_err(|NoSuchVariation| ServiceError::NotFound("variation"))?;
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let event = Event {
                        before: before.as_ref().and_then(|before| serde_json::to_value(before).ok()),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::StyleSaved,
                            (SubjectKind::Style, after.id.0),
                            format!("{} {}", after.number, after.name),
                            moment,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    match &before {
                        None => style::insert(tx, &after, now.at).await?,
                        Some(before) => {
                            keeps_what_pieces_are_of(tx, before, &after).await?;
                            style::update(tx, before, &after, cmd.version).await?;
                        }
                    }
                    record::insert(tx, &Record::of(event), head.body_hash(), &after.id).await?;
                    Ok(after.id)
                })
            })
            .await
            .map_err(number_taken)
    }

    /// One style with what the stores have of it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who see no pieces.
    pub async fn style(&self, ctx: &Ctx, id: StyleId) -> Result<StyleSheet, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewItems)?;
        let mut style = style::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("style"))?;
        if !ctx.actor.may(Permission::ViewCost, ctx.store) {
            style.variations.iter_mut().for_each(|variation| variation.cost = None);
        }
        let stock = style::stock(self.db.read(), id, &stores, self.clock.now()).await?;
        let variations = style.variations.iter().map(|variation| variation.id.0);
        let photos = photo::list(self.db.read(), variations).await?;
        let photos = photos.into_iter().map(|(id, photos)| (VariationId(id), photos)).collect();
        Ok(StyleSheet { style, stock, photos })
    }

    /// A page of styles.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no pieces.
    pub async fn styles(
        &self,
        ctx: &Ctx,
        typed: &str,
        offset: u64,
        limit: u64,
    ) -> Result<StylePage, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewItems)?;
        let (from, now) = ((offset, limit.min(LONGEST_PAGE)), self.clock.now());
        Ok(style::list(self.db.read(), &stores, typed, from, now).await?)
    }

    /// A variation that a piece is to be one of, with its style.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who see no pieces.
    pub async fn variation(
        &self,
        ctx: &Ctx,
        id: VariationId,
    ) -> Result<(VariationTag, Style, Variation), ServiceError> {
        ctx.require(Permission::ViewItems, ctx.store)?;
        let found = style::variation(self.db.read(), id).await?;
        let (tag, mut variation) = found.ok_or(ServiceError::NotFound("variation"))?;
        let style = self.style(ctx, tag.style_id).await?.style;
        if !ctx.actor.may(Permission::ViewCost, ctx.store) {
            variation.cost = None;
        }
        Ok((tag, style, variation))
    }
}

async fn keeps_what_pieces_are_of(tx: &WriteTx, before: &Style, after: &Style) -> Result<(), ServiceError> {
    let gone: Vec<VariationId> = rules::gone(before, after).map(|variation| variation.id).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let used = style::with_pieces(tx, gone).await?;
    rules::may_go(rules::gone(before, after), &used).map_err(|stays| ServiceError::Fields(vec![stays]))
}

fn number_taken(error: ServiceError) -> ServiceError {
    let said = |field: &str, message: &str| ServiceError::Fields(vec![FieldError::new(field, message)]);
    match error {
        ServiceError::Conflict(what) if what.contains("variation") || what.contains("sku") => {
            said("variations", "another variation has one of these numbers")
        }
        ServiceError::Conflict(what) if what.contains("number") => {
            said("number", "another style has this number")
        }
        other => other,
    }
}
