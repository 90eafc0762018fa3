//! What is done with the books, and what is brought into them.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here};
use domain::attachment::{AttachFiles, AttachedTo, WithdrawAttachment};
use domain::event::AuditFilter;
use domain::ids::{AttachmentId, EntryId, ImportId, MappingId, RecurringId};
use domain::import::{
    DeleteMapping, GoodsPlan, ImportKind, ImportPlan, MappingContent, SaveMapping, StartImport, StonePlan,
};
use domain::ledger::{
    AccountKind, AskBalanceSheet, AskProfitAndLoss, ExportFormat, ExportLedger, LineFilter, LockPeriod,
    Period, PostDue, PostEntry, ReverseEntry, SaveAccount, SaveRecurring, TypedEntry, TypedLine,
    TypedRecurring, UnlockPeriod, code,
};
use domain::person::Permission as P;
use services::{Ctx, TableFile};
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
        all.extend(self.posting_by_hand(ctx).await);
        all.extend(self.locking_and_stating(ctx).await);
        all.extend(self.importing(ctx).await);
        all
    }

    async fn posting_by_hand(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let line = TypedLine { account: "1200".into(), store: store_id.to_string(), ..TypedLine::default() };
        let entry = TypedEntry { lines: vec![line.clone()], ..TypedEntry::default() };
        let post = PostEntry { command_id: command(), typed: entry, files: Vec::new() };
        let reverse = ReverseEntry {
            command_id: command(),
            entry: EntryId(Uuid::from_u128(6)),
            date: String::new(),
            reason: "test".into(),
        };
        let typed = TypedRecurring { lines: vec![line], ..TypedRecurring::default() };
        let monthly = SaveRecurring { command_id: command(), recurring_id: None, version: 0, typed };
        let due = PostDue {
            command_id: command(),
            recurring_id: RecurringId(Uuid::from_u128(7)),
            month: "2026-03-01".parse().unwrap(),
        };
        let to = AttachedTo::Entry(EntryId(Uuid::from_u128(6)));
        let attach = AttachFiles { command_id: command(), to, files: Vec::new() };
        let paper = AttachmentId(Uuid::from_u128(8));
        let withdraw =
            WithdrawAttachment { command_id: command(), attachment_id: paper, reason: "test".into() };
        vec![
            tried("entry_choices", Anywhere(P::PostJournal), services.entry_choices(ctx).await),
            tried("post_entry", Here(P::PostJournal), services.post_entry(ctx, post).await),
            tried("reverse_entry", Anywhere(P::PostJournal), services.reverse_entry(ctx, reverse).await),
            tried("recurring_entries", Anywhere(P::PostJournal), services.recurring_entries(ctx).await),
            tried("save_recurring", Here(P::PostJournal), services.save_recurring(ctx, monthly).await),
            tried("may_send_paper", Anywhere(P::PostJournal), services.may_send_paper(ctx)),
            tried(
                "take_paper_in",
                Anywhere(P::PostJournal),
                services.take_paper_in(ctx, "", Vec::new()).await,
            ),
            tried("attach_files", Anywhere(P::PostJournal), services.attach_files(ctx, attach).await),
            tried(
                "withdraw_attachment",
                Anywhere(P::PostJournal),
                services.withdraw_attachment(ctx, withdraw).await,
            ),
            tried("attachment", Anywhere(P::ViewLedger), services.attachment(ctx, paper).await),
            tried("post_due", Anywhere(P::PostJournal), services.post_due(ctx, due).await),
        ]
    }

    async fn locking_and_stating(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store) = (&self.services, Some(self.set_up.store_id));
        let legal_entity = services.config().unwrap().stores[0].store.legal_entity_id;
        let through = "never".to_owned();
        let lock = LockPeriod { command_id: command(), legal_entity, through: through.clone() };
        let unlock = UnlockPeriod { command_id: command(), legal_entity, through, reason: String::new() };
        let earned = AskProfitAndLoss { store, ..AskProfitAndLoss::default() };
        let sheet = AskBalanceSheet { store, ..AskBalanceSheet::default() };
        vec![
            tried("period_locks", Anywhere(P::ViewLedger), services.period_locks(ctx).await),
            tried("lock_period", Here(P::LockPeriod), services.lock_period(ctx, lock).await),
            tried("unlock_period", Here(P::UnlockPeriod), services.unlock_period(ctx, unlock).await),
            tried("profit_and_loss", Here(P::ViewLedger), services.profit_and_loss(ctx, earned).await),
            tried("balance_sheet", Here(P::ViewLedger), services.balance_sheet(ctx, sheet).await),
        ]
    }

    async fn importing(&self, ctx: &Ctx) -> Vec<Try> {
        let store_id = self.set_up.store_id;
        let folder = std::env::temp_dir().join(format!("parure-test-{}", command().0));
        let services = self.services.clone().keeping_files_in(folder).unwrap();
        let here = Ctx { store: store_id, ..ctx.clone() };
        let import = ImportId(Uuid::from_u128(4));
        let plan = || ImportPlan::from(StonePlan::default());
        let start = StartImport { command_id: command(), store_id, import_id: import, plan: plan() };
        // Somebody else's upload, for those who may not begin one.
        let manager = self.as_role(domain::person::Role::Manager);
        let upload = services.begin_upload(&manager, command()).unwrap();
        let file = TableFile::read("stones.csv", b"carat,price\n1.0,100\n").unwrap();
        let mapping_id = MappingId(Uuid::from_u128(5));
        let content = MappingContent { plan: GoodsPlan::default(), headers: Vec::new() };
        let save = SaveMapping {
            command_id: command(),
            mapping_id: None,
            name: format!("{}", command().0),
            content: Some(content),
        };
        let delete = DeleteMapping { command_id: command(), mapping_id };
        let needs = || Here(P::ImportItems);
        vec![
            tried("begin_upload", needs(), services.begin_upload(&here, command())),
            tried(
                "uploaded",
                needs(),
                services.uploaded(&here, &upload, "stones.csv", ImportKind::Stones).await,
            ),
            tried("import_view", needs(), services.import_view(&here).await),
            tried("import_state", needs(), services.import_state(&here)),
            tried("look_at_import", needs(), services.look_at_import(&here, import, plan()).await),
            tried("import_file", needs(), services.import_file(&here, &start, &file, |_| ()).await),
            tried("start_import", needs(), services.start_import(&here, start).await),
            tried("import_rejects", needs(), services.import_rejects(&here, import).await),
            tried("import_bad_rows", needs(), services.import_bad_rows(&here, import, 0, 10).await),
            tried("map_import", needs(), services.map_import(&here, import, mapping_id).await),
            tried("mapping_named", needs(), services.mapping_named(&here, "none", &file).await),
            tried("save_mapping", needs(), services.save_mapping(&here, save).await),
            tried("delete_mapping", needs(), services.delete_mapping(&here, delete).await),
            tried("discard_import", needs(), services.discard_import(&here, import)),
        ]
    }
}
