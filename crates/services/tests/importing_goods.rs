//! Pieces, goods that are alike and Shopify's products that come as a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::{ImportId, StoreId};
use domain::import::{
    DeleteMapping, FieldSource, GoodsField, GoodsPlan, ImportCounts, ImportKind, ImportOutcome, ImportPlan,
    ImportState, MappingContent, SaveMapping, StartImport,
};
use domain::item::{ItemFilter, Quantity, Unit};
use domain::money::Money;
use domain::person::Role;
use services::{Ctx, ServiceError, Services, TableFile};
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use support::{Shop, cents, command};

on_both_databases! {
    pieces_come_in_and_three_percent_come_back
    mended_rows_come_in_and_nothing_twice
    two_runs_at_once_bring_each_piece_once
    a_number_on_another_tag_is_refused
    lots_enter_with_what_is_there
    products_from_shopify_become_styles
    pieces_of_a_style_are_of_its_variations
    swapped_columns_are_asked_about_before_anything_is_written
    mostly_bad_rows_are_asked_about
    a_file_from_an_older_spreadsheet_is_read
    a_mapping_is_saved_and_proposed_again
    a_stopped_server_finds_its_import_again
    who_may_not_import_does_not
}

fn file(text: &str) -> TableFile {
    TableFile::read("goods.csv", text.as_bytes()).unwrap()
}

fn plan(kind: ImportKind, file: &TableFile) -> GoodsPlan {
    GoodsPlan::guessed(kind, &file.headers)
}

fn start(shop: &Shop, plan: impl Into<ImportPlan>) -> StartImport {
    StartImport {
        command_id: command(),
        store_id: shop.set_up.store_id,
        import_id: ImportId(command().0),
        plan: plan.into(),
    }
}

async fn try_import(
    shop: &Shop,
    plan: GoodsPlan,
    file: &TableFile,
) -> Result<(ImportCounts, String), ServiceError> {
    let done = shop.services.import_file(&shop.owner, &start(shop, plan), file, |_| ()).await?;
    Ok((done.counts, String::from_utf8(done.rejects).unwrap()))
}

async fn import(shop: &Shop, kind: ImportKind, file: &TableFile) -> (ImportCounts, String) {
    try_import(shop, plan(kind, file), file).await.unwrap()
}

fn counts(imported: u64, rejected: u64, already_there: u64, left_out: u64) -> ImportCounts {
    let rows = imported + rejected + already_there + left_out;
    ImportCounts { imported, rejected, already_there, left_out, rows }
}

/// So many pieces, of which three in a hundred have a price that is none.
fn pieces_file(rows: usize) -> String {
    let mut text = String::from("SKU,Name,Category,Price,Cost,Metal\n");
    for number in 1..=rows {
        let price =
            if number % 100 % 33 == 1 { "call us".to_owned() } else { format!("{}.50", 100 + number) };
        writeln!(text, "A-{number},Ring {number},Rings,{price},{}.25,14k white gold", 40 + number).unwrap();
    }
    text
}

async fn items(shop: &Shop) -> Vec<domain::item::ShownItem> {
    let filter = ItemFilter { limit: 50, ..ItemFilter::default() };
    shop.services.items(&shop.owner, filter).await.unwrap().items
}

async fn pieces(shop: &Shop) -> u64 {
    let filter = ItemFilter { limit: 1, ..ItemFilter::default() };
    shop.services.items(&shop.owner, filter).await.unwrap().count
}

