//! Which row is which piece, so that a file brought in twice brings nothing twice.

use super::{ImportKind, Incoming};
use crate::ledger::Digest;
use std::collections::BTreeMap;

/// What a row of a file is remembered by in its store: the number it brings, or else what it says and the how
/// many-th such row it is. Rows that are alike are pieces that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(pub [u8; 32]);

impl RowKey {
    fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }
}

/// Tells the rows of one file apart, from its first row on.
#[derive(Debug, Clone)]
pub struct Identities {
    /// A number of a list of stones is none of a tag: the same may stand on both.
    family: &'static [u8],
    alike: BTreeMap<[u8; 32], u64>,
    numbers: BTreeMap<String, u64>,
}

impl Identities {
    #[must_use]
    pub const fn of(kind: ImportKind) -> Self {
        let family = match kind {
            ImportKind::Stones => b"number".as_slice(),
            ImportKind::Pieces | ImportKind::Lots | ImportKind::Shopify => b"tag",
        };
        Self { family, alike: BTreeMap::new(), numbers: BTreeMap::new() }
    }

    /// The key of what stands in this line.
    ///
    /// # Errors
    /// The line that has the same number already.
    pub fn key(&mut self, row: &Incoming, line: u64) -> Result<RowKey, u64> {
        let Digest(content) = row.content;
        if let Some(number) = &row.own_number {
            let number = number.to_uppercase();
            if let Some(earlier) = self.numbers.get(&number) {
                return Err(*earlier);
            }
            let key = RowKey::of(&[self.family, number.as_bytes()]);
            self.numbers.insert(number, line);
            return Ok(key);
        }
        let occurrence = self.alike.entry(content).or_default();
        *occurrence += 1;
        Ok(RowKey::of(&[b"content", &content, &occurrence.to_be_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Delimiter, StonePlan};

    fn stone(line: &str) -> Incoming {
        let headers: Vec<String> = ["carat", "price", "sku"].map(str::to_owned).to_vec();
        let plan = StonePlan {
            cost_percent: "50".into(),
            origin: "natural".into(),
            shape: "round".into(),
            ..StonePlan::guessed(&headers)
        };
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        plan.check(&headers, Delimiter::Comma).unwrap().read(&cells).unwrap()
    }

    #[test]
    fn rows_alike_are_stones_apart_and_the_same_ones_next_time() {
        let keys = || {
            let mut seen = Identities::of(ImportKind::Stones);
            ["1,100,", "1,100,", "1,200,", "1.00,100.00,"].map(|line| seen.key(&stone(line), 1).unwrap())
        };
        let mut first = keys().to_vec();
        assert_eq!(first, keys());
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), 4);
    }

    #[test]
    fn a_number_is_the_stone() {
        let mut seen = Identities::of(ImportKind::Stones);
        let key = seen.key(&stone("1,100,A-17"), 2).unwrap();
        assert_eq!(seen.key(&stone("2,300,a-17"), 9), Err(2));
        assert_eq!(Identities::of(ImportKind::Stones).key(&stone("1.1,120,A-17"), 5), Ok(key));
    }
}
