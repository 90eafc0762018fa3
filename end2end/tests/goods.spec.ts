// Goods that are alike, styles with their variations, and words that say what a piece is.
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";
import type { Page } from "@playwright/test";

test.describe.configure({ mode: "serial" });

/** Looks for one thing at the register and puts it on the ticket. */
async function choose(page: Page, words: string): Promise<void> {
  const found = page.waitForResponse((answer) => answer.url().includes("/register/find"));
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill(words);
  await found;
  await page.locator("button.piece-card:enabled", { hasText: words }).first().click();
}

async function payInCash(page: Page): Promise<string> {
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  return (await page.locator(".done .code").first().textContent()) ?? "";
}

test("a parcel is added, sold in part, counted, and a part comes back", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory/new");
  await page.getByLabel("Kind").selectOption("Loose stone");
  await page.getByLabel("Tag number").fill("MELEE-1");
  await page.getByLabel("Sold", { exact: true }).selectOption("Parcel of stones, by carat");
  await page.getByLabel("Description in your own words").fill("Round melee, G VS, parcel");
  await page.getByLabel("Price", { exact: true }).fill("695");
  await page.getByLabel("Cost", { exact: true }).fill("2,500");
  await accessible(page);
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByText("enter a count such as 3")).toBeVisible();
  await page.getByLabel("Pieces", { exact: true }).fill("100");
  await page.getByLabel("Carat", { exact: true }).fill("10");
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByText("100 pieces, 10.00 ct").first()).toBeVisible();
  await accessible(page);
  const parcel = page.url();

  await page.goto("/register");
  await choose(page, "MELEE-1");
  const dialog = page.getByRole("dialog", { name: "How much" });
  await dialog.getByLabel("Pieces", { exact: true }).fill("120");
  await dialog.getByLabel("Carat", { exact: true }).fill("1.23");
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(dialog.getByText("there is 100 pieces, 10.00 ct left")).toBeVisible();
  await dialog.getByLabel("Pieces", { exact: true }).fill("12");
  await expect(dialog).toContainText("854.85");
  await accessible(page);
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(page.locator(".ticket-lines")).toContainText("12 pieces, 1.23 ct at 695.00 per carat");
  await accessible(page);
  const number = await payInCash(page);
  await expect(page.locator(".receipt")).toContainText("12 pieces, 1.23 ct at 695.00 per carat");
  await page.getByRole("button", { name: "Next sale" }).click();

  await page.getByRole("button", { name: "Return", exact: true }).click();
  const back = page.getByRole("dialog", { name: "Take something back" });
  await back.getByLabel("Receipt, gift receipt or tag").fill(number);
  await back.getByRole("button", { name: "Find" }).click();
  await expect(back.getByLabel("Pieces", { exact: true })).toHaveValue("12");
  await back.getByLabel("Pieces", { exact: true }).fill("5");
  await back.getByLabel("Carat", { exact: true }).fill("9");
  await back.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(back.getByText(/can still come back, not 5 pieces/)).toBeVisible();
  await back.getByLabel("Carat", { exact: true }).fill("0.50");
  await accessible(page);
  await back.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(page.locator(".ticket-line-back")).toContainText("5 pieces, 0.50 ct");
  await page.getByRole("button", { name: /Pay out/ }).click();
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(page.getByText("Paid out")).toBeVisible();

  await page.goto(parcel);
  await expect(page.getByText("93 pieces, 9.27 ct").first()).toBeVisible();
  await page.getByRole("button", { name: "Count" }).click();
  const counting = page.getByRole("dialog", { name: "Count" });
  await counting.getByLabel("Pieces", { exact: true }).fill("92");
  await counting.getByLabel("Carat", { exact: true }).fill("9.2");
  await counting.getByRole("button", { name: "Count" }).click();
  await expect(counting.getByText(/enter|missing|say/i).first()).toBeVisible();
  await counting.getByLabel("Reason").fill("Monthly count");
  await accessible(page);
  await counting.getByRole("button", { name: "Count" }).click();
  await expect(page.getByText("92 pieces, 9.20 ct").first()).toBeVisible();
  await page.getByRole("button", { name: "Receive more" }).click();
  const receiving = page.getByRole("dialog", { name: "Receive more" });
  await receiving.getByLabel("Pieces", { exact: true }).fill("8");
  await receiving.getByLabel("Carat", { exact: true }).fill("0.8");
  await receiving.getByLabel("Cost of all of it").fill("200");
  await receiving.getByRole("button", { name: "Receive more" }).click();
  await expect(page.getByText("100 pieces, 10.00 ct").first()).toBeVisible();
  await accessible(page);
});

