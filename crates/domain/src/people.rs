//! Hiring, promoting and letting go: who may make whom what.

use crate::field::{FieldError, FieldReader};
use crate::ids::{Ids, StoreId};
use crate::person::{Actor, ChangeSecrets, Permission, Person, Role, SavePerson};
use crate::text;

/// The shortest password anybody may choose, in characters.
pub const SHORTEST_PASSWORD: usize = 10;
/// Longer ones are nobody's password and cost time to hash, in bytes.
pub const LONGEST_PASSWORD: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("your role does not allow to make somebody {}", .0.label().to_lowercase())]
    RoleAboveOwn(Role),
    #[error("{0} may do more than you: only somebody with the same rights may change that")]
    PersonAboveOwn(String),
    #[error("you cannot make yourself inactive or take your own roles away")]
    Oneself,
    #[error("somebody else changed this person meanwhile: look again")]
    Outdated,
    #[error("change your own password and PIN under your name, with the one you have")]
    OwnSecrets,
    #[error("you may not edit people there")]
    Store(StoreId),
}

/// Decides what a person becomes. Stores that the command does not name keep their role.
///
/// # Errors
/// [`PersonRefusal`]: fields that do not read; a role, or a person, with more rights than the actor has;
/// taking away one's own place.
pub fn save(
    existing: Option<&Person>,
    cmd: &SavePerson,
    actor: &Actor,
    ids: &mut Ids,
) -> Result<Person, PersonRefusal> {
    for (store, role) in &cmd.roles {
        if !actor.may(Permission::EditPeople, *store) {
            return Err(PersonRefusal::Store(*store));
        }
        if let Some(role) = role.filter(|role| !covers(actor, *store, *role)) {
            return Err(PersonRefusal::RoleAboveOwn(role));
        }
    }
    if existing.map_or(0, |person| person.version) != cmd.version {
        return Err(PersonRefusal::Outdated);
    }
    if let Some(person) = existing {
        may_change(person, actor)?;
    }
    let oneself = existing.is_some_and(|person| person.id == actor.person_id);
    if oneself && !(cmd.password.is_empty() && cmd.pin.is_empty()) {
        return Err(PersonRefusal::OwnSecrets);
    }
    let mut fields = FieldReader::default();
    let name = fields.read("name", text::required_line(&cmd.name));
    let login = fields.read("login", text::required_line(&cmd.login)).to_lowercase();
    if login.contains(char::is_whitespace) {
        fields.complain("login", "a login has no spaces");
    }
    if !cmd.password.is_empty() {
        check_password("password", &cmd.password, &mut fields);
    }
    if existing.is_none() || !cmd.pin.is_empty() {
        check_pin("pin", &cmd.pin, &mut fields);
    }
    let mut roles = existing.map(|person| person.roles.clone()).unwrap_or_default();
    for (store, role) in &cmd.roles {
        match role {
            Some(role) => roles.insert(*store, *role),
            None => roles.remove(store),
        };
    }
    if roles.is_empty() && cmd.active {
        fields.complain("roles", "choose a role in at least one store");
    }
    if oneself && (!cmd.active || existing.is_some_and(|person| person.roles != roles)) {
        return Err(PersonRefusal::Oneself);
    }
    let person = Person {
        id: existing.map_or_else(|| ids.draw(), |person| person.id),
        name,
        login,
        active: cmd.active,
        version: cmd.version.saturating_add(1),
        roles,
        has_pin: existing.is_some_and(|person| person.has_pin) || !cmd.pin.is_empty(),
        has_password: existing.is_some_and(|person| person.has_password) || !cmd.password.is_empty(),
    };
    fields.finish(person).map_err(PersonRefusal::Fields)
}

/// Whether somebody may take these as their new password or PIN.
///
/// # Errors
/// What is wrong at which field.
pub fn check_own_secrets(cmd: &ChangeSecrets) -> Result<(), Vec<FieldError>> {
    let mut fields = FieldReader::default();
    if cmd.password.is_empty() && cmd.pin.is_empty() {
        fields.complain("password", "enter a new password or a new PIN");
    }
    if !cmd.password.is_empty() {
        check_password("password", &cmd.password, &mut fields);
    }
    if !cmd.pin.is_empty() {
        check_pin("pin", &cmd.pin, &mut fields);
    }
    fields.finish(())
}

/// Whether somebody may change a person at all, or sign them out: oneself, and whoever may do no more.
///
/// # Errors
/// [`PersonRefusal::PersonAboveOwn`] for anybody else, such as whoever works in another store too.
pub fn may_change(person: &Person, actor: &Actor) -> Result<(), PersonRefusal> {
    let below = person.roles.iter().all(|(store, role)| covers(actor, *store, *role));
    if below || person.id == actor.person_id {
        Ok(())
    } else {
        Err(PersonRefusal::PersonAboveOwn(person.name.clone()))
    }
}

/// Whether the actor has, in that store, everything the role has.
fn covers(actor: &Actor, store: StoreId, role: Role) -> bool {
    actor.roles.get(&store).is_some_and(|own| own.covers(role))
}

/// Complains about a password that is too short or absurdly long.
pub fn check_password(field: &str, typed: &str, fields: &mut FieldReader) {
    if typed.chars().count() < SHORTEST_PASSWORD {
        fields.complain(field, format!("at least {SHORTEST_PASSWORD} characters"));
    }
    if typed.len() > LONGEST_PASSWORD {
        fields.complain(field, text::TextError::TooLong(LONGEST_PASSWORD));
    }
}

