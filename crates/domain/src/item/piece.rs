//! What a piece is.

use super::{Holder, ItemStatus, Lot, Stone, Unit};
use crate::codes;
use crate::ids::{ItemId, StoreId};
use crate::ledger::{AccountCode, code};
use crate::money::Money;
use crate::photo::Photo;
use crate::style::VariationTag;
use crate::tax::Taxability;
use crate::vendor::VendorTag;
use serde::{Deserialize, Serialize};

codes! {
    #[derive(Default)]
    pub enum ItemKind("kind of piece") {
        #[default]
        Ring = "ring", "Ring";
        Band = "band", "Band";
        Pendant = "pendant", "Pendant";
        Necklace = "necklace", "Necklace";
        Earrings = "earrings", "Earrings";
        Bracelet = "bracelet", "Bracelet";
        Chain = "chain", "Chain";
        Brooch = "brooch", "Brooch";
        Watch = "watch", "Watch";
        LooseStone = "loose_stone", "Loose stone";
        Coin = "coin", "Coin or bullion";
        /// Clasps, posts, heads, ear backs.
        Finding = "finding", "Finding";
        Other = "other", "Other";
    }
}

codes! {
    /// Metal with its color, as it is said at the counter.
    pub enum Metal("metal") {
        YellowGold = "yellow_gold", "yellow gold";
        WhiteGold = "white_gold", "white gold";
        RoseGold = "rose_gold", "rose gold";
        TwoToneGold = "two_tone_gold", "two-tone gold";
        Platinum = "platinum", "platinum";
        Palladium = "palladium", "palladium";
        Silver = "silver", "sterling silver";
        /// Gold on sterling silver, at least 2.5 µm of 10 karat or more (16 CFR 23).
        Vermeil = "vermeil", "vermeil";
        GoldFilled = "gold_filled", "gold-filled";
        GoldPlated = "gold_plated", "gold-plated";
        Steel = "steel", "stainless steel";
        Titanium = "titanium", "titanium";
    }
}

codes! {
    /// Fineness: of gold in 24ths, of the other precious metals in thousandths. Gold below 24 karat and platinum
    /// below 950 must say it (16 CFR 23).
    pub enum Karat("fineness") {
        K9 = "9k", "9k";
        K10 = "10k", "10k";
        K14 = "14k", "14k";
        K18 = "18k", "18k";
        K22 = "22k", "22k";
        K24 = "24k", "24k";
        T500 = "500", "500";
        T850 = "850", "850";
        T900 = "900", "900";
        T925 = "925", "925";
        T950 = "950", "950";
        T958 = "958", "958";
        T999 = "999", "999";
    }
}

impl Karat {
    /// Thousandths of precious metal where the fineness is said in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> Option<u16> {
        match self {
            Self::T500 => Some(500),
            Self::T850 => Some(850),
            Self::T900 => Some(900),
            Self::T925 => Some(925),
            Self::T950 => Some(950),
            Self::T958 => Some(958),
            Self::T999 => Some(999),
            Self::K9 | Self::K10 | Self::K14 | Self::K18 | Self::K22 | Self::K24 => None,
        }
    }
}

impl Metal {
    #[must_use]
    pub const fn is_gold(self) -> bool {
        matches!(self, Self::YellowGold | Self::WhiteGold | Self::RoseGold | Self::TwoToneGold)
    }

    /// Whether gold only covers it.
    #[must_use]
    pub const fn is_covered(self) -> bool {
        matches!(self, Self::Vermeil | Self::GoldFilled | Self::GoldPlated)
    }

    /// The metal as it is said with its fineness: `14k white gold`, `900 platinum`, `14k gold-filled`. What the word
    /// alone already promises is not said twice: platinum is 950, sterling silver 925.
    #[must_use]
    pub fn said(self, fineness: Option<Karat>) -> String {
        match (self, fineness) {
            (Self::Platinum, Some(Karat::T950)) | (Self::Silver, Some(Karat::T925)) | (_, None) => {
                self.label().to_owned()
            }
            (Self::Silver, Some(fineness)) => format!("{fineness} silver"),
            (_, Some(fineness)) => format!("{fineness} {self}"),
        }
    }

