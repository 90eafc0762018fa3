use super::*;
use proptest::prelude::*;

fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

fn parcel(pieces: i64, milli: i64) -> Lot {
    Lot { unit: Unit::Carat, on_hand: Quantity { pieces, milli } }
}

#[test]
fn an_issue_costs_the_average_and_the_last_takes_the_rest() {
    // 10.00 over three pieces: 3.33, then 3.34 of the 6.67 that are left, then 3.33.
    let (mut lot, mut cost, mut issued) =
        (Lot { unit: Unit::Piece, on_hand: Quantity::pieces(3) }, cents("10.00"), Vec::new());
    while lot.on_hand.pieces > 0 {
        let (after, out) = lot.issue(cost, Quantity::ONE).unwrap();
        (lot, cost) = (after, cost.minus(out).unwrap());
        issued.push(out.to_string());
    }
    assert_eq!(issued, ["3.33", "3.34", "3.33"]);
    assert_eq!(cost, Money::ZERO);
}

#[test]
fn a_parcel_costs_by_the_carat() {
    // 100 stones of 10.00 ct for 2,500.00: 12 of them weigh 1.23 ct.
    let taken = Quantity { pieces: 12, milli: 1_230 };
    let (left, cost) = parcel(100, 10_000).issue(cents("2,500.00"), taken).unwrap();
    assert_eq!((left.on_hand, cost), (Quantity { pieces: 88, milli: 8_770 }, cents("307.50")));
    let portion = Portion { unit: Unit::Carat, quantity: taken, unit_price: cents("695.00") };
    assert_eq!(portion.price().unwrap(), cents("854.85"));
    assert_eq!(portion.to_string(), "12 pieces, 1.23 ct at 695.00 per carat");
    assert_eq!(portion.items(), 12);
}

#[test]
fn nothing_is_sold_below_zero() {
    let lot = parcel(10, 1_000);
    let refused =
        |pieces, milli| lot.issue(cents("100"), Quantity { pieces, milli }).unwrap_err().to_string();
    assert_eq!(refused(11, 900), "there is 10 pieces, 1.00 ct left, not 11 pieces, 0.90 ct");
    assert_eq!(refused(9, 1_001), "there is 10 pieces, 1.00 ct left, not 9 pieces, 1.001 ct");
    assert_eq!(
        refused(9, 1_000),
        "the last piece of a parcel takes its last weight: there is 10 pieces, 1.00 ct left"
    );
    assert_eq!(refused(10, 900), refused(9, 1_000));
    assert!(refused(0, 100).starts_with("say how much: a count and a weight"));
    assert!(refused(1, 0).starts_with("say how much"));
    assert!(refused(-1, -100).starts_with("say how much"));
    assert!(lot.issue(cents("100"), Quantity { pieces: 10, milli: 1_000 }).is_ok());
    assert_eq!(Quantity::pieces(2_000_000).check(Unit::Piece), Err(LotRefusal::TooMuch));
}

#[test]
fn what_a_count_finds_missing_leaves_at_the_average() {
    let lot = Lot { unit: Unit::Gram, on_hand: Quantity::grams_milli(100_000) };
    let (after, change) = lot.counted(cents("4,000.00"), Quantity::grams_milli(98_500)).unwrap();
    assert_eq!((after.on_hand.milli, change), (98_500, cents("-60.00")));
    let (_, found) = lot.counted(cents("4,000.00"), Quantity::grams_milli(101_000)).unwrap();
    assert_eq!(found, cents("40.00"));
    let (empty, all) = lot.counted(cents("4,000.00"), Quantity::ZERO).unwrap();
    assert_eq!((empty.on_hand, all), (Quantity::ZERO, cents("-4,000.00")));
    // What turns up in an empty lot came without a cost.
    assert_eq!(empty.counted(Money::ZERO, Quantity::grams_milli(5)).unwrap().1, Money::ZERO);
}

#[test]
fn as_somebody_types_it() {
    let read = |unit, pieces: &str, measure: &str| {
        let mut fields = crate::field::FieldReader::default();
        let typed = TypedQuantity { pieces: pieces.into(), measure: measure.into() };
        let quantity = typed.read(unit, &mut fields);
        fields.finish(quantity).map_err(|errors| errors.into_iter().map(|e| e.field).collect::<Vec<_>>())
    };
    assert_eq!(read(Unit::Piece, "1,200", ""), Ok(Quantity::pieces(1_200)));
    assert_eq!(read(Unit::Gram, "", "4.25 g"), Ok(Quantity::grams_milli(4_250)));
    assert_eq!(read(Unit::Carat, "12", "1.2 ct"), Ok(Quantity { pieces: 12, milli: 1_200 }));
    assert_eq!(read(Unit::Carat, "-1", "1.2345"), Err(vec!["pieces".to_owned(), "measure".to_owned()]));
    assert_eq!(read(Unit::Gram, "", "99999999"), Err(vec!["measure".to_owned()]));
    assert_eq!(read(Unit::Piece, "", ""), Err(vec!["pieces".to_owned()]));
    let nothing = TypedQuantity { pieces: "0".into(), measure: "0.00".into() };
    assert!(nothing.is_nothing(Unit::Carat));
    assert!(!TypedQuantity::default().is_nothing(Unit::Piece), "an empty field is not a count of none");
}

proptest! {
    /// However a lot is emptied, what left cost exactly what it cost together.
    #[test]
    fn an_emptied_lot_leaves_no_cost(
        cost in 0_i64..100_000_000,
        steps in prop::collection::vec(1_i64..50_000, 1..40),
    ) {
        let total: i64 = steps.iter().sum();
        let mut lot = Lot { unit: Unit::Gram, on_hand: Quantity::grams_milli(total) };
        let mut left = Money::from_minor(cost);
        for step in steps {
            let (after, out) = lot.issue(left, Quantity::grams_milli(step)).unwrap();
            prop_assert!(!out.is_negative());
            (lot, left) = (after, left.minus(out).unwrap());
            prop_assert!(!left.is_negative());
        }
        prop_assert_eq!((lot.on_hand, left), (Quantity::ZERO, Money::ZERO));
    }

    /// What comes back in steps is what was paid, however the steps fall.
    #[test]
    fn returns_in_parts_add_up(
        paid in 0_i64..10_000_000,
        parts in prop::collection::vec(1_i64..20, 1..20),
    ) {
        let sold: i64 = parts.iter().sum();
        let portion = Portion { unit: Unit::Piece, quantity: Quantity::pieces(sold), unit_price: Money::ZERO };
        let (mut before, mut back) = (Quantity::ZERO, Money::ZERO);
        for part in parts.into_iter().map(Quantity::pieces) {
            let share = portion.share_of(Money::from_minor(paid), before, part).unwrap();
            prop_assert!(!share.is_negative());
            back = back.plus(share).unwrap();
            before = before.plus(part).unwrap();
        }
        prop_assert_eq!(back, Money::from_minor(paid));
    }
}
