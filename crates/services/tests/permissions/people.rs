//! What is done about people, tills and the settings.

use super::{Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here, Nothing};
use domain::ids::PersonId;
use domain::person::{ChangeSecrets, Permission as P, Role, SavePerson};
use domain::settings::{SaveSettings, SettingsEdit, TypedCredit, TypedLimits, TypedReceipt};
use services::Ctx;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Shop {
    pub async fn about_people(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let version = services.config().unwrap().version;
        let settings = |edit| SaveSettings { command_id: command(), version, edit };
        let limits = settings(SettingsEdit::Limits { store_id, typed: TypedLimits::default() });
        let credit = settings(SettingsEdit::Credit { store_id, typed: TypedCredit::default() });
        let receipt = settings(SettingsEdit::Receipt { store_id, typed: TypedReceipt::default() });
        let company = settings(SettingsEdit::Organization { name: String::new(), fiscal_year: None });
        let person = SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: String::new(),
            login: String::new(),
            active: true,
            roles: BTreeMap::from([(store_id, Some(Role::Associate))]),
            password: String::new(),
            pin: String::new(),
        };
        let own = ChangeSecrets {
            command_id: command(),
            current_password: String::new(),
            password: String::new(),
            pin: String::new(),
        };
        let somebody = PersonId(Uuid::from_u128(5));
        vec![
            tried("settings", Anywhere(P::EditSettings), services.settings(ctx)),
            tried("save_settings", Here(P::EditSettings), services.save_settings(ctx, receipt).await),
            tried("save_settings", Here(P::EditOrganization), services.save_settings(ctx, limits).await),
            tried("save_settings", Here(P::EditOrganization), services.save_settings(ctx, credit).await),
            tried("save_settings", Anywhere(P::EditOrganization), services.save_settings(ctx, company).await),
            tried("stores_with", Anywhere(P::EditSettings), services.stores_with(ctx, P::EditSettings)),
            tried("paired_tills", Anywhere(P::PairTill), services.paired_tills(ctx).await),
            tried(
                "create_pairing",
                Here(P::PairTill),
                services.create_pairing(ctx, self.set_up.till_id).await,
            ),
            tried("people", Anywhere(P::EditPeople), services.people(ctx).await),
            tried("save_person", Here(P::EditPeople), services.save_person(ctx, person).await),
            tried(
                "sign_out_everywhere",
                Anywhere(P::EditPeople),
                services.sign_out_everywhere(ctx, somebody).await,
            ),
            tried("change_own_secrets", Nothing, services.change_own_secrets(ctx, None, own).await),
        ]
    }
}
