//! What happened. One immutable event per accepted command: it is the audit trail and it is what
//! the journal, the stock moves and the documents hang on.

use crate::codes;
use crate::ids::{ApprovalId, DeviceId, EventId, PersonId, StoreId, TillId, TillSessionId};
use crate::item::{ItemMove, LotMove};
use crate::ledger::BalancedEntry;
use crate::moment::Moment;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    pub enum EventKind("event") {
        StoreSetUp = "store_set_up", "Store set up";
        SettingsChanged = "settings_changed", "Settings changed";
        PersonSaved = "person_saved", "Person saved";
        AccountSaved = "account_saved", "Account saved";
        TillPaired = "till_paired", "Browser paired with till";
        SignedIn = "signed_in", "Signed in";
        SignedOut = "signed_out", "Signed out";
        SignedOutEverywhere = "signed_out_everywhere", "Signed out everywhere";
        SignInRefused = "sign_in_refused", "Sign-in refused";
        ApprovalAsked = "approval_asked", "Approval asked for";
        ApprovalGiven = "approval_given", "Approval given";
        ApprovalRefused = "approval_refused", "Approval refused";
        ApprovalWithdrawn = "approval_withdrawn", "Asking for approval withdrawn";
        CustomerSaved = "customer_saved", "Customer saved";
        CustomerNoted = "customer_noted", "Note about a customer";
        HouseholdChanged = "household_changed", "Household changed";
        CustomersMerged = "customers_merged", "Customers merged";
        MergeUndone = "merge_undone", "Merge of customers undone";
        DuplicateSettled = "duplicate_settled", "Two customers kept apart";
        PrivateViewed = "private_viewed", "Private data looked at";
        ItemReceived = "item_received", "Piece received";
        ItemEdited = "item_edited", "Piece edited";
        ItemSetAside = "item_set_aside", "Piece set aside";
        ItemsChanged = "items_changed", "Many pieces changed";
        LotReceived = "lot_received", "Goods received";
        LotCounted = "lot_counted", "Goods counted";
        StyleSaved = "style_saved", "Style saved";
        VendorSaved = "vendor_saved", "Vendor saved";
        OrderSaved = "order_saved", "Order drafted";
        OrderPlaced = "order_placed", "Order placed";
        OrderChanged = "order_changed", "Placed order changed";
        OrderClosedShort = "order_closed_short", "Order closed short";
        OrderCancelled = "order_cancelled", "Order cancelled";
        GoodsReceived = "goods_received", "Delivery received";
        BillEntered = "bill_entered", "Vendor's bill";
        BillsPaid = "bills_paid", "Vendor paid";
        GoodsSentBack = "goods_sent_back", "Goods sent back to vendor";
        CreditReceived = "credit_received", "Credit from vendor";
        ReturnRefused = "return_refused", "Return refused by vendor";
        ItemReturnedToCase = "item_returned_to_case", "Piece back in the case";
        PhotoAdded = "photo_added", "Photo added";
        PhotosArranged = "photos_arranged", "Photos put in order";
        ImportUploaded = "import_uploaded", "File to import uploaded";
        ImportStarted = "import_started", "Import started";
        ItemsImported = "items_imported", "Pieces imported";
        ImportFinished = "import_finished", "Import finished";
        MappingSaved = "mapping_saved", "Mapping of a file saved";
        MappingDeleted = "mapping_deleted", "Mapping of a file deleted";
        TillOpened = "till_opened", "Till opened";
        CashPaidIn = "cash_paid_in", "Cash paid in";
        CashPaidOut = "cash_paid_out", "Cash paid out";
        DrawerOpened = "drawer_opened", "Drawer opened without a sale";
        CashDropped = "cash_dropped", "Cash dropped in the safe";
        TillClosed = "till_closed", "Till counted and closed";
        DayClosed = "day_closed", "Store day closed";
        SafeDeposited = "safe_deposited", "Safe deposited in the bank";
        SaleCompleted = "sale_completed", "Sale";
        GiftSecretSet = "gift_secret_set", "Gift secret";
        SaleVoided = "sale_voided", "Sale voided";
        LedgerExported = "ledger_exported", "Ledger exported";
        TicketParked = "ticket_parked", "Ticket parked";
        TicketOpened = "ticket_opened", "Parked ticket opened";
        TicketThrownAway = "ticket_thrown_away", "Parked ticket thrown away";
        PieceReleased = "piece_released", "Held piece released";
        LineVoided = "line_voided", "Line taken off a ticket";
        EntryPosted = "entry_posted", "Entry posted by hand";
        EntryReversed = "entry_reversed", "Entry by hand reversed";
        FilesAttached = "files_attached", "Files attached";
        FileWithdrawn = "file_withdrawn", "Attached file withdrawn";
        RecurringSaved = "recurring_saved", "Recurring entry saved";
        PeriodLocked = "period_locked", "Period locked";
        PeriodUnlocked = "period_unlocked", "Period unlocked";
        HouseAccountSaved = "house_account_saved", "House account saved";
        InvoiceIssued = "invoice_issued", "Invoice";
        PaymentReceived = "payment_received", "Payment on account";
        CreditApplied = "credit_applied", "Credit applied";
        CreditUnapplied = "credit_unapplied", "Credit taken off invoices";
        CreditRefunded = "credit_refunded", "Credit refunded";
        CreditMemoIssued = "credit_memo_issued", "Credit memo";
        /// A credit memo or a write-off that should not have been.
        CreditReversed = "credit_reversed", "Credit taken back";
        CheckReturned = "check_returned", "Check returned by the bank";
        WrittenOff = "written_off", "Written off";
        WriteOffRecovered = "write_off_recovered", "Written-off debt recovered";
        FinanceChargesAssessed = "finance_charges_assessed", "Finance charges";
        CollectionNoted = "collection_noted", "Note about collecting";
        PromiseMade = "promise_made", "Promise to pay";
        PromiseWithdrawn = "promise_withdrawn", "Promise to pay withdrawn";
        DisputeOpened = "dispute_opened", "Dispute opened";
        DisputeSettled = "dispute_settled", "Dispute settled";
        RemindersPaused = "reminders_paused", "Reminders paused";
        CollectorAssigned = "collector_assigned", "Account assigned";
        CardsSettled = "cards_settled", "Card payments settled";
        CardBatchUndone = "card_batch_undone", "Card batch undone";
    }
}

