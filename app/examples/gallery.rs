//! The design system on one page: every component, every drawing, and the classes of each kind of screen
//! as static markup to copy from.
//!
//! ```text
//! cargo run -p app --example gallery --features ssr -- app/style/main.css > gallery.html
//! cargo run -p app --example gallery --features ssr -- app/style/main.css register dark > register.html
//! ```
//! The first argument is the address of the style sheet as the page shall link to it; the second one
//! screen alone (`components`, `drawings`, `register`, `tender`, `done`, `list`, `detail`, `form`,
//! `sign-in`, `receipt`), at the size of the window as a person sees it; the third `light` or `dark`.
//! Nothing moves in it: it is rendered once and has no scripts.

use app::ui::*;
use domain::item::{
    CaratMilli, ItemKind, ItemStatus, Karat, Metal, PieceDetails, Stone, StoneKind, StoneOrigin, StoneShape,
    describe,
};
use domain::money::Money;
use leptos::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let style = arguments.next().unwrap_or_else(|| "app/style/main.css".to_owned());
    let screen = arguments.next().unwrap_or_else(|| "all".to_owned());
    let theme = arguments.next();
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <html lang="en" data-theme=theme>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>"The look of Parure"</title>
                    <link rel="stylesheet" href=style/>
                </head>
                <body>{show(&screen)}</body>
            </html>
        }
        .to_html()
    });
    println!("<!DOCTYPE html>{html}");
}

fn show(screen: &str) -> AnyView {
    match screen {
        "components" => bare(components()),
        "drawings" => bare(drawings()),
        "register" => framed(0, register(ticket().into_any())),
        "tender" => framed(0, tender()),
        "done" => framed(0, done()),
        "list" => framed(3, list()),
        "detail" => framed(3, detail()),
        "form" => framed(1, form()),
        "sign-in" => sign_in(),
        "receipt" => bare(receipts()),
        _ => [
            components(),
            drawings(),
            sign_in(),
            receipts(),
            framed(3, list()),
            framed(3, detail()),
            framed(1, form()),
            framed(0, register(ticket().into_any())),
        ]
        .collect_view()
        .into_any(),
    }
}

/// A page without the frame.
fn bare(content: AnyView) -> AnyView {
    view! { <main>{content}</main> }.into_any()
}

fn cents(minor: i64) -> Money {
    Money::from_minor(minor)
}

fn stone(kind: StoneKind, shape: StoneShape, milli: i64, count: i64) -> Stone {
    Stone { kind, shape, count, carat: Some(CaratMilli(milli)), ..Stone::default() }
}

fn piece(kind: ItemKind, metal: Metal, stones: Vec<Stone>) -> PieceDetails {
    let karat = metal.is_gold().then_some(Karat::K14);
    PieceDetails { kind, metal: Some(metal), karat, stones, ..PieceDetails::default() }
}