async fn pieces_come_in_and_three_percent_come_back(shop: Shop) {
    // Of a hundred rows, the 1st, the 34th and the 67th are bad.
    let list = file(&pieces_file(300));
    let bad = (1..=300).filter(|number| number % 100 % 33 == 1).count() as u64;
    let (done, rejects) = import(&shop, ImportKind::Pieces, &list).await;
    assert_eq!(done, counts(300 - bad, bad, 0, 0));
    let mut lines = rejects.lines();
    assert_eq!(lines.next(), Some("Line in the file,Reason,SKU,Name,Category,Price,Cost,Metal"));
    assert_eq!(
        lines.next(),
        Some(
            "2,\"Price: “call us” is no figure such as 1,234.56\",A-1,Ring 1,Rings,call us,41.25,14k white gold"
        )
    );
    let worth: i64 =
        (1..=300).filter(|number| number % 100 % 33 != 1).map(|number| (40 + number) * 100 + 25).sum();
    assert_eq!(shop.balance(1200).await, Money::from_minor(worth));
    assert_eq!(shop.balance(3900).await, Money::from_minor(-worth));
    let found = shop.services.find_items(&shop.owner, shop.set_up.store_id, "A-200").await.unwrap();
    assert_eq!(found[0].tag, "A-200");
    assert_eq!(found[0].price, cents("300.50"));
    shop.verifies().await;
}

async fn mended_rows_come_in_and_nothing_twice(shop: Shop) {
    let list = file(&pieces_file(60));
    let (done, rejects) = import(&shop, ImportKind::Pieces, &list).await;
    assert_eq!(done, counts(58, 2, 0, 0));
    assert_eq!(import(&shop, ImportKind::Pieces, &list).await.0, counts(0, 2, 58, 0));
    let mended = file(&rejects.replace("call us", "99"));
    assert_eq!(import(&shop, ImportKind::Pieces, &mended).await.0, counts(2, 0, 0, 0));
    assert_eq!(import(&shop, ImportKind::Pieces, &mended).await.0, counts(0, 0, 2, 0));
    assert_eq!(pieces(&shop).await, 60);
    // The same goods under another heading are the same goods.
    let (again, _) = try_import(&shop, lots_of(&mended), &mended).await.unwrap();
    assert_eq!(again, counts(0, 0, 2, 0));
    shop.verifies().await;
}

fn lots_of(file: &TableFile) -> GoodsPlan {
    let mut lots = plan(ImportKind::Lots, file);
    lots.set(FieldSource { fixed: "1".into(), ..FieldSource::of(GoodsField::Quantity) });
    lots
}

async fn two_runs_at_once_bring_each_piece_once(shop: Shop) {
    let list = file(&pieces_file(200).replace("call us", "7"));
    let mut cheap = plan(ImportKind::Pieces, &list);
    cheap.set(FieldSource { fixed: "S-9".into(), ..FieldSource::of(GoodsField::Style) });
    let run = || async { try_import(&shop, cheap.clone(), &list).await.unwrap().0 };
    let (one, other) = tokio::join!(run(), run());
    assert_eq!(one.imported + other.imported, 200);
    assert_eq!((one.done(), other.done()), (200, 200));
    assert_eq!(pieces(&shop).await, 200);
    let styles = shop.services.styles(&shop.owner, "", 0, 10).await.unwrap();
    assert_eq!((styles.count, styles.styles[0].variations, styles.styles[0].in_case), (1, 1, 200));
    shop.verifies().await;
}

async fn a_number_on_another_tag_is_refused(shop: Shop) {
    let own = file("SKU,Kind,Price,Cost\nP000002,ring,100,40\n,ring,100,41\n,band,50,20\n");
    assert_eq!(import(&shop, ImportKind::Pieces, &own).await.0, counts(3, 0, 0, 0));
    let tags: Vec<String> = items(&shop).await.into_iter().map(|item| item.tag).collect();
    assert!(
        ["P000001", "P000002", "P000003"].iter().all(|tag| tags.iter().any(|there| there == tag)),
        "{tags:?}"
    );
    let ring = shop.add_ring("10", "5").await;
    let taken = shop.services.item(&shop.owner, ring).await.unwrap().item.tag;
    let list =
        file(&format!("Sticker,Kind,Price,Cost\n{taken},ring,100,40\nfresh,ring,100,40\nfresh,ring,1,1\n"));
    let mut said = plan(ImportKind::Pieces, &list);
    said.say(&list.headers, "Sticker", GoodsField::Tag).unwrap();
    let (done, rejects) = try_import(&shop, said, &list).await.unwrap();
    assert_eq!(done, counts(1, 2, 0, 0));
    assert!(
        rejects.contains(&format!("2,Sticker: {taken} is on another piece already,{taken},ring")),
        "{rejects}"
    );
    assert!(rejects.contains("4,row: line 3 has the same number,fresh"), "{rejects}");
    shop.verifies().await;
}

