//! What is done with the books, and what is brought into them.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here};
use domain::event::AuditFilter;
use domain::ids::ImportId;
use domain::import::{StartImport, StonePlan};
use domain::ledger::{AccountKind, ExportFormat, ExportLedger, LineFilter, Period, SaveAccount, code};
use domain::person::Permission as P;
use services::{Ctx, StoneFile};
use uuid::Uuid;

impl Shop {
    pub async fn in_the_books(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let ledger = LineFilter { stores: vec![store_id], ..LineFilter::default() };
        let audit = AuditFilter { store: Some(store_id), limit: 1, ..AuditFilter::default() };
        let account = SaveAccount {
            command_id: command(),
            code: "none".into(),
            name: String::new(),
            kind: AccountKind::Expense,
            active: true,
            adding: true,
        };
        let export =
            ExportLedger { command_id: command(), format: ExportFormat::Csv, period: Period::default() };
        let mut all = vec![
            tried(
                "journal_lines",
                Here(P::ViewLedger),
                services.journal_lines(ctx, ledger.clone(), 0, 1).await,
            ),
            tried(
                "account_view",
                Here(P::ViewLedger),
                services.account_view(ctx, code::TILL_CASH, ledger.clone(), 0, 1).await,
            ),
            tried("today_in_stores", Anywhere(P::ViewLedger), services.today_in_stores(ctx).await),
            tried("trial_balance", Here(P::ViewLedger), services.trial_balance(ctx, ledger).await),
            tried("event", Here(P::ViewLedger), services.event(ctx, known.event).await),
            tried("accounts", Anywhere(P::ViewLedger), services.accounts(ctx).await),
            tried("verify_as", Here(P::ViewLedger), services.verify_as(ctx).await),
            tried("audit", Here(P::ViewAudit), services.audit(ctx, audit).await),
            tried("save_account", Anywhere(P::EditAccounts), services.save_account(ctx, account).await),
            tried(
                "export_ledger_as",
                Anywhere(P::ExportLedger),
                services.export_ledger_as(ctx, export).await,
            ),
        ];
        all.extend(self.importing_stones(ctx).await);
        all
    }

    async fn importing_stones(&self, ctx: &Ctx) -> Vec<Try> {
        let store_id = self.set_up.store_id;
        let folder = std::env::temp_dir().join(format!("parure-test-{}", command().0));
        let services = self.services.clone().keeping_files_in(folder).unwrap();
        let here = Ctx { store: store_id, ..ctx.clone() };
        let import = ImportId(Uuid::from_u128(4));
        let plan = StonePlan::default;
        let start = StartImport { command_id: command(), store_id, import_id: import, plan: plan() };
        // Somebody else's upload, for those who may not begin one.
        let manager = self.as_role(domain::person::Role::Manager);
        let upload = services.begin_upload(&manager, command()).unwrap();
        let file = StoneFile::read("stones.csv", b"carat,price\n1.0,100\n").unwrap();
        let needs = || Here(P::ImportItems);
        vec![
            tried("begin_upload", needs(), services.begin_upload(&here, command())),
            tried("uploaded", needs(), services.uploaded(&here, &upload, "stones.csv").await),
            tried("import_view", needs(), services.import_view(&here)),
            tried("import_state", needs(), services.import_state(&here)),
            tried("look_at_import", needs(), services.look_at_import(&here, import, plan())),
            tried("import_stones", needs(), services.import_stones(&here, &start, &file, |_| ()).await),
            tried("start_import", needs(), services.start_import(&here, start)),
            tried("import_rejects", needs(), services.import_rejects(&here, import).await),
            tried("discard_import", needs(), services.discard_import(&here, import)),
        ]
    }
}