/// What lies in the case: tag, piece, price, status.
fn case() -> Vec<(&'static str, PieceDetails, i64, ItemStatus)> {
    use ItemKind as K;
    use Metal as M;
    use StoneKind as S;
    use StoneShape as C;
    let lab = |stone: Stone| Stone {
        origin: Some(StoneOrigin::LabGrown),
        color: Some("F".into()),
        clarity: Some("VS1".into()),
        ..stone
    };
    let natural = |stone: Stone| Stone { origin: Some(StoneOrigin::Natural), ..stone };
    vec![
        (
            "R-10417",
            piece(
                K::Ring,
                M::Platinum,
                vec![lab(stone(S::Diamond, C::Round, 1_020, 1)), lab(stone(S::Diamond, C::Round, 240, 14))],
            ),
            535_000,
            ItemStatus::InStock,
        ),
        (
            "R-10420",
            piece(
                K::Ring,
                M::YellowGold,
                vec![stone(S::Sapphire, C::Oval, 2_140, 1), natural(stone(S::Diamond, C::Round, 300, 6))],
            ),
            428_500,
            ItemStatus::InStock,
        ),
        (
            "P-2203",
            piece(
                K::Pendant,
                M::RoseGold,
                vec![stone(S::Morganite, C::Pear, 2_600, 1), natural(stone(S::Diamond, C::Round, 90, 1))],
            ),
            118_000,
            ItemStatus::Layaway,
        ),
        (
            "E-0871",
            piece(K::Earrings, M::WhiteGold, vec![stone(S::Emerald, C::EmeraldCut, 1_800, 2)]),
            289_000,
            ItemStatus::InStock,
        ),
        (
            "B-0034",
            piece(K::Bracelet, M::WhiteGold, vec![lab(stone(S::Diamond, C::Round, 5_000, 48))]),
            749_500,
            ItemStatus::MemoOut,
        ),
        ("R-10388", piece(K::Band, M::TwoToneGold, vec![]), 98_000, ItemStatus::InStock),
        (
            "N-0112",
            piece(K::Necklace, M::YellowGold, vec![stone(S::Pearl, C::Round, 1_000, 45)]),
            164_000,
            ItemStatus::Reserved,
        ),
        ("W-0007", piece(K::Watch, M::Steel, vec![]), 312_000, ItemStatus::InStock),
        (
            "R-10431",
            piece(
                K::Ring,
                M::WhiteGold,
                vec![stone(S::Ruby, C::Cushion, 1_500, 1), natural(stone(S::Diamond, C::Princess, 600, 2))],
            ),
            612_000,
            ItemStatus::InStock,
        ),
        ("C-0502", piece(K::Chain, M::YellowGold, vec![]), 74_000, ItemStatus::Sold),
        (
            "L-0090",
            piece(K::LooseStone, M::Platinum, vec![stone(S::Tanzanite, C::Oval, 3_210, 1)]),
            204_000,
            ItemStatus::InStock,
        ),
        (
            "O-0011",
            piece(
                K::Brooch,
                M::YellowGold,
                vec![stone(S::Opal, C::Oval, 2_000, 1), natural(stone(S::Diamond, C::Round, 160, 8))],
            ),
            132_000,
            ItemStatus::AtBench,
        ),
    ]
}

fn nav(current: usize) -> Vec<NavItem> {
    [
        ("/register", "Register", IconName::Register),
        ("/customers", "Customers", IconName::Customers),
        ("/sales", "Sales", IconName::Receipt),
        ("/inventory", "Inventory", IconName::Inventory),
        ("/till", "Till", IconName::Till),
        ("/ledger", "Ledger", IconName::Ledger),
        ("/settings", "Settings", IconName::Settings),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, (href, label, icon))| NavItem {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        current: at == current,
        count: (label == "Till").then_some(1),
        counted: "waiting",
    })
    .collect()
}

fn framed(current: usize, content: AnyView) -> AnyView {
    let bottom: Vec<NavItem> = nav(current).into_iter().take(4).collect();
    let bottom = bottom
        .into_iter()
        .chain([NavItem {
            href: "/more".into(),
            label: "More".into(),
            icon: IconName::Menu,
            current: false,
            count: None,
            counted: "",
        }])
        .collect::<Vec<_>>();
    view! {
        <Frame
            rail=nav(current)
            bottom=bottom
            top=|| view! {
                <TopBar store="Halloran Jewelers, Main Street" till="Till 1" associate="Rosa Delgado" connection=Connection::Online>
                    <FindField label="Find a customer, piece or receipt" value=RwSignal::new(String::new()) shortcut="Ctrl K"/>
                </TopBar>
            }
            banner=|| view! { <Banner icon=IconName::Info>"Demo store: nothing here is real."</Banner> }
        >
            {content}
        </Frame>
    }
    .into_any()
}

fn pieces_found() -> impl IntoView {
    case()
        .into_iter()
        .enumerate()
        .map(|(at, (tag, details, price, status))| {
            let name = describe(&details);
            view! {
                <li>
                    <button type="button" class="piece-card" class:piece-gone=status == ItemStatus::Sold aria-pressed=(at == 1).then_some("true")>
                        <span class="piece-picture"><Drawing details=details decorative=true/></span>
                        <span class="piece-words">
                            <span class="piece-meta"><span class="code">{tag}</span> "Case 2"</span>
                            <span class="piece-name">{name}</span>
                        </span>
                        <span class="piece-foot">
                            <span class="piece-price"><Amount value=cents(price)/></span>
                            <StatusBadge status=status/>
                        </span>
                    </button>
                </li>
            }
        })
        .collect_view()
}

