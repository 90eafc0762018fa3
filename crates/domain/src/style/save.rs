//! What a style is after somebody saved it.

use super::{CheckedStyle, SaveStyle, Style, Variation};
use crate::field::FieldError;
use crate::ids::{Ids, StyleId, VariationId};
use std::collections::BTreeSet;

/// Somebody changed a variation that the style does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the style has no such variation")]
pub struct NoSuchVariation;

/// The style as it is to be. Variations that it has keep their ids; where the cost was not on the screen it stays.
///
/// # Errors
/// [`NoSuchVariation`] for a change of a variation of another style.
pub fn save(
    cmd: &SaveStyle,
    checked: &CheckedStyle,
    before: Option<&Style>,
) -> Result<Style, NoSuchVariation> {
    let mut ids = Ids::new(cmd.command_id);
    let new_id: StyleId = ids.draw();
    let known = |id: VariationId| before?.variations.iter().find(|variation| variation.id == id);
    let variations = checked.variations.iter().map(|typed| {
        let was = typed.id.and_then(known);
        if typed.id.is_some() && was.is_none() {
            return Err(NoSuchVariation);
        }
        Ok(Variation {
            id: was.map_or_else(|| ids.draw(), |was| was.id),
            sku: typed.sku.clone(),
            metal: typed.metal,
            karat: typed.karat,
            quality: typed.quality.clone(),
            size: typed.size.clone(),
            price: typed.price,
            cost: typed.cost.unwrap_or_else(|| was.and_then(|was| was.cost)),
        })
    });
    Ok(Style {
        variations: variations.collect::<Result<_, _>>()?,
        id: before.map_or(new_id, |before| before.id),
        number: checked.number.clone(),
        name: checked.name.clone(),
        kind: checked.kind,
        brand: checked.brand.clone(),
        vendor_style: checked.vendor_style.clone(),
        taxability: checked.taxability,
        note: checked.note.clone(),
        version: before.map_or(1, |before| before.version),
    })
}

/// The variations that a change takes away.
pub fn gone<'s>(before: &'s Style, after: &'s Style) -> impl Iterator<Item = &'s Variation> {
    let stays: BTreeSet<VariationId> = after.variations.iter().map(|variation| variation.id).collect();
    before.variations.iter().filter(move |variation| !stays.contains(&variation.id))
}

/// Whether variations may go: not while there are pieces of them, sold ones too.
///
/// # Errors
/// The first that stays, at the list of variations.
pub fn may_go<'s>(
    mut gone: impl Iterator<Item = &'s Variation>,
    with_pieces: &BTreeSet<VariationId>,
) -> Result<(), FieldError> {
    match gone.find(|variation| with_pieces.contains(&variation.id)) {
        None => Ok(()),
        Some(stays) => {
            Err(FieldError::new("variations", format!("{} stays: there are pieces of it", stays.sku)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CommandId;
    use crate::style::{TypedStyle, TypedVariation};

    fn typed(price: &str, cost: Option<&str>) -> TypedVariation {
        TypedVariation {
            metal: "platinum".into(),
            size: price.into(),
            price: price.into(),
            cost: cost.map(str::to_owned),
            ..TypedVariation::default()
        }
    }

    fn saved(variations: Vec<TypedVariation>, before: Option<&Style>) -> Result<Style, NoSuchVariation> {
        let typed = TypedStyle {
            number: "1042".into(),
            name: "Solitaire".into(),
            kind: "ring".into(),
            variations,
            ..TypedStyle::default()
        };
        let checked = typed.check().unwrap();
        let command_id =
            CommandId(uuid::Uuid::from_u128(1 + before.map_or(0, |before| before.id.0.as_u128())));
        save(
            &SaveStyle { command_id, style_id: before.map(|before| before.id), version: 1, typed },
            &checked,
            before,
        )
    }

    #[test]
    fn a_variation_keeps_its_id_and_a_cost_that_was_not_on_the_screen() {
        let first = saved(vec![typed("1200", Some("480")), typed("1450", Some("610"))], None).unwrap();
        let [kept, lost] = first.variations.as_slice() else { panic!("{first:?}") };
        let unseen = TypedVariation { id: Some(kept.id), ..typed("1300", None) };
        let second = saved(vec![unseen, typed("1600", None)], Some(&first)).unwrap();
        assert_eq!(second.id, first.id);
        assert_eq!((second.variations[0].id, second.variations[0].cost), (kept.id, kept.cost));
        assert_eq!(second.variations[1].cost, None);
        assert_eq!(gone(&first, &second).map(|v| v.id).collect::<Vec<_>>(), [lost.id]);
        assert_eq!(may_go(gone(&first, &second), &BTreeSet::from([kept.id])), Ok(()));
        let refused = may_go(gone(&first, &second), &BTreeSet::from([lost.id])).unwrap_err();
        assert_eq!((refused.field.as_str(), refused.message.contains(&lost.sku)), ("variations", true));
    }

    #[test]
    fn a_variation_of_another_style_is_not_changed() {
        let first = saved(vec![typed("1200", None)], None).unwrap();
        let stranger =
            TypedVariation { id: Some(VariationId(uuid::Uuid::from_u128(99))), ..typed("1200", None) };
        assert_eq!(saved(vec![stranger], Some(&first)), Err(NoSuchVariation));
    }
}