async fn lots_enter_with_what_is_there(shop: Shop) {
    let list = file(
        "SKU;Title;Kind;Unit;Qty;Weight;Price;Unit cost\n\
         E-1;Ear backs;finding;each;200;;1,50;0,25\n\
         W-1;Gold wire;other;g;;12,5;80,00;60,10\n\
         C-1;Cloths;other;each;30;;9,90;2,00\n\
         N-1;None;other;each;0;;1,00;0,50\n",
    );
    let (done, rejects) = import(&shop, ImportKind::Lots, &list).await;
    assert_eq!(done, counts(3, 0, 0, 1), "{rejects}");
    assert!(rejects.contains("5;Qty: there is none of it;N-1"), "{rejects}");
    // Findings and what is weighed are stock of the bench.
    assert_eq!(shop.balance(1260).await, cents("801.25"));
    assert_eq!(shop.balance(1200).await, cents("60.00"));
    assert_eq!(shop.balance(3900).await, cents("-861.25"));
    let all = items(&shop).await;
    let wire = all.iter().find(|item| item.tag == "W-1").unwrap();
    assert_eq!(
        wire.lot.map(|lot| (lot.unit, lot.on_hand)),
        Some((Unit::Gram, Quantity::grams_milli(12_500)))
    );
    let sheet = shop.services.item(&shop.owner, wire.id).await.unwrap();
    assert_eq!(sheet.steps.len(), 1);
    assert_eq!(import(&shop, ImportKind::Lots, &list).await.0, counts(0, 0, 3, 1));
    shop.verifies().await;
}

const SHOPIFY: &str = "\
Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Cost per item,Image Src,Status
band,Plain band,\"<p>Solid,
polished</p>\",Acme,Rings,\"gold, plain\",Metal,14k Yellow Gold,Size,6,B-6,4,1,900.50,400.00,u1,active
band,,,,,,,14k Yellow Gold,,7,B-7,4,3,900.50,400.00,,
band,,,,,,,Platinum,,7,B-P7,5,0,1500.00,,,
band,,,,,,,,,,,,,,,u2,
cloth,Polishing cloth,,Acme,Care,,Title,Default Title,,,C-1,20,25,9.90,2.00,,active
old,Old ring,,Acme,Rings,,Title,Default Title,,,O-1,3,1,50.00,20.00,,draft
";

async fn products_from_shopify_become_styles(shop: Shop) {
    let list = file(SHOPIFY);
    let (done, rejects) = import(&shop, ImportKind::Shopify, &list).await;
    assert_eq!(done, counts(4, 0, 0, 2), "{rejects}");
    assert!(rejects.contains("Status: it is “draft”"), "{rejects}");
    let page = shop.services.styles(&shop.owner, "", 0, 10).await.unwrap();
    assert_eq!((page.count, page.styles[0].number.as_str(), page.styles[0].variations), (1, "BAND", 3));
    let sheet = shop.services.style(&shop.owner, page.styles[0].id).await.unwrap();
    let skus: Vec<&str> = sheet.style.variations.iter().map(|v| v.sku.as_str()).collect();
    assert_eq!(skus, ["B-6", "B-7", "B-P7"]);
    assert_eq!(sheet.style.name, "Plain band");
    let lots: i64 =
        sheet.stock.iter().flat_map(|stock| &stock.lots).map(|(_, quantity)| quantity.pieces).sum();
    assert_eq!((sheet.stock.iter().map(|stock| stock.in_case).sum::<i64>(), lots), (1, 3));
    let seven = items(&shop).await.into_iter().find(|item| item.tag == "B-7").unwrap();
    assert_eq!(seven.cost, Some(cents("1200")));
    assert_eq!(seven.details.note.as_deref(), Some("Solid,\npolished\nTags: gold, plain"));
    assert_eq!(shop.balance(3900).await, cents("-1650"));

    // Again, with one more size: the style is widened, and nothing comes twice.
    let more = SHOPIFY.replace(
        "cloth,Pol",
        "band,Plain band,,,Rings,,Metal,14k Yellow Gold,Size,8,B-8,4,2,950,420,,active\ncloth,Pol",
    );
    assert_eq!(import(&shop, ImportKind::Shopify, &file(&more)).await.0, counts(1, 0, 4, 2));
    let sheet = shop.services.style(&shop.owner, page.styles[0].id).await.unwrap();
    assert_eq!(sheet.style.variations.len(), 4);
    assert_eq!(
        shop.services.styles(&shop.owner, "B-8", 0, 10).await.unwrap().count,
        1,
        "it is found by its number"
    );
    shop.verifies().await;
}

