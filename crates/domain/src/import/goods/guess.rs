//! Which column is which, by the names that lists, tills and shops give their columns.

use super::field::GoodsField;
use super::plan::{FieldSource, GoodsPlan};
use crate::import::ImportKind;
use GoodsField as F;

/// A name without spaces, marks and capitals.
#[must_use]
pub fn plain_name(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl GoodsField {
    /// The names files give the column, the likelier first.
    const fn names(self) -> &'static [&'static str] {
        match self {
            F::Tag => &[
                "tag",
                "tagno",
                "tagnumber",
                "sku",
                "itemsku",
                "stockno",
                "stocknumber",
                "stock",
                "stocknum",
                "itemno",
                "itemnumber",
                "itemnum",
                "itemid",
                "itemkey",
                "itemtag",
                "inventorynumber",
                "inventoryno",
                "inventoryid",
                "stockid",
                "productcode",
                "code",
                "number",
                "barcode",
                "id",
            ],
            F::Title => &[
                "title",
                "name",
                "itemname",
                "productname",
                "producttitle",
                "product",
                "itemtitle",
                "itemdesc",
                "itemdescription",
                "shortdescription",
                "desc",
                "description",
            ],
            F::Kind => &[
                "kind",
                "category",
                "itemcategory",
                "type",
                "itemtype",
                "producttype",
                "itemcat",
                "catname",
                "class",
                "department",
                "dept",
                "group",
            ],
            F::Price => &[
                "price",
                "retail",
                "retailprice",
                "currentprice",
                "itemcurrentprice",
                "itemretailprice",
                "itemprice",
                "sellingprice",
                "saleprice",
                "listprice",
                "tagprice",
                "unitprice",
                "priceperunit",
                "priceeach",
                "msrp",
                "itemtagprice",
            ],
            F::Cost => &[
                "cost",
                "itemcost",
                "costprice",
                "totalcost",
                "landedcost",
                "purchaseprice",
                "purchasecost",
                "wholesale",
                "wholesaleprice",
                "mycost",
            ],
            F::UnitCost => &[
                "unitcost",
                "costperunit",
                "costeach",
                "costperitem",
                "costpergram",
                "costpercarat",
                "avgcost",
            ],
            F::Replacement => &[
                "replacement",
                "replacementcost",
                "itemreplacementcost",
                "currentcost",
                "itemcurrentcost",
                "insurancevalue",
            ],
            F::Unit => &["unit", "uom", "unitofmeasure", "soldby", "measure"],
            F::Quantity => &[
                "quantity",
                "qty",
                "itemqty",
                "onhand",
                "qtyonhand",
                "quantityonhand",
                "instock",
                "stockqty",
                "pieces",
                "pcs",
                "count",
                "itemquantity",
            ],
            F::Weight => &[
                "weight",
                "weightgrams",
                "weightg",
                "grams",
                "gramweight",
                "metalweight",
                "goldweight",
                "totalweight",
                "wt",
                "itemweight",
                "gramwt",
            ],
            F::Metal => &["metal", "metaltype", "itemmetal", "material", "itemmetaltype", "alloy"],
            F::Karat => &["karat", "kt", "fineness", "purity", "metalkarat", "itemkarat", "metalpurity"],
            F::Size => &["size", "ringsize", "fingersize", "itemsize", "length", "itemlength"],
            F::Brand => &["brand", "designer", "maker", "manufacturer", "itembrand", "brandname"],
            F::Serial => {
                &["serial", "serialno", "serialnumber", "itemserial", "itemserialno", "itemserialnumber"]
            }
            F::Status => &["status", "itemstatus", "stockstatus", "state", "availability"],
            F::Location => &["location", "itemlocation", "case", "tray", "showcase", "bin", "shelf", "loc"],
            F::Description => {
                &["description", "longdescription", "details", "itemlongdesc", "body", "itemwebdescription"]
            }
            F::StonesText => {
                &["stones", "stone", "stonedetails", "itemstones", "gemstones", "stonedescription", "gems"]
            }
            F::Note => &["note", "notes", "itemnotes", "comment", "comments", "remarks", "memo"],
            F::Style => &[
                "style",
                "styleno",
                "stylenumber",
                "itemstyle",
                "itemstyleno",
                "model",
                "modelno",
                "modelnumber",
            ],
            F::Quality => &["quality", "stonequality", "diamondquality", "itemquality", "grade"],
            _ => &[],
        }
    }

    /// The names Shopify gives the column, in its older and in its current layout.
    const fn shopify_names(self) -> &'static [&'static str] {
        match self {
            F::Handle => &["handle", "urlhandle"],
            F::Title => &["title"],
            F::Kind => &["type", "customproducttype", "standardproducttype", "productcategory"],
            F::Tag => &["variantsku", "sku"],
            F::Price => &["variantprice", "price"],
            F::UnitCost => &["costperitem", "variantcost"],
            F::Quantity => &["variantinventoryqty", "inventoryquantity", "variantinventoryquantity"],
            F::Weight => &["variantgrams", "weightvaluegrams", "grams"],
            F::Status => &["status"],
            F::Description => &["bodyhtml", "description", "body"],
            F::Tags => &["tags"],
            F::OptionName1 => &["option1name"],
            F::OptionValue1 => &["option1value"],
            F::OptionName2 => &["option2name"],
            F::OptionValue2 => &["option2value"],
            F::OptionName3 => &["option3name"],
            F::OptionValue3 => &["option3value"],
            _ => &[],
        }
    }

    fn names_in(self, kind: ImportKind) -> &'static [&'static str] {
        if kind == ImportKind::Shopify { self.shopify_names() } else { self.names() }
    }
}

