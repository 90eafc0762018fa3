//! A mapping that was saved for one file, used for another.

use super::goods::{FieldSource, GoodsPlan, plain_name};
use super::view::MappingContent;
use crate::ledger::{Digest, digest_of};

/// Tells files with the same columns from others: their names in their order.
#[must_use]
pub fn columns_digest(headers: &[String]) -> Digest {
    let names: Vec<String> = headers.iter().map(|header| plain_name(header)).collect();
    digest_of(names.join("\n").as_bytes())
}

impl MappingContent {
    /// The plan for a file with these columns: each field keeps its column by name. A column that is not there
    /// leaves its field to what holds for all rows. What was confirmed for one file is not for another.
    #[must_use]
    pub fn plan_for(&self, headers: &[String]) -> GoodsPlan {
        let names: Vec<String> = headers.iter().map(|header| plain_name(header)).collect();
        let again = |at: usize| {
            let name = plain_name(self.headers.get(at)?);
            let earlier = self.headers.iter().take(at).filter(|header| plain_name(header) == name).count();
            let same = names.iter().enumerate().filter(|(_, there)| **there == name);
            same.map(|(place, _)| place).nth(earlier)
        };
        let fields = self
            .plan
            .fields
            .iter()
            .map(|source| FieldSource { column: source.column.and_then(again), ..source.clone() });
        GoodsPlan { kind: self.plan.kind, fields: fields.collect(), confirmed: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{GoodsField, ImportKind};

    #[test]
    fn a_mapping_follows_the_names_of_columns() {
        let headers = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let old = headers(&["Sticker", "Value", "Value", "Cost"]);
        let mut plan = GoodsPlan::guessed(ImportKind::Pieces, &old);
        plan.say(&old, "Sticker", GoodsField::Tag).unwrap();
        plan.set(FieldSource { column: Some(2), ..plan.source(GoodsField::Price) });
        plan.confirmed = vec!["above-price:3:2".into()];
        let content = MappingContent { plan: plan.clone(), headers: old.clone() };
        assert_eq!(content.plan_for(&old), GoodsPlan { confirmed: Vec::new(), ..plan });
        let moved = content.plan_for(&headers(&["cost", "value", "Note", "VALUE"]));
        let column = |field| moved.source(field).column;
        assert_eq!(
            [GoodsField::Tag, GoodsField::Price, GoodsField::Cost].map(column),
            [None, Some(3), Some(0)]
        );
        assert_eq!(columns_digest(&old), columns_digest(&headers(&["sticker ", "VALUE", "value", "cost"])));
        assert_ne!(columns_digest(&old), columns_digest(&headers(&["Value", "Sticker", "Value", "Cost"])));
    }
}
