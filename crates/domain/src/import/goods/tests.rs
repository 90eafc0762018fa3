//! Rows of goods as they stand in files, with what becomes of them.

use super::*;
use crate::field::FieldError;
use crate::import::{ImportKind, Incoming, RowRead, Stock};
use crate::item::{ItemKind, Karat, Metal, Unit};
use proptest::prelude::*;

/// A file in the lines of a test, with bars between its cells.
struct File {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    plan: GoodsPlan,
}

impl File {
    fn of(kind: ImportKind, lines: &[&str]) -> Self {
        let mut rows = lines.iter().map(|line| line.split('|').map(str::to_owned).collect::<Vec<_>>());
        let headers = rows.next().unwrap();
        Self { plan: GoodsPlan::guessed(kind, &headers), headers, rows: rows.collect() }
    }

    fn fixed(mut self, field: GoodsField, typed: &str) -> Self {
        self.plan.set(FieldSource { fixed: typed.into(), ..self.plan.source(field) });
        self
    }

    fn checked(&self) -> Result<CheckedGoods, Vec<FieldError>> {
        let mut figures = vec![ColumnFigures::default(); self.headers.len()];
        for row in &self.rows {
            row.iter().zip(&mut figures).for_each(|(cell, figures)| figures.note(cell));
        }
        self.plan.check(&self.headers, &figures)
    }

    fn read(&self) -> Vec<RowRead> {
        let plan = self.checked().unwrap();
        let mut reader = plan.reader();
        self.rows.iter().map(|row| reader.read(&mut row.clone())).collect()
    }

    fn good(&self) -> Vec<Incoming> {
        let read = self.read().into_iter().map(|row| match row {
            RowRead::Good(good) => *good,
            other => panic!("{other:?}"),
        });
        read.collect()
    }

    fn surveyed(&self) -> Surveyed {
        let plan = self.checked().unwrap();
        let (mut survey, mut reader) = (plan.survey(), plan.reader());
        for row in &self.rows {
            let read = reader.read(&mut row.clone());
            survey.note(row, &read);
        }
        survey.finish()
    }
}

fn missing(file: &File) -> Vec<String> {
    file.checked().err().unwrap_or_default().into_iter().map(|error| error.field).collect()
}

fn reasons(row: &RowRead) -> String {
    let one = |reason: &FieldError| format!("{}: {}", reason.field, reason.message);
    match row {
        RowRead::Good(_) => "good".into(),
        RowRead::Bad(reasons) => reasons.iter().map(one).collect::<Vec<_>>().join("; "),
        RowRead::LeftOut(reason) => format!("left out {}", reason.as_ref().map(one).unwrap_or_default()),
    }
}

#[test]
fn a_row_is_a_piece() {
    let file = File::of(
        ImportKind::Pieces,
        &[
            "SKU|Name|Category|Price|Cost|Metal|Weight|Size|Notes|Style",
            "r-1|Solitaire|Engagement Rings|$1,250.00|480|14k white gold|3.5 g|6|for Ann|1042",
        ],
    );
    let piece = &file.good()[0];
    assert_eq!((piece.tag.as_deref(), piece.own_number.as_deref()), (Some("R-1"), Some("R-1")));
    assert_eq!((piece.price.to_string(), piece.cost.to_string()), ("1,250.00".into(), "480.00".into()));
    let d = &piece.details;
    assert_eq!((d.kind, d.metal, d.karat), (ItemKind::Ring, Some(Metal::WhiteGold), Some(Karat::K14)));
    assert_eq!(
        (d.weight_mg, d.size.as_deref(), d.note.as_deref()),
        (Some(3_500), Some("6"), Some("for Ann"))
    );
    let variation = piece.variation.as_ref().unwrap();
    assert_eq!((variation.style.as_str(), variation.name.as_str()), ("1042", "Solitaire"));
    assert_eq!(piece.stock, Stock::Piece);
}