test("a style is made in many ways, and a piece of one of them is sold", async ({ page, server }) => {
  test.setTimeout(60_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory/styles?q=nothing-like-it");
  await expect(page.getByText("No styles")).toBeVisible();
  await page.getByRole("link", { name: "Add style" }).click();
  await page.getByLabel("Style number").fill("9042");
  await page.getByLabel("Name", { exact: true }).fill("Six-prong solitaire");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Save style" }).click();
  await expect(page.getByText("a style has at least one variation").first()).toBeVisible();
  await page.getByRole("button", { name: "Add combinations" }).click();
  const dialog = page.getByRole("dialog", { name: "Add combinations" });
  await dialog.getByLabel("14k white gold").check();
  await dialog.getByLabel("platinum").check();
  await dialog.getByLabel("Sizes, with commas between").fill("6, 7");
  await dialog.getByLabel("Price of each").fill("1,450");
  await accessible(page);
  await dialog.getByRole("button", { name: "Add combinations" }).click();
  await expect(page.getByLabel(/^Price \d/)).toHaveCount(4);
  await page.getByLabel("Cost 4").fill("much");
  await page.getByRole("button", { name: "Save style" }).click();
  await expect(page.getByText("enter an amount such as 1,234.56").first()).toBeVisible();
  await page.getByLabel("Cost 4").fill("610");
  await accessible(page);
  await page.getByRole("button", { name: "Save style" }).click();
  const table = page.getByRole("table", { name: "Variations" });
  await expect(table).toContainText("9042-PLATINUM-7");
  await expect(table).toContainText("not known");
  await accessible(page);

  // A photo of the variation shows its pieces, everywhere.
  const row = table.getByRole("row", { name: /9042-PLATINUM-7/ });
  await row.locator("summary").click();
  const square = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await row.getByLabel("Choose pictures").setInputFiles({ name: "ring.png", mimeType: "image/png", buffer: Buffer.from(square, "base64") });
  await expect(row.locator("summary img.photo")).toBeVisible();
  await accessible(page);
  await row.locator("summary").click();

  await table.getByRole("row", { name: /9042-PLATINUM-7/ }).getByRole("link", { name: "Add piece" }).click();
  await expect(page.getByLabel("Price", { exact: true })).toHaveValue("1,450.00");
  await expect(page.getByLabel("Cost", { exact: true })).toHaveValue("610.00");
  await page.getByLabel("Tag number").fill("SOL-7");
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByText("9042-PLATINUM-7")).toBeVisible();
  await expect(page.locator(".detail-picture img.photo")).toBeVisible();
  await expect(page.getByText("Photos of its variation.")).toBeVisible();
  await page.getByRole("link", { name: "9042", exact: true }).click();
  await expect(table.getByRole("row", { name: /9042-PLATINUM-7/ })).toContainText("1 in");

  await page.goto("/inventory/styles?q=9042");
  await expect(page.getByRole("table").locator("img.photo")).toBeVisible();
  await accessible(page);
  await page.goto("/register");
  await choose(page, "SOL-7");
  await expect(page.locator(".ticket-lines")).toContainText("SOL-7");
  await expect(page.locator(".ticket-lines img.photo")).toBeVisible();
});

test("words that say more than the piece is are marked as somebody types", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory/new");
  await page.getByLabel("Metal").selectOption("yellow gold");
  await page.getByLabel("Karat").selectOption("14k");
  await page.getByRole("button", { name: "Add stone" }).click();
  await page.getByLabel("Origin").selectOption("laboratory-grown");
  await page.getByLabel("Carat, together").fill("1.02");
  await expect(page.getByText("On tag and receipt:")).toContainText("14k yellow gold ring");
  const title = page.getByLabel("Description in your own words");
  await title.fill("Genuine 1.10 ct diamond in gold");
  await expect(page.getByText(/gold is said with its karat/)).toBeVisible();
  await expect(page.getByText(/no stone weighs 1.10 ct/)).toBeVisible();
  await expect(page.getByText(/stands “laboratory-grown”/)).toBeVisible();
  await expect(page.getByText(/for natural stones alone/)).toBeVisible();
  await accessible(page);
  await title.fill("1.02 ct laboratory-grown diamond in 14k gold");
  await expect(page.getByText(/^Description: /)).toHaveCount(0);
});

test("the prices of a list are looked at, then changed, and its tags printed in one run", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory?kind=brooch&status=in_stock");
  await page.getByRole("link", { name: "Change many" }).click();
  await expect(page).toHaveURL(/bulk\?kind=brooch&status=in_stock/);
  await page.getByRole("button", { name: "Show what would change" }).click();
  await expect(page.getByText("enter a percentage").first()).toBeVisible();
  await page.getByLabel("Percent").fill("10");
  await page.getByLabel("New prices").selectOption("Ending in .95");
  await page.getByRole("button", { name: "Show what would change" }).click();
  const table = page.getByRole("table", { name: "Show what would change" });
  await expect(table.locator("tbody tr").first()).toContainText(".95");
  const rows = await table.locator("tbody tr").count();
  const price = (await table.locator("tbody tr").first().locator("strong").textContent()) ?? "";
  await accessible(page);
  await page.getByRole("button", { name: `Change ${rows} pieces` }).click();
  await expect(page.getByText(`${rows} pieces changed.`)).toBeVisible();
  await accessible(page);
  await page.goto("/inventory?kind=brooch&status=in_stock");
  await expect(page.getByRole("table", { name: "Inventory" })).toContainText(price);
  await page.getByRole("link", { name: "Print tags" }).click();
  await expect(page.locator(".tag-label")).toHaveCount(Math.min(rows, 50));
  await expect(page.locator(".tag-label").first()).toContainText(".95");
  await accessible(page);
});
