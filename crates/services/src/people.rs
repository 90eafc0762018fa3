//! The people who work here and what they may do where.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret;
use crate::services_core::Services;
use db::repo::{person, record, session};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, PersonId, StoreId};
use domain::moment::Moment;
use domain::people::{self as rules, PersonRefusal};
use domain::person::{Permission, Person, Role, SavePerson};

impl From<PersonRefusal> for ServiceError {
    fn from(refusal: PersonRefusal) -> Self {
        match refusal {
            PersonRefusal::Fields(fields) => Self::Fields(fields),
            PersonRefusal::Store(_) => Self::Forbidden(domain::person::Forbidden::Store),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// A person as the command line acts for them: whoever runs it holds the data anyway. Without a login it
    /// is an owner of the store; without a store it is the first.
    ///
    /// # Errors
    /// A refusal when there is no such person or store.
    pub async fn acting_for(&self, login: Option<&str>, store: Option<&str>) -> Result<Ctx, ServiceError> {
        let config = self.config()?;
        let named = |name: &str| {
            config
                .stores
                .iter()
                .find(|s| s.store.code.eq_ignore_ascii_case(name) || s.store.name.eq_ignore_ascii_case(name))
        };
        let store = match (store, config.stores.as_slice()) {
            (Some(name), _) => {
                named(name).ok_or_else(|| ServiceError::refused(format!("there is no store “{name}”")))?
            }
            (None, [first, ..]) => first,
            (None, []) => return Err(ServiceError::refused("there is no store yet")),
        };
        let people = person::list(self.db.read()).await?;
        let mut active = people.into_iter().filter(|person| person.active);
        let found = match login {
            Some(login) => active.find(|person| person.login.eq_ignore_ascii_case(login)),
            None => active.find(|person| person.roles.get(&store.store.id) == Some(&Role::Owner)),
        };
        let person = found.ok_or_else(|| match login {
            Some(login) => ServiceError::refused(format!("nobody signs in as “{login}”")),
            None => ServiceError::refused("the store has no owner: say who imports"),
        })?;
        Ok(Ctx { actor: person.actor(), device: None, till: None, store: store.store.id })
    }

    /// Everybody who works in a store whose people this person edits, and whoever works nowhere any more.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to edit people.
    pub async fn people(&self, ctx: &Ctx) -> Result<Vec<Person>, ServiceError> {
        let stores = ctx.stores_with(Permission::EditPeople)?;
        let mut people = person::list(self.db.read()).await?;
        people.retain(|p| p.roles.is_empty() || p.roles.keys().any(|store| stores.contains(store)));
        Ok(people)
    }

    /// Adds a person or changes one. Somebody made inactive, or given another password or PIN, is signed
    /// out everywhere.
    ///
    /// # Errors
    /// Each field that does not read; a refusal where the role does not reach.
    pub async fn save_person(&self, ctx: &Ctx, cmd: SavePerson) -> Result<PersonId, ServiceError> {
        ctx.require_anywhere(Permission::EditPeople)?;
        let head = Head::of(cmd.command_id, &cmd.without_secrets())?;
        let before = self.person_now(cmd.person_id).await?;
        // Refused early, so that nobody waits for a hash of what is not taken; a repeat finds its own trace.
        match rules::save(before.as_ref(), &cmd, &ctx.actor, &mut Ids::new(cmd.command_id)) {
            Ok(_) | Err(PersonRefusal::Outdated) => {}
            Err(refusal) => return Err(refusal.into()),
        }
        let (password_hash, pin_hash) = self.hashes(cmd.password.clone(), cmd.pin.clone()).await?;
        let store = filed_in(ctx, before.as_ref(), &cmd);
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                let (password_hash, pin_hash) = (password_hash.clone(), pin_hash.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let before = match cmd.person_id {
                        Some(id) => {
                            person::lock(tx, id).await?;
                            Some(person::find(tx, id).await?.ok_or(ServiceError::NotFound("person"))?.person)
                        }
                        None => None,
                    };
                    let after =
                        rules::save(before.as_ref(), &cmd, &ctx.actor, &mut Ids::new(cmd.command_id))?;
                    let locked_out = !after.active || password_hash.is_some() || pin_hash.is_some();
                    if locked_out && after.id != ctx.person() {
                        session::end_all(tx, after.id, None, now).await?;
                    }
                    let row = person::SavePerson { person: after.clone(), password_hash, pin_hash, now };
                    person::save(tx, &row).await?;
                    let event = Event {
                        before: before.and_then(|person| serde_json::to_value(person).ok()),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::PersonSaved,
                            (SubjectKind::Person, after.id.0),
                            after.name.clone(),
                            Moment::new(now, today),
                            ctx.origin(store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &after.id).await?;
                    Ok(after.id)
                })
            })
            .await
            .inspect(|_| self.live.look_who_is_there())
            .map_err(|error| match error {
                ServiceError::Conflict(what) if what.contains("login") => {
                    ServiceError::Fields(vec![FieldError::new("login", "somebody else has this login")])
                }
                other => other,
            })
    }

    async fn person_now(&self, id: Option<PersonId>) -> Result<Option<Person>, ServiceError> {
        let Some(id) = id else { return Ok(None) };
        let found = person::find(self.db.read(), id).await?;
        Ok(Some(found.ok_or(ServiceError::NotFound("person"))?.person))
    }

    /// Hashes what was typed; what was left empty stays as it is.
    pub(crate) async fn hashes(
        &self,
        password: String,
        pin: String,
    ) -> Result<(Option<String>, Option<String>), ServiceError> {
        let hash = |secret: &str| if secret.is_empty() { Ok(None) } else { secret::hash(secret).map(Some) };
        self.hashing.run(move || Ok((hash(&password)?, hash(&pin)?))).await?
    }
}

/// The store in which a change to a person is filed, so that those who run it find it: where one stands, if the
/// person works or comes to work there, else the first store of theirs.
fn filed_in(ctx: &Ctx, before: Option<&Person>, cmd: &SavePerson) -> StoreId {
    let given = cmd.roles.iter().filter(|(_, role)| role.is_some()).map(|(store, _)| *store);
    let had = before.into_iter().flat_map(|person| person.roles.keys().copied());
    let stores: Vec<StoreId> = given.chain(had).collect();
    if stores.contains(&ctx.store) { ctx.store } else { stores.first().copied().unwrap_or(ctx.store) }
}
