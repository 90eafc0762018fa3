//! The made-up pieces of the demo store.

use domain::item::{ItemKind, Metal, StoneKind, StoneShape, TypedItem, TypedStone};
use domain::style::Variation;
use fastrand::Rng;

const KINDS: [ItemKind; 11] = [
    ItemKind::Ring,
    ItemKind::Band,
    ItemKind::Pendant,
    ItemKind::Necklace,
    ItemKind::Earrings,
    ItemKind::Bracelet,
    ItemKind::Chain,
    ItemKind::Brooch,
    ItemKind::Watch,
    ItemKind::LooseStone,
    ItemKind::Coin,
];
const METALS: [Metal; 5] =
    [Metal::YellowGold, Metal::WhiteGold, Metal::RoseGold, Metal::Platinum, Metal::Silver];
const GEMS: [StoneKind; 10] = [
    StoneKind::Diamond,
    StoneKind::Diamond,
    StoneKind::Diamond,
    StoneKind::Sapphire,
    StoneKind::Ruby,
    StoneKind::Emerald,
    StoneKind::Aquamarine,
    StoneKind::Opal,
    StoneKind::Tanzanite,
    StoneKind::Morganite,
];
const CASES: [&str; 5] = ["Case 1", "Case 2", "Case 3", "Window", "Safe"];

/// A piece of the demo stock; every kind comes up in turn.
pub fn piece(rng: &mut Rng, number: usize) -> TypedItem {
    let kind = KINDS.iter().cycle().nth(number).copied().unwrap_or_default();
    let metal = metal_of(rng, kind);
    let stones = stones_of(rng, kind);
    let base = match kind {
        ItemKind::Ring | ItemKind::LooseStone | ItemKind::Watch => rng.i64(60..520),
        ItemKind::Coin => rng.i64(30..60),
        _ => rng.i64(15..180),
    };
    let (price, cost) = (base * 1_000 + 900, base * rng.i64(400..520));
    let money = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
    TypedItem {
        kind: kind.code().to_owned(),
        title: match kind {
            ItemKind::Coin => "Fine gold round, 1/10 oz".to_owned(),
            _ => String::new(),
        },
        metal: metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
        karat: metal.filter(|metal| metal.is_gold()).map(|_| karat(rng, kind)).unwrap_or_default(),
        weight_grams: format!("{}.{:02}", rng.u8(2..30), rng.u8(0..100)),
        size: if matches!(kind, ItemKind::Ring | ItemKind::Band) {
            format!("{}", rng.u8(5..9))
        } else {
            String::new()
        },
        brand: if kind == ItemKind::Watch { "Mockford".to_owned() } else { String::new() },
        serial: if kind == ItemKind::Watch {
            format!("MF-{:05}", rng.u32(10_000..99_999))
        } else {
            String::new()
        },
        location: rng.choice(CASES).unwrap_or("Case 1").to_owned(),
        price: money(price),
        cost: Some(money(cost)),
        stones,
        ..TypedItem::default()
    }
}

/// The piece as one of a style, with its place in the case.
pub fn of_variation(kind: ItemKind, of: &Variation, piece: TypedItem) -> TypedItem {
    TypedItem {
        kind: kind.code().to_owned(),
        title: String::new(),
        metal: of.metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
        karat: of.karat.map(|karat| karat.code().to_owned()).unwrap_or_default(),
        size: of.size.clone().unwrap_or_default(),
        note: of.quality.clone().unwrap_or_default(),
        price: of.price.to_string(),
        cost: of.cost.map(|cost| cost.to_string()),
        variation: Some(of.id),
        brand: String::new(),
        serial: String::new(),
        stones: Vec::new(),
        ..piece
    }
}

fn karat(rng: &mut Rng, kind: ItemKind) -> String {
    if kind == ItemKind::Coin {
        "24k".to_owned()
    } else {
        rng.choice(["10k", "14k", "14k", "18k"]).unwrap_or("14k").to_owned()
    }
}

fn metal_of(rng: &mut Rng, kind: ItemKind) -> Option<Metal> {
    match kind {
        ItemKind::LooseStone => None,
        ItemKind::Watch => Some(Metal::Steel),
        ItemKind::Coin => Some(Metal::YellowGold),
        _ => rng.choice(METALS),
    }
}

fn stones_of(rng: &mut Rng, kind: ItemKind) -> Vec<TypedStone> {
    if matches!(kind, ItemKind::Chain | ItemKind::Coin | ItemKind::Watch)
        || (kind == ItemKind::Band && rng.bool())
    {
        return Vec::new();
    }
    let gem = rng.choice(GEMS).unwrap_or_default();
    let shape = rng.choice(StoneShape::ALL.iter().copied()).unwrap_or_default();
    let mut stones = vec![TypedStone {
        carat: format!("{}.{:02}", rng.u8(0..3), rng.u8(20..100)),
        ..stone(rng, gem, shape)
    }];
    if kind != ItemKind::LooseStone && rng.bool() {
        let count = rng.u8(2..12);
        let side = TypedStone {
            count: count.to_string(),
            carat: format!("0.{:02}", u16::from(count) * 2),
            ..stone(rng, StoneKind::Diamond, StoneShape::Round)
        };
        stones.push(side);
    }
    stones
}

fn stone(rng: &mut Rng, kind: StoneKind, shape: StoneShape) -> TypedStone {
    let diamond = kind == StoneKind::Diamond;
    let pick =
        |rng: &mut Rng, from: &[&'static str]| rng.choice(from).copied().unwrap_or_default().to_owned();
    TypedStone {
        kind: kind.code().to_owned(),
        shape: shape.code().to_owned(),
        color: if diamond { pick(rng, &["D", "E", "F", "G", "H"]) } else { String::new() },
        clarity: if diamond { pick(rng, &["VVS2", "VS1", "VS2", "SI1"]) } else { String::new() },
        origin: if diamond { pick(rng, &["natural", "natural", "lab_grown"]) } else { "natural".to_owned() },
        ..TypedStone::default()
    }
}