    /// Whether this fineness is one of this metal.
    ///
    /// # Errors
    /// What the metal is said in.
    pub const fn takes(self, fineness: Option<Karat>) -> Result<(), &'static str> {
        let thousandths = match fineness {
            Some(fineness) => fineness.thousandths(),
            None => return if self.is_gold() { Err("gold needs its karat") } else { Ok(()) },
        };
        match (self, thousandths) {
            (Self::Platinum | Self::Palladium, Some(500 | 850 | 900 | 950 | 999))
            | (Self::Silver, Some(925 | 958 | 999)) => Ok(()),
            (Self::Platinum, _) => Err("platinum is 500, 850, 900, 950 or 999"),
            (Self::Palladium, _) => Err("palladium is 500, 850, 900, 950 or 999"),
            (Self::Silver, _) => Err("silver is 925, 958 or 999"),
            (Self::Steel | Self::Titanium, _) => Err("steel and titanium have no fineness"),
            (_, None) => Ok(()),
            (_, Some(_)) => Err("gold is said in karat"),
        }
    }
}

/// What a person can see and read on a piece.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PieceDetails {
    pub kind: ItemKind,
    /// Own words; where empty, [`super::describe`] makes the description from the attributes.
    pub title: Option<String>,
    pub metal: Option<Metal>,
    pub karat: Option<Karat>,
    /// How thick the gold is that covers it, in nanometers.
    #[serde(default)]
    pub plating_nm: Option<i64>,
    pub weight_mg: Option<i64>,
    /// Ring size, chain length.
    pub size: Option<String>,
    pub brand: Option<String>,
    /// The maker's number, as on watches.
    pub serial: Option<String>,
    /// The case, tray or safe where it lies.
    pub location: Option<String>,
    pub note: Option<String>,
    pub stones: Vec<Stone>,
}

/// A unique piece with its price, its cost and its one holder; or goods that are alike, with what is there of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item<Cost = Money> {
    pub id: ItemId,
    pub store_id: StoreId,
    pub tag: String,
    pub details: PieceDetails,
    pub taxability: Taxability,
    /// Of a lot: of one unit.
    pub price: Money,
    /// Landed cost of exactly this piece (specific identification); of a lot, of all that is there.
    pub cost: Cost,
    /// What buying it again would cost; known to those who know the cost.
    #[serde(default)]
    pub replacement: Option<Money>,
    /// `None` for a unique piece.
    #[serde(default)]
    pub lot: Option<Lot>,
    /// The variation of a style that it is one of.
    #[serde(default)]
    pub variation: Option<VariationTag>,
    /// Who it was bought from; known to those who know the cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<VendorTag>,
    /// The vendor's own number for it; known to those who know the cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_style: Option<String>,
    /// The inventory account that holds its cost.
    #[serde(default = "showcase")]
    pub account: AccountCode,
    pub status: ItemStatus,
    pub holder: Holder,
    /// Counts every change; a change must name the version it was made on.
    pub version: i64,
    /// The first of its photos, else of its variation's, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// The open ticket of another till that it stands on, in words; nothing for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_ticket: Option<String>,
}

const fn showcase() -> AccountCode {
    code::INVENTORY_SHOWCASE
}

/// The inventory account of new goods: stones and findings are stock of the bench, the rest lies in the case.
#[must_use]
pub const fn account_for(kind: ItemKind, unit: Option<Unit>) -> AccountCode {
    match (kind, unit) {
        (ItemKind::Finding, _) | (_, Some(Unit::Gram | Unit::Carat)) => code::INVENTORY_STONES_AND_FINDINGS,
        _ => code::INVENTORY_SHOWCASE,
    }
}

/// A piece as it is shown: without its cost to those who may not know it.
pub type ShownItem = Item<Option<Money>>;

impl Item {
    /// The piece with its cost, or without.
    #[must_use]
    pub fn shown(self, cost: CostShown) -> ShownItem {
        let (shown, replacement, vendor, vendor_style) = match cost {
            CostShown::Yes => (Some(self.cost), self.replacement, self.vendor, self.vendor_style),
            CostShown::No => (None, None, None, None),
        };
        Item {
            id: self.id,
            store_id: self.store_id,
            tag: self.tag,
            details: self.details,
            taxability: self.taxability,
            price: self.price,
            cost: shown,
            replacement,
            lot: self.lot,
            variation: self.variation,
            vendor,
            vendor_style,
            account: self.account,
            status: self.status,
            holder: self.holder,
            version: self.version,
            photo: self.photo,
            on_ticket: self.on_ticket,
        }
    }
}

/// Whether somebody may know what a piece cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostShown {
    Yes,
    No,
}
