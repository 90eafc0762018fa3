import { readFileSync } from "node:fs";
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

const list = (name: string, rows: string[]) => ({ name, mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });

test("a manager brings in pieces from any list, with a mapping that is kept", async ({ page, server }) => {
  test.setTimeout(180_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory/import");
  await accessible(page);

  // An Excel workbook is no list.
  await page.getByLabel("File").setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: Buffer.from([80, 75, 3, 4, 20, 0]) });
  await expect(page.getByText("This is an Excel workbook: save it as CSV there and choose that file.")).toBeVisible();

  const rows = ["Sticker,What,Value,Paid", "ZZ-1,ring,400,1000", "ZZ-2,ring,300,900", "ZZ-3,boat,500,100", "ZZ-4,band,250.50,600"];
  await page.getByLabel("File").setInputFiles(list("pieces.csv", rows));
  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByText("Say which column is the price")).toBeVisible();
  await accessible(page);
  await page.getByLabel("Tag or SKU", { exact: true }).selectOption({ label: "Sticker" });
  await page.getByLabel("Kind", { exact: true }).selectOption({ label: "What" });
  await page.getByLabel("Price", { exact: true }).selectOption({ label: "Value" });
  await page.getByLabel("Cost", { exact: true }).selectOption({ label: "Paid" });
  await expect(page.getByText("3 rows will come in, 1 row will not")).toBeVisible();
  await expect(page.getByText("Cost is above price in 3 of 4 rows: are the two columns swapped?")).toBeVisible();
  await expect(page.getByText("What: “boat” is no kind")).toBeVisible();
  await accessible(page);

  // Nothing comes in while that is open; put right, the question is gone.
  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByLabel("Price", { exact: true }).selectOption({ label: "Paid" });
  await page.getByLabel("Cost", { exact: true }).selectOption({ label: "Value" });
  await expect(page.getByText("are the two columns swapped?")).toBeHidden();
  await page.getByText("Saved mappings").click();
  await page.getByLabel("Name of the mapping").fill("Old till");
  await page.getByRole("button", { name: "Save the mapping" }).click();
  await expect(page.getByText("The mapping is saved.")).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByText("Import finished")).toBeVisible();
  await expect(page.locator(".figure-card")).toContainText(["3", "1", "0"]);
  await expect(page.getByRole("table", { name: "Rows that did not come in" })).toContainText("What: “boat” is no kind");
  await accessible(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the rejected rows" }).click();
  const rejects = readFileSync(await (await saved).path(), "utf8");
  expect(rejects).toContain("4,What: “boat” is no kind,ZZ-3,boat,500,100");

  // The mapping is proposed for the next list of this till: what was mended comes in, the rest does not come twice.
  await page.getByRole("button", { name: "Import another list" }).click();
  await page.getByLabel("File").setInputFiles(list("mended.csv", rows.map((row) => row.replace("boat", "brooch"))));
  await expect(page.getByText("4 rows will come in, 0 rows will not")).toBeVisible();
  await page.getByRole("button", { name: "It is right so" }).click({ timeout: 2_000 }).catch(() => undefined);
  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.locator(".figure-card")).toContainText(["1", "0", "3"]);
  await page.goto("/inventory?q=ZZ-4");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.getByText("600.00").first()).toBeVisible();
});

test("products from Shopify become styles with their variations", async ({ page, server }) => {
  test.setTimeout(180_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory/import");
  const rows = [
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item,Image Src,Status",
    "zz-hoops,Zig hoops,<p>Light</p>,Acme,Earrings,new,Metal,14k Yellow Gold,ZH-Y,3,300.50,120,u1,active",
    "zz-hoops,,,,,,,Platinum,ZH-P,1,900,400,,",
    "zz-hoops,,,,,,,,,,,,u2,",
    "zz-old,Old,,,Rings,,Title,Default Title,ZO,1,10,4,,draft",
  ];
  await page.getByLabel("File").setInputFiles(list("products_export.csv", rows));
  await page.getByRole("button", { name: "Read it as products from Shopify" }).click();
  await expect(page.getByText("2 rows will come in, 0 rows will not, 2 rows left out")).toBeVisible();
  await expect(page.getByText("style ZZ-HOOPS").first()).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByText("Import finished")).toBeVisible();
  await expect(page.locator(".figure-card")).toContainText(["2", "0", "0", "2"]);
  await page.goto("/inventory?q=ZH-Y");
  await expect(page.getByText("3 pieces").first()).toBeVisible();
});
