//! Between a piece and its rows.

use crate::convert::{account, code, money, optional_code, to_lot};
use crate::entity::{item, stone};
use crate::error::DbError;
use crate::repo::search;
use chrono::{DateTime, Utc};
use domain::ids::{ItemId, StoreId};
use domain::item::{CaratMilli, Holder, Item, PieceDetails, Stone, describe, search_tokens};
use domain::money::Money;
use domain::photo::Photo;
use domain::rate::Rate;
use domain::style::VariationTag;
use domain::vendor::VendorTag;

pub(super) fn to_item(
    row: item::Model,
    stones: Vec<Stone>,
    variation: Option<VariationTag>,
    vendor: Option<VendorTag>,
    photo: Option<Photo>,
) -> Result<Item, DbError> {
    Ok(Item {
        id: ItemId(row.id),
        store_id: StoreId(row.store_id),
        tag: row.tag,
        taxability: code(&row.taxability)?,
        price: money(row.price_minor),
        cost: money(row.cost_minor),
        replacement: row.replacement_minor.map(money),
        lot: to_lot(row.lot_unit.as_deref(), row.lot_pieces, row.lot_milli)?,
        variation,
        vendor,
        vendor_style: row.vendor_style,
        account: account(row.account_code)?,
        status: code(&row.status)?,
        holder: Holder { id: row.holder_id, until: row.held_until },
        version: row.version,
        photo,
        on_ticket: None,
        details: PieceDetails {
            kind: code(&row.kind)?,
            title: row.title,
            metal: optional_code(row.metal.as_deref())?,
            karat: optional_code(row.karat.as_deref())?,
            weight_mg: row.weight_mg,
            plating_nm: row.plating_nm,
            size: row.size,
            brand: row.brand,
            serial: row.serial,
            location: row.location,
            note: row.note,
            stones,
        },
    })
}

pub(super) fn to_stone(row: stone::Model) -> Result<Stone, DbError> {
    Ok(Stone {
        kind: code(&row.kind)?,
        shape: code(&row.shape)?,
        count: row.count,
        carat: row.carat_milli.map(CaratMilli),
        color: row.color,
        clarity: row.clarity,
        cut: row.cut,
        origin: optional_code(row.origin.as_deref())?,
        treatment: row.treatment,
        lab: row.lab,
        report_number: row.report_number,
        measures: match (row.length_um, row.width_um, row.depth_um) {
            (Some(length), Some(width), Some(height)) => Some([length, width, height]),
            _ => None,
        },
        depth: row.depth_ppm.map(Rate::from_ppm),
        table: row.table_ppm.map(Rate::from_ppm),
    })
}

pub(super) fn item_row(item: &Item, tokens: &[String], now: DateTime<Utc>) -> item::Model {
    let d = &item.details;
    item::Model {
        id: item.id.0,
        store_id: item.store_id.0,
        tag: item.tag.clone(),
        kind: d.kind.code().to_owned(),
        title: d.title.clone(),
        description: describe(d),
        metal: d.metal.map(|metal| metal.code().to_owned()),
        karat: d.karat.map(|karat| karat.code().to_owned()),
        weight_mg: d.weight_mg,
        plating_nm: d.plating_nm,
        size: d.size.clone(),
        brand: d.brand.clone(),
        serial: d.serial.clone(),
        location: d.location.clone(),
        note: d.note.clone(),
        taxability: item.taxability.code().to_owned(),
        price_minor: item.price.minor(),
        cost_minor: item.cost.minor(),
        status: item.status.code().to_owned(),
        holder_id: item.holder.id,
        held_until: item.holder.until,
        version: item.version,
        search_text: search::search_text(tokens),
        created_at: now,
        variation_id: item.variation.as_ref().map(|variation| variation.id.0),
        account_code: i64::from(item.account.get()),
        replacement_minor: item.replacement.map(Money::minor),
        lot_unit: item.lot.map(|lot| lot.unit.code().to_owned()),
        lot_pieces: item.lot.map_or(0, |lot| lot.on_hand.pieces),
        lot_milli: item.lot.map_or(0, |lot| lot.on_hand.milli),
        vendor_id: item.vendor.as_ref().map(|vendor| vendor.id.0),
        vendor_style: item.vendor_style.clone(),
    }
}

pub(super) fn stone_rows(item: &Item) -> impl Iterator<Item = stone::Model> {
    (0_i64..).zip(&item.details.stones).map(|(position, s)| stone::Model {
        item_id: item.id.0,
        position,
        kind: s.kind.code().to_owned(),
        shape: s.shape.code().to_owned(),
        count: s.count,
        carat_milli: s.carat.map(|carat| carat.0),
        color: s.color.clone(),
        clarity: s.clarity.clone(),
        cut: s.cut.clone(),
        origin: s.origin.map(|origin| origin.code().to_owned()),
        treatment: s.treatment.clone(),
        lab: s.lab.clone(),
        report_number: s.report_number.clone(),
        length_um: s.measures.map(|[length, _, _]| length),
        width_um: s.measures.map(|[_, width, _]| width),
        depth_um: s.measures.map(|[_, _, height]| height),
        depth_ppm: s.depth.map(Rate::ppm),
        table_ppm: s.table.map(Rate::ppm),
    })
}

/// The words a piece is found by.
pub(super) fn tokens(item: &Item) -> Vec<String> {
    let d = &item.details;
    let description = describe(d);
    let mut texts = vec![item.tag.as_str(), description.as_str()];
    texts.extend(
        [&d.title, &d.brand, &d.serial, &d.size, &d.location].into_iter().filter_map(Option::as_deref),
    );
    if let Some(variation) = &item.variation {
        texts.extend([variation.style.as_str(), variation.sku.as_str()]);
    }
    for stone in &d.stones {
        texts.extend([&stone.cut, &stone.lab, &stone.report_number].into_iter().filter_map(Option::as_deref));
    }
    search_tokens(&texts)
}
