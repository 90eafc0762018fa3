//! The people who work here and what they may do where.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret;
use crate::services_core::Services;
use crate::setup::{check_password, check_pin};
use db::repo::{person, record, session};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::{FieldError, FieldReader};
use domain::ids::{EventId, Ids, PersonId};
use domain::person::{Permission, SavePerson};
use domain::text;
use std::sync::Arc;

impl Services {
    /// Adds a person or changes one. Somebody made inactive is signed out everywhere.
    ///
    /// # Errors
    /// Each field that does not read; a refusal when the last owner would be gone.
    pub async fn save_person(&self, ctx: &Ctx, cmd: SavePerson) -> Result<PersonId, ServiceError> {
        for store in cmd.roles.keys() {
            ctx.require(Permission::EditPeople, *store)?;
        }
        ctx.require_anywhere(Permission::EditPeople)?;
        let head = Head::of(cmd.command_id, &cmd.without_secrets())?;
        let mut row = self.check_person(&cmd)?;
        let (password, pin) = (cmd.password.clone(), cmd.pin.clone());
        let hashes = self.hashing.run(move || {
            let hash =
                |secret: String| if secret.is_empty() { Ok(None) } else { secret::hash(&secret).map(Some) };
            Ok::<_, ServiceError>((hash(password)?, hash(pin)?))
        });
        (row.password_hash, row.pin_hash) = hashes.await??;
        let now = self.now_in(ctx.store)?;
        let (ctx, row, cmd) = (ctx.clone(), Arc::new(row), Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, row, cmd) = (ctx.clone(), head.clone(), Arc::clone(&row), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let before = person::find(tx, row.id).await?.map(|found| found.person);
                    person::save(tx, &row).await?;
                    if !person::has_owner(tx).await? {
                        return Err(ServiceError::refused("Somebody must stay owner."));
                    }
                    if !row.active {
                        session::end_all(tx, row.id, moment.recorded_at).await?;
                    }
                    let event = Event {
                        id: EventId(cmd.command_id.0),
                        kind: EventKind::PersonSaved,
                        moment,
                        origin: ctx.origin(ctx.store, None),
                        approver: None,
                        subject: SubjectKind::Person,
                        subject_id: row.id.0,
                        summary: row.name.clone(),
                        before: before
                            .and_then(|b| serde_json::to_value((b.name, b.login, b.active, b.roles)).ok()),
                        after: serde_json::to_value((&row.name, &row.login, row.active, &row.roles)).ok(),
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &row.id).await?;
                    Ok(row.id)
                })
            })
            .await
            .map_err(|error| match error {
                ServiceError::Conflict(what) if what.contains("login") => {
                    ServiceError::Fields(vec![FieldError::new("login", "somebody else has this login")])
                }
                other => other,
            })
    }

    fn check_person(&self, cmd: &SavePerson) -> Result<person::SavePerson, ServiceError> {
        let mut fields = FieldReader::default();
        let new = cmd.person_id.is_none();
        if !cmd.password.is_empty() {
            check_password("password", &cmd.password, &mut fields);
        }
        if new || !cmd.pin.is_empty() {
            check_pin("pin", &cmd.pin, &mut fields);
        }
        let row = person::SavePerson {
            id: cmd.person_id.unwrap_or_else(|| Ids::new(cmd.command_id).draw()),
            name: fields.read("name", text::required_line(&cmd.name)),
            login: fields.read("login", text::required_line(&cmd.login)).to_lowercase(),
            active: cmd.active,
            roles: cmd.roles.clone(),
            password_hash: None,
            pin_hash: None,
            now: self.clock.now(),
        };
        Ok(fields.finish(row)?)
    }
}