async fn pieces_of_a_style_are_of_its_variations(shop: Shop) {
    let list = file(
        "SKU,Name,Kind,Price,Cost,Metal,Size,Style\n\
         1,Solitaire,ring,1000,400,14k yellow gold,6,1042\n\
         2,Solitaire,ring,1000,410,14k yellow gold,6,1042\n\
         3,Solitaire,ring,1000,405,platinum,6,1042\n\
         4,Plain,band,200,80,silver,,\n",
    );
    assert_eq!(import(&shop, ImportKind::Pieces, &list).await.0, counts(4, 0, 0, 0));
    let page = shop.services.styles(&shop.owner, "", 0, 10).await.unwrap();
    assert_eq!((page.count, page.styles[0].variations, page.styles[0].in_case), (1, 2, 3));
    let of_style = items(&shop).await.iter().filter(|item| item.variation.is_some()).count();
    assert_eq!(of_style, 3);
    shop.verifies().await;
}

async fn swapped_columns_are_asked_about_before_anything_is_written(shop: Shop) {
    let mut text = String::from("SKU,Kind,Cost,Price\n");
    for number in 1..=100 {
        let (cost, price) = if number <= 93 { (100, 40) } else { (40, 100) };
        writeln!(text, "S-{number},ring,{cost},{price}").unwrap();
    }
    let list = file(&text);
    let swapped = plan(ImportKind::Pieces, &list);
    let Err(ServiceError::Fields(open)) = try_import(&shop, swapped.clone(), &list).await else {
        panic!("it is not asked")
    };
    assert_eq!(open[0].message, "Cost is above price in 93 of 100 rows: are the two columns swapped?");
    assert_eq!(pieces(&shop).await, 0);
    let confirmed = GoodsPlan { confirmed: vec!["above-price:2:3".into()], ..swapped };
    assert_eq!(try_import(&shop, confirmed, &list).await.unwrap().0, counts(100, 0, 0, 0));
    shop.verifies().await;
}

async fn mostly_bad_rows_are_asked_about(shop: Shop) {
    let list = file("SKU,Kind,Price,Cost,Karat\n1,ring,10,4,wood\n2,ring,10,4,wood\n3,ring,10,4,14\n");
    let first = plan(ImportKind::Pieces, &list);
    let Err(ServiceError::Fields(open)) = try_import(&shop, first.clone(), &list).await else {
        panic!("it is not asked")
    };
    assert_eq!(open[0].message, "2 of 3 rows would not come in.");
    let (services, owner) = (shop.services.clone().keeping_files_in(folder()).unwrap(), &shop.owner);
    let upload = services.begin_upload(owner, command()).unwrap();
    std::fs::write(
        &upload.path,
        "SKU,Kind,Price,Cost,Karat\n1,ring,10,4,wood\n2,ring,10,4,wood\n3,ring,10,4,14\n",
    )
    .unwrap();
    let preview = services.uploaded(owner, &upload, "x.csv", ImportKind::Pieces).await.unwrap();
    let surveyed = preview.surveyed.unwrap();
    assert_eq!((surveyed.good, surveyed.bad), (1, 2));
    let cmd = StartImport { import_id: upload.import, ..start(&shop, first.clone()) };
    assert!(matches!(services.start_import(owner, cmd).await, Err(ServiceError::Fields(_))));
    let confirmed = surveyed.warnings.into_iter().map(|warning| warning.code).collect();
    let done = try_import(&shop, GoodsPlan { confirmed, ..first }, &list).await.unwrap().0;
    assert_eq!(done, counts(1, 2, 0, 0));
}