codes! {
    /// What kind of record an event is about.
    pub enum SubjectKind("subject") {
        Organization = "organization", "Organization";
        Store = "store", "Store";
        Person = "person", "Person";
        Account = "account", "Account";
        Till = "till", "Till";
        TillSession = "till_session", "Till session";
        Customer = "customer", "Customer";
        Item = "item", "Piece";
        Style = "style", "Style";
        Vendor = "vendor", "Vendor";
        PurchaseOrder = "purchase_order", "Purchase order";
        GoodsReceipt = "goods_receipt", "Delivery";
        Bill = "bill", "Vendor's bill";
        VendorReturn = "vendor_return", "Return to vendor";
        Sale = "sale", "Sale";
        Approval = "approval", "Approval";
        Import = "import", "Import";
        ImportMapping = "import_mapping", "Mapping of a file";
        ParkedTicket = "parked_ticket", "Parked ticket";
        LegalEntity = "legal_entity", "Company";
        JournalEntry = "journal_entry", "Journal entry";
        RecurringEntry = "recurring_entry", "Recurring entry";
        Invoice = "invoice", "Invoice";
        CustomerCredit = "customer_credit", "Customer's credit";
        CardBatch = "card_batch", "Card batch";
    }
}

/// Who does something, and where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub actor: PersonId,
    pub store: StoreId,
    pub till: Option<TillId>,
    pub session: Option<TillSessionId>,
    pub device: Option<DeviceId>,
}

/// One business event, with what it changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    pub kind: EventKind,
    pub moment: Moment,
    pub origin: Origin,
    pub approver: Option<PersonId>,
    pub subject: SubjectKind,
    pub subject_id: Uuid,
    /// A sentence for the audit trail.
    pub summary: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

impl Event {
    /// An event that nobody had to approve, without the state before and after.
    pub fn about(
        id: EventId,
        kind: EventKind,
        (subject, subject_id): (SubjectKind, Uuid),
        summary: impl Into<String>,
        moment: Moment,
        origin: Origin,
    ) -> Self {
        let summary = summary.into();
        Self {
            id,
            kind,
            moment,
            origin,
            approver: None,
            subject,
            subject_id,
            summary,
            before: None,
            after: None,
        }
    }
}

/// Everything that every accepted command may write besides its own documents. It is written
/// whole or not at all.
#[derive(Debug, Clone)]
pub struct Record {
    pub event: Event,
    pub entries: Vec<BalancedEntry>,
    pub moves: Vec<ItemMove>,
    /// Steps of goods that are alike.
    pub lots: Vec<LotMove>,
    /// Approvals that this event uses up.
    pub approvals: Vec<ApprovalId>,
}

impl Record {
    /// An event that moves no money and no piece.
    #[must_use]
    pub const fn of(event: Event) -> Self {
        Self { event, entries: Vec::new(), moves: Vec::new(), lots: Vec::new(), approvals: Vec::new() }
    }
}

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditLine {
    pub id: EventId,
    pub kind: EventKind,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub recorded_at: DateTime<FixedOffset>,
    pub actor: Option<String>,
    pub approver: Option<String>,
    pub store: StoreId,
    /// The till's name, for what was done on one.
    pub till: Option<String>,
    pub subject: SubjectKind,
    pub subject_id: Uuid,
    pub summary: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

/// A page of the audit trail of one store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditTrail {
    pub lines: Vec<AuditLine>,
    pub store: StoreId,
    /// The stores whose trail the person may see.
    pub stores: Vec<(StoreId, String)>,
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    pub store: Option<StoreId>,
    pub subject: Option<Uuid>,
    pub actor: Option<PersonId>,
    /// Only what happened before this event: the next page.
    pub before: Option<EventId>,
    pub limit: u64,
}