#[test]
fn a_bad_row_says_why() {
    let file = File::of(
        ImportKind::Pieces,
        &[
            "SKU|Kind|Price|Cost|Metal|Qty|Status",
            "1|ring|100.50|40||1|",
            "2|boat|100|40||1|",
            "3|ring|call|40||1|",
            "4|ring||40||1|",
            "5|ring|100|||1|",
            "6|ring|100|-4||1|",
            "7|ring|100|40|gold|1|",
            "8|ring|100|40||3|",
            "9|ring|100|40||0|",
            "10|ring|100|40||1|Sold",
            "11|ring|100|40||1|maybe",
            "12|ring",
        ],
    );
    let expected = [
        "good",
        "Kind: “boat” is no kind",
        "Price: “call” is no figure such as 1,234.56",
        "Price: the price is missing",
        "Cost: the cost is missing",
        "Cost: this is below zero",
        "Karat: gold needs its karat",
        "Qty: a piece is one, not 3: bring in goods that are alike as such",
        "left out Qty: there is none of it",
        "left out Status: it is “Sold”",
        "Status: “maybe” says neither that it is in stock nor that it is not",
        "row: the row has 2 cells, the first line has 7",
    ];
    assert_eq!(file.read().iter().map(reasons).collect::<Vec<_>>(), expected);
}

#[test]
fn what_no_column_says_is_said_for_all() {
    let file = File::of(ImportKind::Pieces, &["SKU|Price", "1|100", "2|50.50"]);
    assert_eq!(missing(&file), ["kind", "cost"]);
    let file = file
        .fixed(GoodsField::Kind, "Ring")
        .fixed(GoodsField::Cost, "40%")
        .fixed(GoodsField::Location, "Case 2");
    let costs: Vec<String> = file.good().iter().map(|piece| piece.cost.to_string()).collect();
    assert_eq!(costs, ["40.00", "20.20"]);
    assert_eq!(file.good()[0].details.location.as_deref(), Some("Case 2"));
    for (field, typed) in [
        (GoodsField::Kind, "boat"),
        (GoodsField::Cost, "lots%"),
        (GoodsField::Cost, "0%"),
        (GoodsField::Metal, "wood"),
        (GoodsField::Quantity, "many"),
    ] {
        let file = File::of(ImportKind::Pieces, &["Kind|Price|Cost", "ring|1|1"]).fixed(field, typed);
        assert_eq!(missing(&file), [field.code()], "{typed}");
    }
}

#[test]
fn figures_that_read_two_ways_are_asked_about() {
    let mut file =
        File::of(ImportKind::Pieces, &["Kind|Price|Cost", "ring|1.250|480,50", "ring|2.500|900,00"]);
    assert_eq!(missing(&file), ["price.mark"]);
    for (mark, price) in [(DecimalMark::Comma, "1,250.00"), (DecimalMark::Point, "1.25")] {
        let said = FieldSource { mark: Some(mark), ..file.plan.source(GoodsField::Price) };
        file.plan.set(said);
        assert_eq!(file.good()[0].price.to_string(), price);
        assert_eq!(file.good()[0].cost.to_string(), "480.50", "the column itself is clear");
    }
}