async fn a_file_from_an_older_spreadsheet_is_read(shop: Shop) {
    let text = "SKU;Name;Kind;Price;Cost\nÉ-1;Café “Blüte”;ring;1.250,00 €;480,50 €\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&[0xff, 0xfe], units.as_slice()].concat();
    let read = TableFile::read("old.csv", &latin).unwrap();
    assert_eq!(read.alphabet, domain::import::Alphabet::Windows1252);
    assert_eq!(import(&shop, ImportKind::Pieces, &read).await.0, counts(1, 0, 0, 0));
    let piece = items(&shop).await.remove(0);
    assert_eq!((piece.tag.as_str(), piece.details.title.as_deref()), ("É-1", Some("Café “Blüte”")));
    assert_eq!((piece.price, piece.cost), (cents("1250"), Some(cents("480.50"))));
    let again = TableFile::read("new.csv", &wide).unwrap();
    assert_eq!(
        import(&shop, ImportKind::Pieces, &again).await.0,
        counts(0, 0, 1, 0),
        "the same in other letters"
    );
    shop.verifies().await;
}

fn folder() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("parure-goods-{}", command().0))
}

async fn upload(services: &Services, ctx: &Ctx, text: &str) -> domain::import::ImportPreview {
    let upload = services.begin_upload(ctx, command()).unwrap();
    std::fs::write(&upload.path, text).unwrap();
    services.uploaded(ctx, &upload, "goods.csv", ImportKind::Pieces).await.unwrap()
}