fn register(ticket: AnyView) -> AnyView {
    view! {
        <h1 class="unseen">"Register"</h1>
        <div class="register">
            <section class="register-find" aria-label="Pieces">
                <FindField label="Scan a tag or type what you look for" value=RwSignal::new(String::new()) large=true/>
                <div class="filters" role="group" aria-label="Kinds">
                    <button type="button" class="chip" aria-pressed="true">"All"</button>
                    {["Rings", "Bands", "Pendants", "Earrings", "Watches"]
                        .map(|word| view! { <button type="button" class="chip" aria-pressed="false">{word}</button> })
                        .collect_view()}
                </div>
                <ul class="piece-grid">{pieces_found()}</ul>
            </section>
            <a class="ticket-peek" href="#ticket"><span>"Ticket, 3 lines"</span><span>"5,794.69"</span></a>
            {ticket}
        </div>
    }
    .into_any()
}

fn ticket() -> impl IntoView {
    let lines = case()
        .into_iter()
        .skip(1)
        .take(2)
        .map(|(tag, details, price, _)| {
            let name = describe(&details);
            view! {
                <li class="ticket-line">
                    <Drawing details=details size=DrawingSize::Row decorative=true/>
                    <div class="ticket-line-words">
                        <span class="ticket-line-name">{name}</span>
                        <span class="soft small"><span class="code">{tag}</span> ", 14k, size 6 1/2"</span>
                    </div>
                    <Amount value=cents(price)/>
                    <div class="ticket-line-actions">
                        <Button label="Discount" kind=ButtonKind::Quiet icon=IconName::Percent/>
                        <Button label="Remove" kind=ButtonKind::Quiet icon=IconName::Close/>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="ticket" id="ticket" aria-label="Ticket">
            <header class="ticket-head">
                <button type="button" class="ticket-customer ticket-customer-known">
                    <span class="initials" aria-hidden="true">"MO"</span>
                    <span class="ticket-customer-words">
                        <strong>"Maeve Okafor"</strong>
                        <span class="soft small">"Store credit 120.00"</span>
                    </span>
                </button>
                <div class="ticket-warnings">
                    <Badge tone=Tone::Due icon=IconName::Warning label="Resale certificate expired"/>
                </div>
            </header>
            <ol class="ticket-lines">
                {lines}
                <li class="ticket-line">
                    <Icon name=IconName::Tag large=true/>
                    <div class="ticket-line-words">
                        <span class="ticket-line-name">"Ring sizing, two sizes up"</span>
                        <span class="soft small">"Service, not taxed"</span>
                    </div>
                    <Amount value=cents(6_500)/>
                    <div class="ticket-line-actions">
                        <Button label="Discount" kind=ButtonKind::Quiet icon=IconName::Percent/>
                        <Button label="Remove" kind=ButtonKind::Quiet icon=IconName::Close/>
                    </div>
                </li>
            </ol>
            <div class="ticket-foot">
                <div class="ticket-tools">
                    <Button label="Discount"/>
                    <Button label="Trade-in"/>
                    <Button label="Hold"/>
                </div>
                {totals()}
                <button type="button" class="button button-primary button-large tender-button">
                    <span>"Take payment"</span>
                    <span>"5,794.69"</span>
                </button>
            </div>
        </section>
    }
}

fn totals() -> impl IntoView {
    let row = |name: &'static str, minor: i64| {
        view! { <div class="totals-row"><dt>{name}</dt><dd><Amount value=cents(minor)/></dd></div> }
    };
    view! {
        <dl class="totals">
            {row("Subtotal", 553_000)}
            {row("Discount", -20_000)}
            {row("Sales tax 8.875 %", 46_469)}
            <div class="totals-row totals-due"><dt>"Total"</dt><dd><Amount value=cents(579_469)/></dd></div>
        </dl>
    }
}

fn tender() -> AnyView {
    let kinds = [
        (IconName::Cash, "Cash", true),
        (IconName::Card, "Card", false),
        (IconName::CheckTender, "Check", false),
        (IconName::StoredValue, "Store credit", false),
        (IconName::StoredValue, "Gift card", false),
    ]
    .map(|(icon, word, chosen)| {
        view! {
            <button type="button" class="tender-kind" aria-pressed=chosen.to_string()>
                <Icon name=icon/>
                <span>{word}</span>
            </button>
        }
    })
    .collect_view();
    let no_key = Callback::new(|_: Key| ());
    view! {
        <h1 class="unseen">"Register"</h1>
        <div class="register register-tendering">
            <section class="tender" aria-label="Payment">
                <header class="tender-head">
                    <div class="tender-left">
                        <span class="tender-left-name">"Left to pay"</span>
                        <Amount value=cents(79_469) size=AmountSize::Huge/>
                    </div>
                    <Button label="Back to the ticket" kind=ButtonKind::Quiet icon=IconName::Back/>
                </header>
                <div class="tender-body">
                    <div class="stack">
                        <div class="tender-kinds" role="group" aria-label="How it is paid">{kinds}</div>
                        <ul class="tender-list" aria-label="Entered">
                            <li class="tender-item">
                                <Icon name=IconName::Card/>
                                <span>"Card " <span class="code soft">"004217"</span></span>
                                <Amount value=cents(500_000)/>
                                <Button label="Remove" kind=ButtonKind::Quiet icon=IconName::Close icon_only=true/>
                            </li>
                        </ul>
                    </div>
                    <div class="tender-entry">
                        <output class="keypad-display" aria-label="Handed over">"800.00"</output>
                        <div class="quick-cash" role="group" aria-label="Quick cash">
                            <Button label="794.69"/>
                            <Button label="795"/>
                            <Button label="800"/>
                        </div>
                        <Keypad on_key=no_key/>
                    </div>
                </div>
                <footer class="tender-foot">
                    <div class="tender-change">
                        <span>"Change due"</span>
                        <Amount value=cents(531) size=AmountSize::Large/>
                    </div>
                    <Button label="Complete sale" kind=ButtonKind::Primary size=ButtonSize::Large wide=true/>
                </footer>
            </section>
            {ticket()}
        </div>
    }
    .into_any()
}

fn done() -> AnyView {
    view! {
        <h1 class="unseen">"Register"</h1>
        <div class="register register-tendering">
            <section class="done" aria-label="Sale recorded">
                <span class="done-mark"><Icon name=IconName::Check large=true/></span>
                <div class="done-change">
                    <span class="soft">"Change due"</span>
                    <Amount value=cents(531) size=AmountSize::Huge/>
                    <p class="soft">"Recorded as " <span class="code">"S1-T1-000412"</span></p>
                </div>
                <div class="done-receipt" role="group" aria-label="Receipt">
                    <Button label="Print" icon=IconName::Print/>
                    <Button label="E-mail" icon=IconName::Mail/>
                    <Button label="No receipt"/>
                </div>
                <Button label="Next sale" kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Plus wide=true/>
            </section>
            {ticket()}
        </div>
    }
    .into_any()
}

fn list() -> AnyView {
    let rows = case()
        .into_iter()
        .map(|(tag, details, price, status)| {
            let name = describe(&details);
            view! {
                <tr class="row-opens">
                    <td class="cell-drawing"><Drawing details=details size=DrawingSize::Row decorative=true/></td>
                    <td class="cell-main"><a href="#piece">{name}</a><span class="cell-sub code">{tag}</span></td>
                    <td data-label="Where">"Case 2"</td>
                    <td data-label="Status"><StatusBadge status=status/></td>
                    <td data-label="Cost" class="amount"><Amount value=cents(price / 5 * 2)/></td>
                    <td data-label="Price" class="amount"><Amount value=cents(price)/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Page
            title="Inventory"
            lead="1,284 pieces, 412 of them rings"
            actions=|| view! {
                <LinkButton href="#csv" label="CSV" icon=IconName::Download/>
                <LinkButton href="#import" label="Import" icon=IconName::Upload/>
                <LinkButton href="#new" label="Add piece" kind=ButtonKind::Primary icon=IconName::Plus/>
            }
        >
            <div class="figures">
                <FigureCard name="In the case" value="1,102" note="at cost 642,180.00"/>
                <FigureCard name="On layaway" value="38" note="61,245.50 still to come"/>
                <FigureCard name="Out on memo" value="12" note="2 are back this week" href="#memo"/>
                <FigureCard name="Missing" value="1" note="since the count of May 4" href="#missing"/>
            </div>
            <div class="list-tools">
                <FindField label="Tag, words or serial" value=RwSignal::new("diamond".to_owned()) action="/inventory"/>
                <div class="filters">
                    <a class="chip" href="#all" aria-current="true">"All"</a>
                    <a class="chip" href="#case">"In the case"</a>
                    <a class="chip" href="#held">"Held"</a>
                    <a class="chip" href="#sold">"Sold"</a>
                </div>
            </div>
            <Table label="Pieces">
                <thead>
                    <tr>
                        <th class="cell-drawing"><span class="unseen">"Picture"</span></th>
                        <th aria-sort="ascending"><a class="sort" href="#sort">"Piece" <Icon name=IconName::Sort/></a></th>
                        <th>"Where"</th>
                        <th>"Status"</th>
                        <th class="amount">"Cost"</th>
                        <th class="amount">"Price"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <td></td>
                        <td>"12 of 1,284 pieces"</td>
                        <td></td>
                        <td></td>
                        <td data-label="Cost" class="amount"><Amount value=cents(1_488_400)/></td>
                        <td data-label="Price" class="amount"><Amount value=cents(3_721_000)/></td>
                    </tr>
                </tfoot>
            </Table>
            <nav class="paging" aria-label="Pages">
                <span>"1 to 12 of 1,284"</span>
                <div class="row">
                    <Button label="Previous" icon=IconName::Back disabled=true/>
                    <LinkButton href="#next" label="Next" icon=IconName::Forward/>
                </div>
            </nav>
        </Page>
    }
    .into_any()
}

fn detail() -> AnyView {
    let (tag, details, price, status) = case().swap_remove(0);
    let name = describe(&details);
    let fact = |name: &'static str, value: &'static str| {
        view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let entry = |icon, what: &'static str, who: &'static str, minor: i64| {
        view! {
            <li class="history-entry">
                <Icon name=icon/>
                <div><div>{what}</div><div class="soft small">{who}</div></div>
                <Amount value=cents(minor)/>
            </li>
        }
    };
    view! {
        <Page
            title=tag
            lead=name
            back=("/inventory".to_owned(), "Inventory".to_owned())
            actions=|| view! {
                <Button label="Print tag" icon=IconName::Print/>
                <Button label="Edit" icon=IconName::Edit/>
                <Button label="Sell" kind=ButtonKind::Primary icon=IconName::Register/>
            }
        >
            <div class="detail">
                <div class="stack">
                    <div class="detail-picture"><Drawing details=details size=DrawingSize::Page/></div>
                    <Barcode value=tag/>
                </div>
                <div class="stack">
                    <Card>
                        <div class="stack">
                            <div class="row row-spread">
                                <Amount value=cents(price) size=AmountSize::Huge/>
                                <StatusBadge status=status/>
                            </div>
                            <dl class="facts">
                                {fact("Metal", "Platinum 950")}
                                {fact("Ring size", "6 1/2")}
                                {fact("Weight", "5.42 g")}
                                {fact("Center stone", "1.02 ct round, laboratory-grown, F VS1")}
                                {fact("Report", "IGI 588210934")}
                                {fact("Where", "Case 2, tray C")}
                            </dl>
                        </div>
                    </Card>
                    <Card title="What happened">
                        <ol class="history">
                            {entry(IconName::Edit, "Price changed from 5,600.00", "Rosa Delgado, May 12, 10:41", 535_000)}
                            {entry(IconName::Back, "Returned from memo", "Tomás Reyes, April 30, 16:05", 0)}
                            {entry(IconName::Download, "Received from Lindqvist & Sons", "Tomás Reyes, March 2, 09:12", -214_000)}
                        </ol>
                    </Card>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

fn form() -> AnyView {
    let text = |value: &str| RwSignal::new(value.to_owned());
    view! {
        <Page title="Add customer" back=("/customers".to_owned(), "Customers".to_owned())>
            <form class="form" method="post">
                <Notice kind=NoticeKind::Error title="Two fields need another look">
                    "Nothing was saved yet; what you typed is still here."
                </Notice>
                <fieldset class="form-group">
                    <legend>"Name"</legend>
                    <div class="form-row">
                        <Field name="first_name" label="First name" value=text("Maeve") autocomplete="given-name"/>
                        <Field name="last_name" label="Last name" value=text("") required=true error="enter a name"/>
                    </div>
                    <Field name="company" label="Company" value=text("") optional=true/>
                </fieldset>
                <fieldset class="form-group">
                    <legend>"How to reach her"</legend>
                    <div class="form-row">
                        <Field name="phone" label="Phone" kind="tel" value=text("(718) 555-0142") hint="Used for pickup messages, never for advertising"/>
                        <Field name="email" label="E-mail" kind="email" value=text("maeve@") error="this is not an e-mail address"/>
                    </div>
                    <CheckField name="messages" label="May we send text messages about orders and repairs" value=RwSignal::new(true)/>
                </fieldset>
                <fieldset class="form-group">
                    <legend>"Terms"</legend>
                    <div class="form-row">
                        <SelectField
                            name="taxability"
                            label="Sales tax"
                            value=text("taxed")
                            choices=vec![Choice::new("taxed", "Taxed"), Choice::new("exempt", "Exempt, certificate on file")]
                        />
                        <Field name="limit" label="Credit limit" amount=true value=text("2,500.00") disabled=true hint="Set by a manager"/>
                    </div>
                    <TextAreaField name="note" label="Note" value=text("") optional=true/>
                </fieldset>
                <div class="form-actions">
                    <LinkButton href="/customers" label="Cancel" kind=ButtonKind::Quiet/>
                    <Button label="Save customer" kind=ButtonKind::Primary submit=true/>
                </div>
            </form>
        </Page>
    }
    .into_any()
}

fn sign_in() -> AnyView {
    let people = [
        ("RD", "Rosa Delgado", true),
        ("TR", "Tomás Reyes", false),
        ("IK", "Ingrid Kaur", false),
        ("JB", "Joel Baptiste", false),
    ]
    .map(|(short, name, chosen)| {
        view! {
            <button type="button" class="person" aria-pressed=chosen.to_string()>
                <span class="initials" aria-hidden="true">{short}</span>
                <span>{name}</span>
            </button>
        }
    })
    .collect_view();
    let no_key = Callback::new(|_: Key| ());
    view! {
        <main class="sign-in">
            <div class="sign-in-brand">
                <BrandMark/>
                <h1>"Halloran Jewelers"</h1>
                <p class="soft">"Main Street, Till 1"</p>
            </div>
            <section class="sign-in-card" aria-label="Sign in">
                <div class="people" role="group" aria-label="Who are you">{people}</div>
                <PinDots typed=2_usize/>
                <Keypad kind=KeypadKind::Pin on_key=no_key/>
                <LinkButton href="/sign-in" label="Sign in with a password" kind=ButtonKind::Quiet wide=true/>
            </section>
        </main>
    }
    .into_any()
}

fn receipt() -> impl IntoView {
    let line = |name: &'static str, sub: &'static str, minor: i64| {
        view! {
            <tr>
                <td>{name}<span class="receipt-sub">{sub}</span></td>
                <td class="amount"><Amount value=cents(minor)/></td>
            </tr>
        }
    };
    view! {
        <article class="receipt print-area" aria-label="Receipt">
            <header class="receipt-head">
                <span class="receipt-store">"Halloran Jewelers"</span>
                <span>"118 Main Street, Kingston NY 12401"</span>
                <span>"(845) 555-0119"</span>
            </header>
            <div class="receipt-about">
                <span>"S1-T1-000412"</span>
                <span>"May 14, 2026, 15:42"</span>
                <span>"Served by Rosa"</span>
                <span>"Till 1"</span>
            </div>
            <table class="receipt-lines">
                <tbody>
                    {line("14k yellow gold ring, 2.14 ct oval sapphire", "R-10420", 428_500)}
                    {line("14k rose gold pendant, 2.60 ct pear morganite", "P-2203", 118_000)}
                    {line("Ring sizing, two sizes up", "Service", 6_500)}
                </tbody>
            </table>
            <dl class="receipt-totals">
                <div class="totals-row"><dt>"Subtotal"</dt><dd class="amount">"5,530.00"</dd></div>
                <div class="totals-row"><dt>"Discount"</dt><dd class="amount">"−200.00"</dd></div>
                <div class="totals-row"><dt>"Sales tax 8.875 %"</dt><dd class="amount">"464.69"</dd></div>
                <div class="totals-row totals-due"><dt>"Total"</dt><dd class="amount">"5,794.69"</dd></div>
                <div class="totals-row"><dt>"Card 004217"</dt><dd class="amount">"5,000.00"</dd></div>
                <div class="totals-row"><dt>"Cash"</dt><dd class="amount">"800.00"</dd></div>
                <div class="totals-row"><dt>"Change"</dt><dd class="amount">"5.31"</dd></div>
            </dl>
            <footer class="receipt-foot">
                <span>"Returns within 30 days with this receipt."</span>
                <Barcode value="S1-T1-000412"/>
            </footer>
        </article>
    }
}

fn receipts() -> AnyView {
    view! {
        <div class="page">
            <h1>"Receipt, 80 mm, and a tag"</h1>
            <div class="receipt-preview stack">
                {receipt()}
                <div class="row">
                    <div class="tag-label">
                        <Barcode value="R-10420" bars_only=true/>
                        <div>
                            <div class="code">"R-10420"</div>
                            <div>"14k YG sapphire 2.14 ct"</div>
                            <div class="tag-price">"4,285.00"</div>
                        </div>
                    </div>
                    <QrCode value="https://parure.example/p/8Kx2" label="Receipt on the web"/>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Thirteen months, one of them without a figure.
fn months() -> Vec<ChartPoint> {
    let labels = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"];
    let point = |(at, label): (i64, &str)| {
        let value = (at != 4).then_some((at * 37) % 23 * 50_000 + 400_000);
        let part = value.map(|value| value / 4);
        let told = [value, part]
            .map(|minor| minor.map_or("n/a".to_owned(), |minor| Money::from_minor(minor).to_string()));
        ChartPoint { name: label.to_owned(), label: label.to_owned(), value, part, told: told.to_vec() }
    };
    (0..).zip(labels).map(point).collect()
}

fn thousands(minor: i64) -> String {
    format!("{}k", minor / 100_000)
}

fn components() -> AnyView {
    let buttons = [ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Quiet, ButtonKind::Danger]
        .map(|kind| {
            view! {
                <div class="button-row">
                    <Button label="Save piece" kind=kind/>
                    <Button label="Print" kind=kind icon=IconName::Print/>
                    <Button label="Saving" kind=kind pending=true/>
                    <Button label="Not now" kind=kind disabled=true/>
                    <Button label="Add" kind=kind icon=IconName::Plus icon_only=true/>
                </div>
            }
        })
        .collect_view();
    let icons = IconName::ALL
        .iter()
        .map(|name| {
            view! {
                <div class="figure-card"><Icon name=*name/><span class="small soft">{format!("{name:?}")}</span></div>
            }
        })
        .collect_view();
    let statuses =
        ItemStatus::ALL.iter().map(|status| view! { <StatusBadge status=*status/> }).collect_view();
    let tabs = vec![
        Tab { id: "lines", label: "Lines".into(), count: Some(3) },
        Tab { id: "payments", label: "Payments".into(), count: Some(1) },
        Tab { id: "notes", label: "Notes".into(), count: None },
    ];
    let selected = RwSignal::new("lines");
    view! {
        <Page title="Components" lead="What every screen is made of">
            <Card title="Buttons"><div class="stack">{buttons}
                <Button label="Take payment" kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Cash/>
            </div></Card>
            <div class="report-columns">
                <Card title="Bars"><Chart title="Owed at the end of each month" id="bars" points=months() columns=vec!["Month", "Owed", "Overdue"] axis=thousands as_table="As a table"/></Card>
                <Card title="A line"><Chart title="Collected" id="line" kind=ChartKind::Line points=months() columns=vec!["Month", "Owed", "Overdue"] axis=thousands as_table="As a table"/></Card>
            </div>
            <Card title="Statuses"><div class="stack">
                <div class="row">{statuses}</div>
                <div class="row">
                    <Badge label="Draft"/>
                    <Badge tone=Tone::Due icon=IconName::Clock label="Due May 30"/>
                    <Badge tone=Tone::Overdue icon=IconName::Warning label="12 days overdue"/>
                    <Badge tone=Tone::Held icon=IconName::Lock label="Held"/>
                    <Badge tone=Tone::Paid icon=IconName::Check label="Paid"/>
                </div>
            </div></Card>
            <Card title="Notices"><div class="stack">
                <Notice kind=NoticeKind::Error title="The sale is not recorded" reference="4F2A-91">
                    "The server could not be reached. Nothing was charged and the ticket is still here. Press Complete sale again."
                </Notice>
                <Notice kind=NoticeKind::Warning>"The drawer holds more than 1,500.00. Drop some of it into the safe."</Notice>
                <Notice kind=NoticeKind::Success>"Recorded as S1-T1-000412."</Notice>
                <Notice>"Prices include nothing; sales tax is added at the register."</Notice>
            </div></Card>
            <Card title="Amounts"><div class="stack">
                <Amount value=cents(1_234_567)/>
                <Amount value=cents(-98_765)/>
                <Amount value=cents(1_234_567) size=AmountSize::Large/>
                <Amount value=cents(123_456_789) size=AmountSize::Huge/>
            </div></Card>
            <Card title="Progress and tabs"><div class="stack">
                <ProgressBar label="Importing pieces" done=412_u64 total=1_284_u64/>
                <ProgressBar label="Counting" done=37_u64 total=0_u64/>
                <Tabs label="Sale" tabs=tabs selected=selected/>
                <TabPanel id="lines" selected=selected>"Three lines."</TabPanel>
                <TabPanel id="payments" selected=selected>"One payment."</TabPanel>
            </div></Card>
            <Card title="Waiting"><Skeleton/></Card>
            <Skeleton shape=SkeletonShape::Pieces count=4/>
            <Card>
                <EmptyState icon=IconName::Search title="No piece is called that" text="Look for a tag number, a word of the description or a serial, or add the piece.">
                    <Button label="Clear the search"/>
                    <Button label="Add piece" kind=ButtonKind::Primary icon=IconName::Plus/>
                </EmptyState>
            </Card>
            <Card title="Dialog">
                // Written out, because a modal dialog opens by script only.
                <dialog class="dialog" open=true aria-labelledby="example-title">
                    <header class="dialog-head">
                        <h2 id="example-title">"Void this sale"</h2>
                        <Button label="Close" kind=ButtonKind::Quiet icon=IconName::Close icon_only=true/>
                    </header>
                    <div class="dialog-body">
                        <TextAreaField name="reason" label="Why" value=RwSignal::new(String::new()) hint="The customer and the books keep the receipt number."/>
                        <div class="button-row">
                            <Button label="Keep it"/>
                            <Button label="Void sale" kind=ButtonKind::Danger/>
                        </div>
                    </div>
                </dialog>
            </Card>
            <Card title="Icons"><div class="figures">{icons}</div></Card>
        </Page>
    }
    .into_any()
}

fn figure(details: PieceDetails, size: DrawingSize, word: String) -> impl IntoView {
    view! {
        <li class="piece-card">
            <span class="piece-picture"><Drawing details=details size=size/></span>
            <span class="piece-words small">{word}</span>
            <span></span>
        </li>
    }
}

fn drawings() -> AnyView {
    let shapes = StoneShape::ALL
        .iter()
        .map(|shape| {
            let details = piece(
                ItemKind::LooseStone,
                Metal::Platinum,
                vec![stone(StoneKind::Diamond, *shape, 1_500, 1)],
            );
            view! { <Drawing details=details size=DrawingSize::Page/> }
        })
        .collect_view();
    let stones = StoneKind::ALL
        .iter()
        .zip(StoneShape::ALL.iter().cycle())
        .map(|(kind, shape)| {
            let details = piece(ItemKind::LooseStone, Metal::Platinum, vec![stone(*kind, *shape, 1_500, 1)]);
            figure(details, DrawingSize::Grid, kind.to_string())
        })
        .collect_view();
    let kinds = ItemKind::ALL
        .iter()
        .zip(Metal::ALL.iter().cycle())
        .map(|(kind, metal)| {
            figure(piece(*kind, *metal, vec![]), DrawingSize::Grid, format!("{kind}, {metal}"))
        })
        .collect_view();
    let rings = StoneShape::ALL
        .iter()
        .zip(Metal::ALL.iter().cycle())
        .enumerate()
        .map(|(at, (shape, metal))| {
            let side = if at % 2 == 0 {
                stone(StoneKind::Diamond, StoneShape::Round, 240, 6)
            } else {
                stone(StoneKind::Diamond, StoneShape::Round, 300, 22)
            };
            let details = piece(
                ItemKind::Ring,
                *metal,
                vec![stone(StoneKind::Sapphire, *shape, 900 + 300 * i64::try_from(at).unwrap_or(0), 1), side],
            );
            figure(details, DrawingSize::Grid, format!("{shape}, {metal}"))
        })
        .collect_view();
    let rows = case()
        .into_iter()
        .map(|(_, details, ..)| view! { <Drawing details=details size=DrawingSize::Row/> })
        .collect_view();
    let grid = case()
        .into_iter()
        .map(|(tag, details, ..)| figure(details, DrawingSize::Grid, tag.to_owned()))
        .collect_view();
    let large = case()
        .into_iter()
        .map(|(_, details, ..)| view! { <Drawing details=details size=DrawingSize::Page/> })
        .collect_view();
    view! {
        <Page title="Drawings" lead="A piece without a photo is drawn from its attributes">
            <div class="row">{rows}</div>
            <ul class="piece-grid">{grid}</ul>
            <ul class="piece-grid">{rings}</ul>
            <ul class="piece-grid">{kinds}</ul>
            <ul class="piece-grid">{stones}</ul>
            <div class="row">{shapes}</div>
            <div class="row">{large}</div>
        </Page>
    }
    .into_any()
}