/// Complains about a PIN that is no 4 to 8 digits, or one digit over and over.
pub fn check_pin(field: &str, typed: &str, fields: &mut FieldReader) {
    let digits = typed.chars().all(|c| c.is_ascii_digit());
    let one_digit = typed.chars().all(|c| typed.starts_with(c));
    if !digits || !(4..=8).contains(&typed.len()) || one_digit {
        fields.complain(field, "4 to 8 digits, not all the same");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, PersonId};
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const HERE: StoreId = StoreId(Uuid::from_u128(1));
    const THERE: StoreId = StoreId(Uuid::from_u128(2));

    fn actor(role: Role) -> Actor {
        Actor {
            person_id: PersonId(Uuid::from_u128(9)),
            name: "Boss".into(),
            roles: BTreeMap::from([(HERE, role)]),
        }
    }

    fn person(roles: &[(StoreId, Role)]) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(7)),
            name: "Pat".into(),
            login: "pat".into(),
            active: true,
            version: 3,
            roles: roles.iter().copied().collect(),
            has_pin: true,
            has_password: false,
        }
    }

    fn command(person: Option<&Person>, role: Option<Role>) -> SavePerson {
        SavePerson {
            command_id: CommandId(Uuid::from_u128(55)),
            person_id: person.map(|person| person.id),
            version: person.map_or(0, |person| person.version),
            name: "Pat".into(),
            login: "Pat".into(),
            active: true,
            roles: BTreeMap::from([(HERE, role)]),
            password: String::new(),
            pin: if person.is_some() { String::new() } else { "2580".into() },
        }
    }

    fn decide(existing: Option<&Person>, cmd: &SavePerson, role: Role) -> Result<Person, PersonRefusal> {
        save(existing, cmd, &actor(role), &mut Ids::new(cmd.command_id))
    }

    #[test]
    fn nobody_hands_out_more_than_they_have() {
        for (own, given, allowed) in [
            (Role::Owner, Role::Owner, true),
            (Role::Owner, Role::Bookkeeper, true),
            (Role::Manager, Role::Associate, true),
            (Role::Manager, Role::Manager, true),
            (Role::Manager, Role::Owner, false),
            (Role::Manager, Role::Bookkeeper, false),
        ] {
            let decided = decide(None, &command(None, Some(given)), own);
            assert_eq!(decided.is_ok(), allowed, "{own} makes {given}");
        }
        let refused = decide(None, &command(None, Some(Role::Associate)), Role::Associate);
        assert_eq!(refused, Err(PersonRefusal::Store(HERE)));
    }

    #[test]
    fn nobody_changes_who_may_do_more() {
        for owner in
            [person(&[(HERE, Role::Owner)]), person(&[(HERE, Role::Associate), (THERE, Role::Owner)])]
        {
            let cmd =
                SavePerson { roles: BTreeMap::new(), pin: "1379".into(), ..command(Some(&owner), None) };
            let refused = decide(Some(&owner), &cmd, Role::Manager);
            assert_eq!(refused, Err(PersonRefusal::PersonAboveOwn("Pat".into())));
        }
    }

    #[test]
    fn stores_that_are_not_named_keep_their_role() {
        let there = BTreeMap::from([(THERE, Role::Associate)]);
        let both = actor(Role::Owner);
        let both = Actor { roles: BTreeMap::from([(HERE, Role::Owner), (THERE, Role::Owner)]), ..both };
        let pat = person(&[(HERE, Role::Manager), (THERE, Role::Associate)]);
        let cmd = command(Some(&pat), None);
        let saved = save(Some(&pat), &cmd, &both, &mut Ids::new(cmd.command_id)).unwrap();
        assert_eq!(saved.roles, there);
        assert_eq!((saved.version, saved.login.as_str()), (4, "pat"));
    }

    #[test]
    fn nobody_saws_off_their_own_branch() {
        let me = Person { id: actor(Role::Owner).person_id, ..person(&[(HERE, Role::Owner)]) };
        let gone = SavePerson { active: false, ..command(Some(&me), Some(Role::Owner)) };
        assert_eq!(decide(Some(&me), &gone, Role::Owner), Err(PersonRefusal::Oneself));
        assert_eq!(
            decide(Some(&me), &command(Some(&me), Some(Role::Manager)), Role::Owner),
            Err(PersonRefusal::Oneself)
        );
        assert!(decide(Some(&me), &command(Some(&me), Some(Role::Owner)), Role::Owner).is_ok());
        let pin = SavePerson { pin: "2580".into(), ..command(Some(&me), Some(Role::Owner)) };
        assert_eq!(decide(Some(&me), &pin, Role::Owner), Err(PersonRefusal::OwnSecrets));
    }

    #[test]
    fn fields_and_versions_are_checked() {
        let pat = person(&[(HERE, Role::Associate)]);
        let stale = SavePerson { version: 2, ..command(Some(&pat), Some(Role::Associate)) };
        assert_eq!(decide(Some(&pat), &stale, Role::Owner), Err(PersonRefusal::Outdated));
        let bad = SavePerson {
            name: " ".into(),
            login: "a b".into(),
            pin: "1111".into(),
            password: "short".into(),
            ..command(None, None)
        };
        let Err(PersonRefusal::Fields(wrong)) = decide(None, &bad, Role::Owner) else { panic!() };
        let names: Vec<_> = wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(names, ["name", "login", "password", "pin", "roles"]);
    }
}