async fn a_mapping_is_saved_and_proposed_again(shop: Shop) {
    let services = shop.services.clone().keeping_files_in(folder()).unwrap();
    let text = "Sticker,What,Value,Paid\nA-1,ring,100,40\n";
    let preview = upload(&services, &shop.owner, text).await;
    assert!(!preview.missing.is_empty() && preview.mappings.is_empty());
    let ImportPlan::Goods(mut plan) = preview.plan else { panic!("goods") };
    for (name, field) in [
        ("Sticker", GoodsField::Tag),
        ("What", GoodsField::Kind),
        ("Value", GoodsField::Price),
        ("Paid", GoodsField::Cost),
    ] {
        plan.say(&preview.headers, name, field).unwrap();
    }
    let content = MappingContent { plan: plan.clone(), headers: preview.headers };
    let save = |name: &str, mapping_id, content| SaveMapping {
        command_id: command(),
        mapping_id,
        name: name.into(),
        content,
    };
    let cmd = save(" Old till ", None, Some(content.clone()));
    let id = services.save_mapping(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(services.save_mapping(&shop.owner, cmd).await.unwrap(), id, "sent twice, saved once");
    let twice = services.save_mapping(&shop.owner, save("Old till", None, Some(content))).await.unwrap_err();
    let ServiceError::Fields(taken) = twice else { panic!("{twice}") };
    assert_eq!(
        (taken[0].field.as_str(), taken[0].message.as_str()),
        ("name", "another mapping has this name")
    );

    // The next file with the same columns is read the same way.
    let next = upload(&services, &shop.owner, "Sticker,What,Value,Paid\nA-2,band,200,80\n").await;
    assert_eq!((&next.plan, next.missing.len()), (&ImportPlan::Goods(plan), 0));
    assert!(next.mappings[0].fits && next.mappings[0].name == "Old till");
    assert_eq!(next.first[0].piece.as_ref().unwrap().price, cents("200"));
    // One with others may be read with it all the same.
    let other = upload(&services, &shop.owner, "Value,Sticker,Paid,Note,What\n5,A-3,2,x,ring\n").await;
    assert!(!other.mappings[0].fits && !other.missing.is_empty());
    let ImportState::Waiting(import, _) = services.import_state(&shop.owner).unwrap() else {
        panic!("it waits")
    };
    let mapped = services.map_import(&shop.owner, import, id).await.unwrap();
    assert_eq!(mapped.missing.len(), 0, "{:?}", mapped.missing);
    assert_eq!(mapped.first[0].piece.as_ref().unwrap().price, cents("5"));

    services.save_mapping(&shop.owner, save("New name", Some(id), None)).await.unwrap();
    let list = file("Sticker,What,Value,Paid\nA-9,ring,100,40\n");
    assert!(services.mapping_named(&shop.owner, "Old till", &list).await.is_err());
    let named = services.mapping_named(&shop.owner, "New name", &list).await.unwrap();
    let ImportPlan::Goods(named) = named else { panic!("goods") };
    assert_eq!(try_import(&shop, named, &list).await.unwrap().0, counts(1, 0, 0, 0));
    services
        .delete_mapping(&shop.owner, DeleteMapping { command_id: command(), mapping_id: id })
        .await
        .unwrap();
    assert!(services.map_import(&shop.owner, import, id).await.is_err());
    assert!(services.import_view(&shop.owner).await.unwrap().preview.unwrap().mappings.is_empty());
    shop.verifies().await;
}

async fn a_stopped_server_finds_its_import_again(shop: Shop) {
    let folder = folder();
    let services = shop.services.clone().keeping_files_in(folder.clone()).unwrap();
    let preview = upload(&services, &shop.owner, &pieces_file(100)).await;
    // Another process finds what lay ready.
    let services = shop.services.clone().keeping_files_in(folder.clone()).unwrap();
    let view = services.import_view(&shop.owner).await.unwrap();
    assert_eq!(view.preview.as_ref(), Some(&preview));
    let ImportState::Waiting(import, _) = view.state else { panic!("it waits") };
    let cmd = StartImport { import_id: import, ..start(&shop, preview.plan) };
    services.start_import(&shop.owner, cmd.clone()).await.unwrap();
    let ended = |services: Services, ctx: Ctx| async move {
        let begun = Instant::now();
        loop {
            match services.import_state(&ctx).unwrap() {
                ImportState::Ended(_, _, counts, outcome) => break (counts, outcome),
                _ if begun.elapsed() > Duration::from_secs(60) => panic!("it does not end"),
                _ => tokio::task::yield_now().await,
            }
        }
    };
    let done = ended(services.clone(), shop.owner.clone()).await;
    assert_eq!(done, (counts(97, 3, 0, 0), ImportOutcome::Finished));
    let bad = services.import_bad_rows(&shop.owner, import, 1, 2).await.unwrap();
    assert_eq!((bad.count, bad.rows.len(), bad.rows[0].line), (3, 2, 35));
    assert_eq!(bad.rows[0].reason, "Price: “call us” is no figure such as 1,234.56");
    // The result is still there after a start, and can be put away.
    let services = shop.services.clone().keeping_files_in(folder.clone()).unwrap();
    assert_eq!(ended(services.clone(), shop.owner.clone()).await.0, counts(97, 3, 0, 0));
    services.discard_import(&shop.owner, import).unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    shop.verifies().await;
}

async fn who_may_not_import_does_not(shop: Shop) {
    let list = file(&pieces_file(3));
    for role in [Role::Associate, Role::BenchJeweler] {
        let cmd = start(&shop, plan(ImportKind::Pieces, &list));
        let refused = shop.services.import_file(&shop.as_role(role), &cmd, &list, |_| ()).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{role}");
    }
    let elsewhere = StartImport {
        store_id: StoreId(uuid::Uuid::from_u128(9)),
        ..start(&shop, plan(ImportKind::Pieces, &list))
    };
    let refused = shop.services.import_file(&shop.owner, &elsewhere, &list, |_| ()).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    assert_eq!(pieces(&shop).await, 0);
}