/// Whether a file looks like one that Shopify exports.
#[must_use]
pub fn looks_like_shopify(headers: &[String]) -> bool {
    let names: Vec<String> = headers.iter().map(|header| plain_name(header)).collect();
    let has = |field: F| field.shopify_names().iter().any(|name| names.iter().any(|there| there == name));
    has(F::Handle) && has(F::Title) && (has(F::OptionValue1) || has(F::Price) && has(F::Quantity))
}

impl GoodsPlan {
    /// What the names of the columns say. A column is taken once; of several that could be the same, the one with
    /// the likelier name.
    #[must_use]
    pub fn guessed(kind: ImportKind, headers: &[String]) -> Self {
        let names: Vec<String> = headers.iter().map(|header| plain_name(header)).collect();
        let mut taken = Vec::new();
        let fields = GoodsField::of(kind).iter().map(|field| {
            let free =
                |name: &&str| names.iter().position(|there| there == name).filter(|at| !taken.contains(at));
            let column = field.names_in(kind).iter().find_map(free);
            taken.extend(column);
            let fixed = match field {
                // What most files mean when they do not say it.
                F::Unit if column.is_none() => "piece",
                F::Kind if kind == ImportKind::Shopify => "other",
                _ => "",
            };
            FieldSource { column, fixed: fixed.to_owned(), ..FieldSource::of(*field) }
        });
        Self { kind, fields: fields.collect(), confirmed: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(kind: ImportKind, headers: &[&str]) -> Vec<(F, usize)> {
        let headers: Vec<String> = headers.iter().map(|&h| h.to_owned()).collect();
        let plan = GoodsPlan::guessed(kind, &headers);
        plan.fields.iter().filter_map(|source| Some((source.field, source.column?))).collect()
    }

    #[test]
    fn columns_are_known_by_their_names() {
        assert_eq!(
            guessed(
                ImportKind::Pieces,
                &["SKU", "Name", "Category", "Retail price", "Cost", "Metal Type", "Qty", "Huh"]
            ),
            [
                (F::Tag, 0),
                (F::Title, 1),
                (F::Kind, 2),
                (F::Price, 3),
                (F::Cost, 4),
                (F::Metal, 5),
                (F::Quantity, 6)
            ]
        );
        assert_eq!(
            guessed(
                ImportKind::Pieces,
                &["ItemKey", "ItemDesc", "ItemCost", "ItemCurrentPrice", "ItemStatus", "ItemNotes"]
            ),
            [(F::Tag, 0), (F::Title, 1), (F::Price, 3), (F::Cost, 2), (F::Status, 4), (F::Note, 5)]
        );
        let lots = guessed(
            ImportKind::Lots,
            &["Stock #", "Description", "On hand", "UOM", "Unit cost", "Price each"],
        );
        assert_eq!(lots[..3], [(F::Tag, 0), (F::Title, 1), (F::Unit, 3)]);
        assert!(lots.contains(&(F::Quantity, 2)) && lots.contains(&(F::UnitCost, 4)));
    }

    #[test]
    fn a_description_beside_a_title_is_one() {
        let with = guessed(ImportKind::Pieces, &["Title", "Description"]);
        assert_eq!(with, [(F::Title, 0), (F::Description, 1)]);
        assert_eq!(guessed(ImportKind::Pieces, &["Description"]), [(F::Title, 0)]);
    }

    #[test]
    fn both_layouts_of_shopify() {
        let old = [
            "Handle",
            "Title",
            "Body (HTML)",
            "Vendor",
            "Product Category",
            "Type",
            "Tags",
            "Published",
            "Option1 Name",
            "Option1 Value",
            "Option1 Linked To",
            "Variant SKU",
            "Variant Grams",
            "Variant Inventory Tracker",
            "Variant Inventory Qty",
            "Variant Price",
            "Variant Compare At Price",
            "Image Src",
            "Cost per item",
            "Status",
        ];
        let new = [
            "Title",
            "URL handle",
            "Description",
            "Vendor",
            "Product category",
            "Type",
            "Tags",
            "Published on online store",
            "Status",
            "SKU",
            "Barcode",
            "Option1 name",
            "Option1 value",
            "Option1 Linked To",
            "Price",
            "Compare-at price",
            "Cost per item",
            "Inventory quantity",
            "Weight value (grams)",
            "Product image URL",
        ];
        let fields = |headers: &[&str]| {
            guessed(ImportKind::Shopify, headers)
                .into_iter()
                .map(|(field, at)| (field, headers[at].to_owned()))
                .collect::<std::collections::BTreeMap<_, _>>()
        };
        let (old_fields, new_fields) = (fields(&old), fields(&new));
        assert!(old_fields.keys().eq(new_fields.keys()), "{old_fields:?} {new_fields:?}");
        assert_eq!(old_fields[&F::Kind], "Type");
        assert_eq!(old_fields[&F::Price], "Variant Price");
        assert_eq!(new_fields[&F::Quantity], "Inventory quantity");
        for headers in [&old[..], &new[..]] {
            assert!(looks_like_shopify(&headers.iter().map(|&h| h.to_owned()).collect::<Vec<_>>()));
        }
        assert!(!looks_like_shopify(&["Title".to_owned(), "Price".to_owned()]));
    }
}
