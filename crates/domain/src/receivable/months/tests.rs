use super::*;
use proptest::prelude::*;

fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ends() -> MonthEnds {
    MonthEnds(["2026-01-31", "2026-02-28", "2026-03-31"].map(day).to_vec())
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |value| value.to_string())
}

#[test]
fn months_end_where_the_calendar_says() {
    let ends = MonthEnds::through(day("2026-03-12"), 2);
    assert_eq!(ends.days(), [day("2026-01-31"), day("2026-02-28"), day("2026-03-12")]);
    assert_eq!(MonthEnds::through(day("2026-03-31"), 1).days(), [day("2026-02-28"), day("2026-03-31")]);
    assert_eq!(MonthEnds::through(day("2026-03-12"), 13).days().len(), 14);
    assert_eq!((ends.days_of(1), ends.days_of(2), ends.days_of(0)), (28, 12, 0));
}

#[test]
fn what_is_due_on_the_last_day_is_not_overdue_that_day_but_due_by_it() {
    let ends = ends();
    for (date, place, month) in [
        ("2026-01-30", 0, 0),
        ("2026-01-31", 1, 0),
        ("2026-02-01", 2, 1),
        ("2026-02-28", 3, 1),
        ("2026-03-31", 5, 2),
        ("2026-04-01", 6, 3),
    ] {
        assert_eq!((ends.place(day(date)), ends.month(day(date))), (place, month), "{date}");
    }
}

/// One invoice of January over 10,000 due on February 10; in February 6,000 more, due in March, and 7,500 paid; in March
/// 1,000 is credited.
fn story() -> StoreHistory {
    let ends = ends();
    let (early, late) = (ends.place(day("2026-02-10")), ends.place(day("2026-03-20")));
    let moved = |month, due, amount| Moved { month, due, amount: cents(amount) };
    StoreHistory {
        open: vec![(early, cents("1,500")), (late, cents("6,000"))],
        posted: vec![moved(1, late, "6,000")],
        applied: vec![
            (moved(1, early, "7,500"), AppliedAs::Payment),
            (moved(2, early, "1,000"), AppliedAs::Lessened),
        ],
        weighted: vec![(1, cents("7,500").minor() * 20)],
        sales: vec![(day("2026-01-11"), cents("10,000")), (day("2026-02-18"), cents("6,000"))],
        promises: vec![(1, 3, 2)],
    }
}

#[test]
fn a_month_is_what_is_open_now_taken_back() {
    let months = story().months(&ends()).unwrap();
    let ending: Vec<_> = months.iter().map(|month| month.ending.to_string()).collect();
    assert_eq!(ending, ["10,000.00", "8,500.00", "7,500.00"]);
    let current: Vec<_> = months.iter().map(|month| month.current.to_string()).collect();
    assert_eq!(current, ["10,000.00", "6,000.00", "0.00"]);
    let february = months[1];
    assert_eq!((february.collected, february.collectable), (cents("7,500"), cents("10,000")));
    let march = months[2];
    assert_eq!((march.collected, march.collectable), (Money::ZERO, cents("7,500")));
}

#[test]
fn measures_of_a_month() {
    let (ends, months) = (ends(), story().months(&ends()).unwrap());
    let measured = measure(&months, &ends).unwrap();
    let [february, march] = measured.as_slice() else { panic!("{measured:?}") };
    assert_eq!((february.from, february.to), (day("2026-02-01"), day("2026-02-28")));
    let of = february.measures;
    // 8,500 / 6,000 × 28; 6,000 / 6,000 × 28.
    assert_eq!(
        (shown(of.dso), shown(of.best_possible), shown(of.delinquent)),
        ("39.7".into(), "28.0".into(), "11.7".into())
    );
    // (10,000 + 6,000 − 8,500) / (10,000 + 6,000 − 6,000); 7,500 / 10,000.
    assert_eq!((shown(of.effectiveness), shown(of.collection_rate)), ("75 %".into(), "75 %".into()));
    assert_eq!((shown(of.days_to_pay), shown(of.promises_kept)), ("20.0".into(), "66.67 %".into()));
    assert_eq!(shown(of.countback), "over 28");
    let none = march.measures;
    assert_eq!(
        (shown(none.dso), shown(none.days_to_pay), shown(none.promises_kept)),
        ("n/a".into(), "n/a".into(), "n/a".into())
    );
    assert_eq!(shown(none.collection_rate), "0 %");
    // 7,500 / 6,000 × 59 days of two months.
    assert_eq!(shown(none.dso_of_year), "73.8");
}

#[test]
fn stores_add_up_and_their_rates_do_not() {
    let months = story().months(&ends()).unwrap();
    let both = together(&[months.clone(), months.clone()]).unwrap();
    assert_eq!(both[1].ending, cents("17,000"));
    let (one, all) = (measure(&months, &ends()).unwrap(), measure(&both, &ends()).unwrap());
    assert_eq!(one[0].measures, all[0].measures);
    assert_eq!(together(&[]).unwrap(), []);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..100).prop_map(|days| day("2026-01-01") + chrono::Days::new(days))
}

proptest! {
    /// Taken back from what is open now, every end is what a sum from the beginning gives.
    #[test]
    fn taking_back_is_adding_up(
        items in prop::collection::vec((any_day(), any_day(), 1_i64..1_000, any_day(), 0_i64..1_000), 1..20),
    ) {
        let ends = ends();
        let mut history = StoreHistory::default();
        for (posted, due, amount, paid_on, paid) in &items {
            let (paid, paid_on) = (*paid.min(amount), *paid_on.max(posted));
            let due = ends.place(*due);
            history.open.push((due, Money::from_minor(amount - paid)));
            history.posted.push(Moved { month: ends.month(*posted), due, amount: Money::from_minor(*amount) });
            let paid = Moved { month: ends.month(paid_on), due, amount: Money::from_minor(paid) };
            history.applied.push((paid, AppliedAs::Payment));
        }
        // What lies before the first month is not asked for.
        history.posted.retain(|one| one.month > 0);
        history.applied.retain(|(one, _)| one.month > 0);
        for (at, month) in history.months(&ends).unwrap().iter().enumerate() {
            let end = ends.days()[at];
            let standing = |only: &dyn Fn(NaiveDate) -> bool| -> i64 {
                items.iter().filter(|(_, due, ..)| only(*due)).map(|(posted, _, amount, paid_on, paid)| {
                    let posted_by_then = if *posted <= end { *amount } else { 0 };
                    let paid_by_then = if *paid_on.max(posted) <= end { *paid.min(amount) } else { 0 };
                    posted_by_then - paid_by_then
                }).sum()
            };
            prop_assert_eq!(month.ending.minor(), standing(&|_| true));
            prop_assert_eq!(month.current.minor(), standing(&|due| due >= end));
        }
    }
}
