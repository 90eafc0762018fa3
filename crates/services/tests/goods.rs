//! Goods that are alike, and styles with their variations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::{ItemId, TillSessionId, VariationId};
use domain::item::{
    ChangeItems, CountLot, ItemFilter, Lot, LotReason, Quantity, ReceiveLot, SaveItem, ShownItem,
    StockSource, TypedBulk, TypedItem, TypedQuantity, TypedStone, Unit,
};
use domain::money::Money;
use domain::parking::{OpenParked, ParkTicket, ParkedReturn, TicketContent};
use domain::person::Role;
use domain::sale::{CompleteSale, Condition, OfferedLine, Proof, ReturnLine, Tender, VoidSale};
use domain::style::{SaveStyle, TypedStyle, TypedVariation, Variation};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    a_parcel_is_sold_in_parts_and_the_books_follow
    chains_by_the_gram_come_back_in_parts
    a_parked_return_of_a_part_is_renewed
    a_lot_is_never_sold_below_zero_by_two_tills
    a_void_puts_the_goods_back
    more_arrives_and_a_count_finds_less
    a_count_of_what_was_sold_meanwhile_is_refused
    a_style_keeps_its_variations_and_their_stock
    a_variation_without_cost_asks_for_it
    variations_change_numbers_with_each_other
    what_pieces_are_of_stays
    many_pieces_change_as_they_were_shown_or_not_at_all
}

fn quantity(pieces: &str, measure: &str) -> TypedQuantity {
    TypedQuantity { pieces: pieces.into(), measure: measure.into() }
}

