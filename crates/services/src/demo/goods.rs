//! Styles with their variations, and goods that are alike, for the demo stores.

use domain::item::{ItemKind, Karat, Metal, TypedItem, TypedQuantity, TypedStone, Unit};
use domain::style::{TypedStyle, TypedVariation, combine};

/// Number, name, kind, metals, qualities and sizes of a style, and what the plainest of it costs.
struct Design {
    number: &'static str,
    name: &'static str,
    kind: ItemKind,
    metals: &'static [(Metal, Option<Karat>)],
    qualities: &'static [&'static str],
    sizes: &'static [&'static str],
    price: i64,
}

const DESIGNS: [Design; 3] = [
    Design {
        number: "1042",
        name: "Six-prong solitaire",
        kind: ItemKind::Ring,
        metals: &[
            (Metal::YellowGold, Some(Karat::K14)),
            (Metal::WhiteGold, Some(Karat::K18)),
            (Metal::Platinum, None),
        ],
        qualities: &["0.50 ct G VS2", "1.00 ct G VS2"],
        sizes: &["6", "7"],
        price: 1_650,
    },
    Design {
        number: "2210",
        name: "Comfort-fit band",
        kind: ItemKind::Band,
        metals: &[(Metal::YellowGold, Some(Karat::K14)), (Metal::Platinum, None)],
        qualities: &[],
        sizes: &["6", "8", "10"],
        price: 640,
    },
    Design {
        number: "3305",
        name: "Halo pendant",
        kind: ItemKind::Pendant,
        metals: &[(Metal::RoseGold, Some(Karat::K14)), (Metal::WhiteGold, Some(Karat::K14))],
        qualities: &["aquamarine", "morganite"],
        sizes: &[],
        price: 890,
    },
];

/// The styles of the chain with every variation they are made in.
pub fn styles() -> Vec<TypedStyle> {
    DESIGNS.iter().map(style).collect()
}

fn style(design: &Design) -> TypedStyle {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let made = combine(&[], design.metals, &owned(design.qualities), &owned(design.sizes), "");
    let priced = |(at, variation): (usize, TypedVariation)| {
        let price = design.price + i64::try_from(at).unwrap_or(0) * 115;
        TypedVariation { price: format!("{price}"), cost: Some(format!("{}", price * 43 / 100)), ..variation }
    };
    TypedStyle {
        number: design.number.to_owned(),
        name: design.name.to_owned(),
        kind: design.kind.code().to_owned(),
        vendor_style: format!("MV-{}", design.number),
        variations: made.into_iter().enumerate().map(priced).collect(),
        ..TypedStyle::default()
    }
}

/// What each store has of goods that are alike.
pub fn lots() -> [TypedItem; 4] {
    let lot =
        |kind: ItemKind, unit: Unit, title: &str, there: (&str, &str), price: &str, cost: &str| TypedItem {
            kind: kind.code().to_owned(),
            title: title.to_owned(),
            unit: unit.code().to_owned(),
            quantity: TypedQuantity { pieces: there.0.to_owned(), measure: there.1.to_owned() },
            price: price.to_owned(),
            cost: Some(cost.to_owned()),
            location: "Drawer 4".to_owned(),
            ..TypedItem::default()
        };
    let melee = TypedStone {
        kind: "diamond".to_owned(),
        origin: "natural".to_owned(),
        color: "G".to_owned(),
        clarity: "VS2".to_owned(),
        ..TypedStone::default()
    };
    let parcel = lot(
        ItemKind::LooseStone,
        Unit::Carat,
        "Round melee, natural diamonds, G VS",
        ("400", "20"),
        "980",
        "8,400",
    );
    let chain =
        lot(ItemKind::Chain, Unit::Gram, "14k gold cable chain by the gram", ("", "600"), "96", "31,200");
    [
        TypedItem { stones: vec![melee], ..parcel },
        TypedItem { metal: "yellow_gold".to_owned(), karat: "14k".to_owned(), ..chain },
        lot(ItemKind::Finding, Unit::Piece, "Silicone ear backs, pair", ("500", ""), "4", "150"),
        lot(ItemKind::Other, Unit::Piece, "Polishing cloth", ("300", ""), "12", "780"),
    ]
}