#[test]
fn goods_that_are_alike() {
    let file = File::of(
        ImportKind::Lots,
        &[
            "SKU|Title|Kind|Unit|Qty|Weight|Price|Unit cost",
            "E-1|Ear backs|finding|each|200||1.50|0.25",
            "W-1|Gold wire|finding|g||12.5|80|60.10",
            "M-1|Melee|loose|ct|12|1.20|400|150",
            "N-1|None|finding|each|0||1|1",
            "B-1|Bad|finding|each|||1|1",
            "U-1|Bad|finding|yard|2||1|1",
        ],
    );
    let read = file.read();
    let lots: Vec<(Option<Unit>, String)> = read
        .iter()
        .filter_map(|row| match row {
            RowRead::Good(good) => Some((good.stock.lot().map(|lot| lot.unit), good.cost.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(
        lots,
        [
            (Some(Unit::Piece), "50.00".into()),
            (Some(Unit::Gram), "751.25".into()),
            (Some(Unit::Carat), "180.00".into())
        ]
    );
    assert_eq!(reasons(&read[3]), "left out Qty: there is none of it");
    assert_eq!(reasons(&read[4]), "Qty: say how much: a count such as 3");
    assert_eq!(reasons(&read[5]), "Unit: “yard” is no unit");
}

const SHOPIFY: &str = "Handle|Title|Body (HTML)|Vendor|Type|Tags|Option1 Name|Option1 Value|Option2 Name|Option2 Value|\
                       Variant SKU|Variant Grams|Variant Inventory Qty|Variant Price|Cost per item|Image Src|Status";

#[test]
fn products_are_styles_with_variations() {
    let file = File::of(
        ImportKind::Shopify,
        &[
            SHOPIFY,
            "band|Plain band|<p>A &amp; B</p>|Acme|Rings|gold, plain|Metal|14k Yellow Gold|Ring size|6|B-6|4|1|900.50|400|u1|active",
            "band|||||||14k Yellow Gold||7|B-7|4|3|900.50|400||",
            "band|||||||Platinum||7|B-P7|5|0|1500|||",
            "band|||||||||||||||u2|",
            "cloth|Polishing cloth||Acme|Care||Title|Default Title|||C-1|20|25|9.90|2.00||active",
            "pin|Pin||Acme|Brooches||Title|Default Title||||3|1|50|20||active",
            "old|Old ring||Acme|Rings||Title|Default Title|||O-1|3|1|50|20||archived",
            "gone|Gone||Acme|Rings||Title|Default Title|||G-1|3|-2|50|20||active",
        ],
    );
    let read = file.read();
    let band: Vec<&Incoming> = read
        .iter()
        .take(3)
        .map(|row| match row {
            RowRead::Good(good) => &**good,
            other => panic!("{}", reasons(other)),
        })
        .collect();
    let variation = |at: usize| band[at].variation.as_ref().unwrap();
    assert_eq!((variation(1).style.as_str(), variation(1).name.as_str()), ("BAND", "Plain band"));
    assert_eq!(variation(1).sku.as_deref(), Some("B-7"));
    assert_eq!((variation(1).metal, variation(1).karat), (Some(Metal::YellowGold), Some(Karat::K14)));
    assert_eq!((variation(2).metal, variation(2).size.as_deref()), (Some(Metal::Platinum), Some("7")));
    assert_eq!(variation(2).cost, None);
    assert_eq!(band[0].stock, Stock::Piece);
    assert_eq!(band[1].stock.lot().map(|lot| lot.on_hand.pieces), Some(3));
    assert_eq!(band[1].cost.to_string(), "1,200.00");
    assert_eq!(band[2].stock, Stock::Nothing);
    assert_eq!(
        band[1].details.note.as_deref(),
        Some("A & B\nTags: gold, plain"),
        "filled in from the first row"
    );
    assert_eq!(band[1].details.brand, None, "the vendor is nobody's brand");
    assert_eq!(reasons(&read[3]), "left out ");
    let RowRead::Good(cloth) = &read[4] else { panic!("{}", reasons(&read[4])) };
    assert_eq!((cloth.variation.as_ref(), cloth.stock.lot().map(|lot| lot.on_hand.pieces)), (None, Some(25)));
    assert_eq!(cloth.details.kind, ItemKind::Other);
    let RowRead::Good(pin) = &read[5] else { panic!("{}", reasons(&read[5])) };
    assert_eq!((pin.tag.as_deref(), pin.own_number.as_deref()), (None, Some("PIN\nDefault Title")));
    assert_eq!(reasons(&read[6]), "left out Status: it is “archived”");
    assert_eq!(reasons(&read[7]), "left out Variant Inventory Qty: there is none of it");
}

#[test]
fn options_in_words_that_are_no_metal_are_kept() {
    let file = File::of(
        ImportKind::Shopify,
        &[
            SHOPIFY,
            "h|Hoops|||Earrings||Color|Gold|Finish|Matte|H-1|4|1|90|40||active",
            "k|14k hoops|||Earrings||Color|Gold|Finish|Matte|K-1|4|1|90|40||active",
        ],
    );
    let [plain, known] = &file.good()[..] else { panic!("two") };
    assert_eq!(plain.variation.as_ref().unwrap().quality.as_deref(), Some("Gold / Matte"));
    assert_eq!(plain.details.metal, None);
    assert_eq!((known.details.metal, known.details.karat), (Some(Metal::YellowGold), Some(Karat::K14)));
}

#[test]
fn swapped_columns_are_noticed() {
    let mut lines = vec!["SKU|Kind|Price|Cost".to_owned()];
    for number in 0..100 {
        let (price, cost) = if number < 93 { (40, 100) } else { (100, 40) };
        lines.push(format!("A-{number}|ring|{price}.50|{cost}.50"));
    }
    let mut file = File::of(ImportKind::Pieces, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let warnings = file.surveyed().warnings;
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].field, Some(GoodsField::Cost));
    assert_eq!(warnings[0].sentence, "Cost is above price in 93 of 100 rows: are the two columns swapped?");
    file.plan.confirmed = vec![warnings[0].code.clone()];
    assert_eq!(file.surveyed().open().count(), 0);
    // The other way round it is another question.
    for (field, column) in [(GoodsField::Cost, 2), (GoodsField::Price, 3)] {
        file.plan.set(FieldSource { column: Some(column), ..file.plan.source(field) });
    }
    assert_eq!(file.surveyed(), Surveyed { good: 100, ..Surveyed::default() });
}

#[test]
fn columns_that_hold_something_else_are_noticed() {
    let warned = |lines: &[&str]| {
        let surveyed = File::of(ImportKind::Pieces, lines).surveyed();
        surveyed.warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>()
    };
    assert_eq!(warned(&["SKU|Kind|Price|Cost", "1|ring|10|4", "2|ring|x|4"]), [""; 0], "half is not most");
    assert_eq!(
        warned(&["SKU|Kind|Price|Cost", "1|ring|R-1|4", "2|ring|R-2|4", "3|ring|10|4"]),
        ["no-figures:2", "mostly-bad:0::1:2:3:::::::::::::::"]
    );
    let heavy = ["SKU|Kind|Price|Cost|Weight", "1|ring|10|4|100234", "2|ring|10|4|100235"];
    assert_eq!(warned(&heavy), ["heavy:4"]);
    let title = ["SKU|Name|Kind|Price|Cost", "1|10.00|ring|10|4", "2|20.00|ring|10|4"];
    assert_eq!(warned(&title), ["figures-as-title:1"]);
    let tags = ["SKU|Kind|Price|Cost", "A|ring|10|4", "A|ring|10|4", "A|ring|10|4"];
    assert_eq!(warned(&tags), ["few-tags:0"]);
    let kinds = ["SKU|Kind|Price|Cost", "1|B-1|10|4", "2|B-2|10|4"];
    assert_eq!(warned(&kinds)[0], "no-kinds:1");
}

proptest! {
    /// Whatever stands in cells, a row is read or refused in words.
    #[test]
    fn no_cells_make_it_panic(cells in prop::collection::vec(".{0,20}", 17), kind in 0..3_usize) {
        let kind = [ImportKind::Pieces, ImportKind::Lots, ImportKind::Shopify][kind];
        let line = cells.join("|");
        let file = File::of(kind, &[SHOPIFY, &line.replace('|', " "), SHOPIFY])
            .fixed(GoodsField::Kind, "ring").fixed(GoodsField::Cost, "50%").fixed(GoodsField::UnitCost, "50%");
        if let Ok(plan) = file.checked() {
            let mut reader = plan.reader();
            reader.read(&mut cells.clone());
            reader.read(&mut cells.clone());
        }
    }
}