fn in_words(error: &ServiceError) -> String {
    match error {
        ServiceError::Fields(fields) => {
            fields.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

impl Shop {
    fn new_lot(&self, kind: &str, unit: Unit, there: TypedQuantity, price: &str, cost: &str) -> SaveItem {
        let stone = TypedStone {
            kind: "diamond".into(),
            origin: "natural".into(),
            color: "G".into(),
            ..TypedStone::default()
        };
        let typed = TypedItem {
            kind: kind.into(),
            price: price.into(),
            cost: Some(cost.into()),
            unit: unit.code().into(),
            quantity: there,
            stones: if unit == Unit::Carat { vec![stone] } else { Vec::new() },
            ..TypedItem::default()
        };
        SaveItem { typed, ..self.new_ring("1", "1") }
    }

    async fn melee(&self) -> ItemId {
        let cmd = self.new_lot("loose_stone", Unit::Carat, quantity("100", "10"), "695", "2500");
        self.services.save_item(&self.owner, cmd).await.unwrap()
    }

    async fn chain(&self) -> ItemId {
        let cmd = self.new_lot("chain", Unit::Gram, quantity("", "250.5"), "95", "9000");
        self.services.save_item(&self.owner, cmd).await.unwrap()
    }

    async fn piece(&self, id: ItemId) -> ShownItem {
        self.services.item(&self.owner, id).await.unwrap().item
    }

    fn of_lot(
        &self,
        session: TillSessionId,
        lot: ItemId,
        price: &str,
        taken: Quantity,
        total: &str,
    ) -> CompleteSale {
        let mut cmd = self.sale(session, &[(lot, price)], total, total);
        cmd.lines[0].quantity = Some(taken);
        cmd
    }
}

const TWELVE: Quantity = Quantity { pieces: 12, milli: 1_230 };

async fn a_parcel_is_sold_in_parts_and_the_books_follow(shop: Shop) {
    let session = shop.open_till("0").await;
    let parcel = shop.melee().await;
    assert_eq!(shop.balance(1260).await, cents("2500"));
    // 1.23 ct at 695.00 are 854.85, and 59.84 of tax.
    let cmd = shop.of_lot(session, parcel, "695", TWELVE, "914.69");
    let done = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap();
    let again = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    assert_eq!(again, done, "sent twice, sold once");
    let left = shop.piece(parcel).await;
    let on_hand = Quantity { pieces: 88, milli: 8_770 };
    assert_eq!(left.lot, Some(Lot { unit: Unit::Carat, on_hand }));
    assert_eq!(left.cost, Some(cents("2192.50")));
    assert_eq!(shop.balance(1260).await, cents("2192.50"));
    assert_eq!(shop.balance(5000).await, cents("307.50"));
    let sheet = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    let portion = sheet.facts.lines[0].portion.unwrap();
    assert_eq!(portion.to_string(), "12 pieces, 1.23 ct at 695.00 per carat");
    // The rest, to the last stone and the last cent of cost: 8.77 ct are 6,095.15 and 426.66 of tax.
    let rest = shop.of_lot(session, parcel, "695", on_hand, "6521.81");
    shop.services.complete_sale(&shop.owner, rest).await.unwrap();
    let empty = shop.piece(parcel).await;
    assert_eq!((empty.lot.unwrap().on_hand, empty.cost), (Quantity::ZERO, Some(Money::ZERO)));
    assert_eq!(shop.balance(1260).await, Money::ZERO);
    let more = shop.of_lot(session, parcel, "695", Quantity { pieces: 1, milli: 100 }, "74.37");
    let refused = shop.services.complete_sale(&shop.owner, more).await.unwrap_err();
    assert!(in_words(&refused).contains("there is 0 pieces, 0.00 ct left"), "{refused}");
    shop.verifies().await;
}

async fn chains_by_the_gram_come_back_in_parts(shop: Shop) {
    let session = shop.open_till("0").await;
    let chain = shop.chain().await;
    // 10.00 g at 95.00 and 7 % tax.
    let sold = shop.of_lot(session, chain, "95", Quantity::grams_milli(10_000), "1016.50");
    let done = shop.services.complete_sale(&shop.owner, sold).await.unwrap();
    let offer = shop.services.find_return(&shop.owner, &done.number).await.unwrap();
    let line = offer.lines[0].line_id;
    assert_eq!(offer.lines[0].part.as_ref().unwrap().left(), Quantity::grams_milli(10_000));
    let back = |milli: i64, total: &str| {
        let refund = total.trim_start_matches('-');
        CompleteSale {
            returns: vec![ReturnLine {
                line_id: line,
                condition: Condition::AsNew,
                proof: Proof::Receipt,
                fee: Money::ZERO,
                quantity: Some(Quantity::grams_milli(milli)),
            }],
            tenders: vec![Tender { kind: "cash".into(), amount: cents(refund), reference: String::new() }],
            ..shop.sale(session, &[], total, "0")
        }
    };
    shop.services.complete_sale(&shop.owner, back(3_333, "-338.80")).await.unwrap();
    let much = shop.services.complete_sale(&shop.owner, back(6_668, "-677.70")).await.unwrap_err();
    assert!(in_words(&much).contains("6.667 g can still come back, not 6.668 g"), "{much}");
    let offer = shop.services.find_return(&shop.owner, &done.number).await.unwrap();
    assert_eq!(offer.lines[0].part.as_ref().unwrap().left(), Quantity::grams_milli(6_667));
    assert_eq!(offer.lines[0].worth_of(None), Ok(cents("677.70")));
    // The same return from two desks: one of them is too late.
    let (one, two) = tokio::join!(
        shop.services.complete_sale(&shop.owner, back(6_667, "-677.70")),
        shop.services.complete_sale(&shop.owner, back(6_667, "-677.70")),
    );
    assert_eq!([one.is_ok(), two.is_ok()].into_iter().filter(|ok| *ok).count(), 1, "{one:?} {two:?}");
    let whole = shop.piece(chain).await;
    assert_eq!((whole.lot.unwrap().on_hand.milli, whole.cost), (250_500, Some(cents("9000"))));
    assert_eq!(shop.balance(1000).await, Money::ZERO);
    shop.verifies().await;
}

async fn a_parked_return_of_a_part_is_renewed(shop: Shop) {
    let session = shop.open_till("0").await;
    let chain = shop.chain().await;
    let store_id = shop.set_up.store_id;
    let grams = Quantity::grams_milli;
    let sold = shop.of_lot(session, chain, "95", grams(10_000), "1016.50");
    let done = shop.services.complete_sale(&shop.owner, sold).await.unwrap();
    let line: OfferedLine =
        shop.services.find_return(&shop.owner, &done.number).await.unwrap().lines.remove(0);
    let park = |asked: Option<Quantity>, fee: &str| {
        let back = ParkedReturn {
            line: line.clone(),
            number: done.number.clone(),
            proof: Proof::Receipt,
            condition: Condition::AsNew,
            fee: cents(fee),
            quantity: asked,
        };
        ParkTicket {
            command_id: command(),
            store_id,
            session_id: session,
            label: "Green hat".into(),
            ticket: TicketContent { returns: vec![back], ..TicketContent::default() },
            total: cents("-1016.50"),
        }
    };
    let opened = |cmd: ParkTicket| async {
        let parked_id = shop.services.park_ticket(&shop.owner, cmd).await.unwrap();
        let open = OpenParked { command_id: command(), store_id, session_id: session, parked_id };
        shop.services.open_parked(&shop.owner, open).await.unwrap()
    };
    let back = |milli: i64, total: &str| CompleteSale {
        returns: vec![ReturnLine {
            line_id: line.line_id,
            condition: Condition::AsNew,
            proof: Proof::Receipt,
            fee: Money::ZERO,
            quantity: Some(grams(milli)),
        }],
        tenders: vec![Tender {
            kind: "cash".into(),
            amount: cents(total.trim_start_matches('-')),
            reference: String::new(),
        }],
        ..shop.sale(session, &[], total, "0")
    };
    let same = opened(park(None, "0")).await;
    assert_eq!((same.changes.len(), same.ticket.returns[0].quantity), (0, Some(grams(10_000))));
    // Four of the ten come back on another receipt meanwhile.
    shop.services.complete_sale(&shop.owner, back(4_000, "-406.60")).await.unwrap();
    let less = opened(park(None, "100")).await;
    let words: Vec<String> = less.changes.iter().map(ToString::to_string).collect();
    assert_eq!(words, [format!("of {} 6.00 g can still come back, not 10.00 g", line.tag)]);
    let renewed = &less.ticket.returns[0];
    assert_eq!(renewed.quantity, Some(grams(6_000)));
    assert_eq!(renewed.line.worth_of(renewed.quantity), Ok(cents("609.90")));
    assert_eq!(renewed.fee, renewed.line.fee.min(cents("100")), "never more than the store asks for so much");
    let fits = opened(park(Some(grams(5_000)), "0")).await;
    assert_eq!((fits.changes.len(), fits.ticket.returns[0].quantity), (0, Some(grams(5_000))));
    assert_eq!(fits.ticket.returns[0].line.part.as_ref().unwrap().left(), grams(6_000));
    // What is left comes back too: nothing stays to be taken back.
    shop.services.complete_sale(&shop.owner, back(6_000, "-609.90")).await.unwrap();
    let gone = opened(park(Some(grams(5_000)), "0")).await;
    assert!(gone.ticket.returns.is_empty());
    let words = gone.changes[0].to_string();
    assert!(words.contains("stays with the customer") && words.contains("came back already"), "{words}");
    shop.verifies().await;
}

async fn a_lot_is_never_sold_below_zero_by_two_tills(shop: Shop) {
    let session = shop.open_till("0").await;
    let cloths = shop.new_lot("other", Unit::Piece, quantity("5", ""), "10", "20");
    let cloths = shop.services.save_item(&shop.owner, cloths).await.unwrap();
    let sell = || {
        shop.services.complete_sale(&shop.owner, shop.of_lot(session, cloths, "10", Quantity::ONE, "10.70"))
    };
    let all = futures::future::join_all((0..8).map(|_| sell())).await;
    let sold = all.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(sold, 5, "{all:?}");
    assert!(
        all.iter().filter_map(|a| a.as_ref().err()).all(|e| in_words(e).contains("there is 0 pieces left"))
    );
    let without = shop.sale(session, &[(cloths, "10")], "10.70", "10.70");
    let refused = shop.services.complete_sale(&shop.owner, without).await.unwrap_err();
    assert!(in_words(&refused).contains("say how much: a count such as 3"), "{refused}");
    shop.verifies().await;
}

async fn a_void_puts_the_goods_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let parcel = shop.melee().await;
    let sold =
        shop.services.complete_sale(&shop.owner, shop.of_lot(session, parcel, "695", TWELVE, "914.69")).await;
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: sold.unwrap().sale_id,
        reason: "Wrong parcel".into(),
        approvals: Vec::new(),
    };
    shop.services.void_sale(&shop.owner, void).await.unwrap();
    let sheet = shop.services.item(&shop.owner, parcel).await.unwrap();
    let reasons: Vec<_> = sheet.steps.iter().map(|step| step.reason).collect();
    assert_eq!(reasons, [LotReason::Received, LotReason::Sold, LotReason::Voided]);
    assert_eq!(sheet.item.cost, Some(cents("2500")));
    assert_eq!(shop.balance(1260).await, cents("2500"));
    shop.verifies().await;
}

async fn more_arrives_and_a_count_finds_less(shop: Shop) {
    let chain = shop.chain().await;
    let more = ReceiveLot {
        command_id: command(),
        item_id: chain,
        source: StockSource::Vendor,
        quantity: quantity("", "100"),
        cost: "4,000.00".into(),
    };
    shop.services.receive_lot(&shop.owner, more.clone()).await.unwrap();
    shop.services.receive_lot(&shop.owner, more.clone()).await.unwrap();
    let piece = shop.piece(chain).await;
    assert_eq!((piece.lot.unwrap().on_hand.milli, piece.cost), (350_500, Some(cents("13000"))));
    assert_eq!(shop.balance(2030).await, cents("-4000"));
    let hidden = shop.services.item(&shop.as_role(Role::Associate), chain).await.unwrap();
    assert!(hidden.item.cost.is_none() && hidden.steps.iter().all(|step| step.cost.is_none()));
    let count = |version, there: &str, reason: &str| CountLot {
        command_id: command(),
        item_id: chain,
        version,
        there: quantity("", there),
        reason: reason.into(),
    };
    let wrong = shop.services.count_lot(&shop.owner, count(piece.version, "much", "")).await.unwrap_err();
    assert!(in_words(&wrong).starts_with("measure: enter a weight"), "{wrong:?}");
    assert!(in_words(&wrong).contains("reason: "), "{wrong:?}");
    shop.services.count_lot(&shop.owner, count(piece.version, "345.243", "Yearly count")).await.unwrap();
    // 5.257 g of 350.5 that cost 13,000.00.
    assert_eq!(shop.balance(5090).await, cents("194.98"));
    assert_eq!(shop.piece(chain).await.cost, Some(cents("12805.02")));
    let now = shop.piece(chain).await.version;
    shop.services.count_lot(&shop.owner, count(now, "0", "All gone")).await.unwrap();
    assert_eq!(shop.balance(1260).await, Money::ZERO);
    let ring = shop.add_ring("10", "5").await;
    let no_lot = ReceiveLot { item_id: ring, command_id: command(), ..more };
    let refused = shop.services.receive_lot(&shop.owner, no_lot).await.unwrap_err();
    assert!(in_words(&refused).contains("is a unique piece"), "{refused}");
    shop.verifies().await;
}

async fn a_count_of_what_was_sold_meanwhile_is_refused(shop: Shop) {
    let session = shop.open_till("0").await;
    let parcel = shop.melee().await;
    let version = shop.piece(parcel).await.version;
    shop.services
        .complete_sale(&shop.owner, shop.of_lot(session, parcel, "695", TWELVE, "914.69"))
        .await
        .unwrap();
    let count = CountLot {
        command_id: command(),
        item_id: parcel,
        version,
        there: quantity("100", "10"),
        reason: "Count".into(),
    };
    let refused = shop.services.count_lot(&shop.owner, count).await.unwrap_err();
    assert!(in_words(&refused).contains("there are 88 pieces, 8.77 ct in the books now"), "{refused}");
    shop.verifies().await;
}

fn variation(karat: &str, size: &str, price: &str, cost: &str) -> TypedVariation {
    TypedVariation {
        metal: "white_gold".into(),
        karat: karat.into(),
        size: size.into(),
        price: price.into(),
        cost: Some(cost.into()),
        ..TypedVariation::default()
    }
}

impl Shop {
    fn solitaire(&self, variations: Vec<TypedVariation>) -> SaveStyle {
        let typed = TypedStyle {
            number: "1042".into(),
            name: "Six-prong solitaire".into(),
            kind: "ring".into(),
            variations,
            ..TypedStyle::default()
        };
        SaveStyle { command_id: command(), style_id: None, version: 0, typed }
    }

    fn ring_of(&self, variation: VariationId, cost: Option<&str>) -> SaveItem {
        let mut cmd = self.new_ring("1450", "0");
        cmd.typed.cost = cost.map(str::to_owned);
        cmd.typed.variation = Some(variation);
        cmd
    }
}

async fn a_style_keeps_its_variations_and_their_stock(shop: Shop) {
    let cmd =
        shop.solitaire(vec![variation("14k", "6", "1200", "480"), variation("18k", "7", "1450", "610")]);
    let id = shop.services.save_style(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.save_style(&shop.owner, cmd.clone()).await.unwrap(), id);
    let taken = SaveStyle { command_id: command(), ..cmd };
    let refused = shop.services.save_style(&shop.owner, taken).await.unwrap_err();
    assert!(in_words(&refused).starts_with("number: another style"), "{refused:?}");
    let style = shop.services.style(&shop.owner, id).await.unwrap().style;
    assert_eq!(style.variations[1].sku, "1042-18K-WHITE-7");
    assert_eq!(style.variations[1].describe(), "18k white gold, size 7");
    // Two of the second: one at the cost of the variation, one that cost something else.
    let of = style.variations[1].id;
    let plain = shop.services.save_item(&shop.owner, shop.ring_of(of, None)).await.unwrap();
    let dear = shop.services.save_item(&shop.owner, shop.ring_of(of, Some("700"))).await.unwrap();
    assert_eq!(shop.piece(plain).await.cost, Some(cents("610")));
    assert_eq!(shop.piece(dear).await.cost, Some(cents("700")));
    let session = shop.open_till("0").await;
    let sale = shop.sale(session, &[(dear, "1450")], "1551.50", "1551.50");
    shop.services.complete_sale(&shop.owner, sale).await.unwrap();
    assert_eq!(shop.balance(5000).await, cents("700"), "the cost of exactly this piece");
    let sheet = shop.services.style(&shop.owner, id).await.unwrap();
    let [stock] = sheet.stock.as_slice() else { panic!("{:?}", sheet.stock) };
    assert_eq!((stock.variation, stock.in_case, stock.elsewhere), (of, 1, 0));
    let page = shop.services.styles(&shop.owner, "1042 soli", 0, 10).await.unwrap();
    let [line] = page.styles.as_slice() else { panic!("{page:?}") };
    assert_eq!((line.variations, line.in_case), (2, 1));
    assert_eq!(line.prices, Some((cents("1200"), cents("1450"))));
    assert!(shop.services.styles(&shop.owner, "1043", 0, 10).await.unwrap().styles.is_empty());
    let found = shop.services.find_items(&shop.owner, shop.set_up.store_id, "1042-18k").await.unwrap();
    assert_eq!(found.iter().map(|item| item.id).collect::<Vec<_>>(), [plain, dear]);
    let filter = ItemFilter { variation: Some(of), limit: 10, ..ItemFilter::default() };
    assert_eq!(shop.services.items(&shop.owner, filter.clone()).await.unwrap().count, 2);
    let with_words = |words: &str| ItemFilter { words: words.into(), ..filter.clone() };
    assert_eq!(shop.services.items(&shop.owner, with_words("1042")).await.unwrap().count, 2);
    let other = ItemFilter { variation: Some(style.variations[0].id), ..with_words("1042") };
    assert_eq!(shop.services.items(&shop.owner, other).await.unwrap().count, 0, "words and variation");
    let hidden = shop.services.style(&shop.as_role(Role::Associate), id).await.unwrap();
    assert!(hidden.style.variations.iter().all(|variation| variation.cost.is_none()));
    shop.verifies().await;
}

async fn a_variation_without_cost_asks_for_it(shop: Shop) {
    let id =
        shop.services.save_style(&shop.owner, shop.solitaire(vec![variation("14k", "6", "1200", "")])).await;
    let style = shop.services.style(&shop.owner, id.unwrap()).await.unwrap().style;
    assert_eq!(style.variations[0].cost, None);
    let of = style.variations[0].id;
    let refused = shop.services.save_item(&shop.owner, shop.ring_of(of, None)).await.unwrap_err();
    assert!(
        in_words(&refused).starts_with("cost: nobody has said yet what 1042-14K-WHITE-6 costs"),
        "{refused:?}"
    );
    let said = shop.services.save_item(&shop.owner, shop.ring_of(of, Some("450"))).await.unwrap();
    assert_eq!(shop.piece(said).await.cost, Some(cents("450")));
    shop.verifies().await;
}

async fn variations_change_numbers_with_each_other(shop: Shop) {
    let cmd =
        shop.solitaire(vec![variation("14k", "6", "1200", "480"), variation("18k", "7", "1450", "610")]);
    let id = shop.services.save_style(&shop.owner, cmd).await.unwrap();
    let style = shop.services.style(&shop.owner, id).await.unwrap().style;
    let [first, second] = [&style.variations[0], &style.variations[1]];
    let as_other = |this: &Variation, other: &Variation, typed: TypedVariation| TypedVariation {
        id: Some(this.id),
        sku: other.sku.clone(),
        ..typed
    };
    let swapped = vec![
        as_other(first, second, variation("14k", "6", "1200", "480")),
        as_other(second, first, variation("18k", "7", "1450", "610")),
    ];
    let cmd = SaveStyle { style_id: Some(id), version: 1, ..shop.solitaire(swapped) };
    shop.services.save_style(&shop.owner, cmd).await.unwrap();
    let after = shop.services.style(&shop.owner, id).await.unwrap().style;
    let numbers: Vec<_> = after.variations.iter().map(|v| (v.id, v.sku.as_str())).collect();
    assert_eq!(numbers, [(first.id, second.sku.as_str()), (second.id, first.sku.as_str())]);
    shop.verifies().await;
}

async fn what_pieces_are_of_stays(shop: Shop) {
    let cmd =
        shop.solitaire(vec![variation("14k", "6", "1200", "480"), variation("18k", "7", "1450", "610")]);
    let id = shop.services.save_style(&shop.owner, cmd).await.unwrap();
    let style = shop.services.style(&shop.owner, id).await.unwrap().style;
    let (first, second) = (style.variations[0].id, style.variations[1].id);
    shop.services.save_item(&shop.owner, shop.ring_of(first, None)).await.unwrap();
    let keep = |which: VariationId, version| {
        let kept = TypedVariation { id: Some(which), ..variation("18k", "7", "1500", "620") };
        SaveStyle { style_id: Some(id), version, ..shop.solitaire(vec![kept]) }
    };
    let refused = shop.services.save_style(&shop.owner, keep(second, 1)).await.unwrap_err();
    assert_eq!(in_words(&refused), "variations: 1042-14K-WHITE-6 stays: there are pieces of it");
    shop.services.save_style(&shop.owner, keep(first, 1)).await.unwrap();
    let style = shop.services.style(&shop.owner, id).await.unwrap().style;
    assert_eq!(style.variations.iter().map(|v| v.sku.as_str()).collect::<Vec<_>>(), ["1042-18K-WHITE-7"]);
    let late = shop.services.save_style(&shop.owner, keep(first, 1)).await.unwrap_err();
    assert!(matches!(late, ServiceError::Conflict(_)), "{late:?}");
    let stranger = shop.services.save_style(&shop.owner, keep(second, 2)).await.unwrap_err();
    assert!(matches!(stranger, ServiceError::NotFound("variation")), "{stranger:?}");
    shop.verifies().await;
}

fn raise(percent: &str, ending: &str) -> TypedBulk {
    TypedBulk {
        kind: "price_up".into(),
        percent: percent.into(),
        ending: ending.into(),
        ..TypedBulk::default()
    }
}

async fn many_pieces_change_as_they_were_shown_or_not_at_all(shop: Shop) {
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("250.00", "90.00").await);
    let store = shop.set_up.store_id;
    let preview = || shop.services.preview_bulk(&shop.owner, store, ItemFilter::default(), raise("10", "95"));
    let shown = preview().await.unwrap();
    let mut changes: Vec<_> =
        shown.lines.iter().map(|line| (line.before.as_str(), line.after.as_str())).collect();
    changes.sort_unstable();
    assert_eq!(changes, [("100.00", "109.95"), ("250.00", "274.95")]);
    let cmd = ChangeItems {
        command_id: command(),
        store_id: store,
        typed: raise("10", "95"),
        pieces: shown.lines.iter().map(|line| (line.id, line.version)).collect(),
    };
    // Somebody sells one of them while the others are looked at.
    let session = shop.open_till("0").await;
    let sale = shop.sale(session, &[(band, "250.00")], "267.50", "267.50");
    shop.services.complete_sale(&shop.owner, sale).await.unwrap();
    let late = shop.services.change_items(&shop.owner, cmd.clone()).await.unwrap_err();
    assert!(in_words(&late).contains("was changed or sold meanwhile"), "{late}");
    assert_eq!(shop.piece(ring).await.price, cents("100.00"), "all of them or none");
    let pieces: Vec<_> = cmd.pieces.iter().copied().filter(|(id, _)| *id == ring).collect();
    let cmd = ChangeItems { command_id: command(), pieces, ..cmd };
    assert_eq!(shop.services.change_items(&shop.owner, cmd.clone()).await.unwrap(), 1);
    assert_eq!(shop.services.change_items(&shop.owner, cmd).await.unwrap(), 1, "sent twice, changed once");
    assert_eq!(shop.piece(ring).await.price, cents("109.95"));
    let moved = TypedBulk { kind: "location".into(), location: "Window".into(), ..TypedBulk::default() };
    let version = shop.piece(ring).await.version;
    let cmd =
        ChangeItems { command_id: command(), store_id: store, typed: moved, pieces: vec![(ring, version)] };
    shop.services.change_items(&shop.owner, cmd).await.unwrap();
    let found = shop.services.find_items(&shop.owner, store, "window").await.unwrap();
    assert_eq!(found.iter().map(|item| item.id).collect::<Vec<_>>(), [ring], "found where it lies now");
    shop.verifies().await;
}
