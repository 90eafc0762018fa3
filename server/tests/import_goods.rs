//! `parure import pieces`, `goods` and `shopify` as somebody types them, with the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn parure(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parure"))
        .args(args)
        .arg("--data")
        .arg(folder)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

fn store() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("parure-goods-cli-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    assert!(parure(&folder, &["demo"]).status.success());
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn last_line(done: &Output) -> String {
    assert!(done.status.success(), "{}", text(&done.stderr));
    text(&done.stdout).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn goods_from_the_command_line() {
    let folder = store();
    let write = |name: &str, content: &str| fs::write(folder.join(name), content).unwrap();
    let import = |args: &[&str]| parure(&folder, &[&["import"], args].concat());
    write("pieces.csv", "Sticker,Price,Cost\nX-1,\"1,250\",400\nX-2,\"2,500\",oops\n");
    let said = text(&import(&["pieces", "pieces.csv"]).stderr);
    for option in ["--map column=kind or --all kind=", "--decimal-point or --decimal-comma"] {
        assert!(said.contains(option), "{said}");
    }
    let all = ["pieces", "pieces.csv", "--map", "Sticker=tag", "--all", "kind=ring", "--decimal-point"];
    assert_eq!(last_line(&import(&all)), "imported 1, rejected 1, already there 0");
    let rejects = fs::read_to_string(folder.join("pieces-rejects.csv")).unwrap();
    assert!(rejects.contains("3,\"Cost: “oops” is no figure such as"), "{rejects}");
    assert_eq!(last_line(&import(&all)), "imported 0, rejected 1, already there 1");

    write("swapped.csv", "SKU,Kind,Price,Cost\nX-3,ring,40,100\n");
    let said = text(&import(&["pieces", "swapped.csv"]).stderr);
    assert!(said.contains("Cost is above price in 1 of 1 rows") && said.contains("--anyway"), "{said}");
    assert_eq!(
        last_line(&import(&["pieces", "swapped.csv", "--anyway"])),
        "imported 1, rejected 0, already there 0"
    );

    write("lots.csv", "SKU\tTitle\tKind\tQty\tPrice\tUnit cost\nL-1\tEar backs\tfinding\t100\t2\t0.5\n");
    assert_eq!(last_line(&import(&["goods", "lots.csv"])), "imported 1, rejected 0, already there 0");
    write(
        "products.csv",
        "Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item\n\
         h-1,Hoops,Earrings,Metal,Platinum,X-H,1,90,40\nh-1,,,,Silver,X-S,0,50,20\nh-2,Gone,Rings,,,X-G,0,1,1\n",
    );
    assert_eq!(
        last_line(&import(&["shopify", "products.csv"])),
        "imported 2, rejected 0, already there 0, left out 1"
    );
    assert!(
        text(&import(&["pieces", "pieces.csv", "--mapping", "none"]).stderr).contains("no mapping is named")
    );
    write("book.xlsx", "PK\u{3}\u{4}");
    assert!(text(&import(&["pieces", "book.xlsx"]).stderr).contains("this is an Excel workbook"));
    assert!(parure(&folder, &["verify"]).status.success());
    drop(fs::remove_dir_all(folder));
}
