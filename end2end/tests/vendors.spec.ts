// Buying from vendors: order, delivery, tags, bill, payment, and goods that go back.
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

test("a vendor is added, goods come, are billed and paid", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/vendors");
  await expect(page.getByRole("link", { name: "Fiction Findings" })).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: "Add vendor" }).click();
  await page.getByLabel("Name", { exact: true }).fill("fiction findings");
  await page.getByLabel("Code", { exact: true }).fill("gem");
  await accessible(page);
  await page.getByRole("button", { name: "Save vendor" }).click();
  await expect(page.getByText("another vendor has this name")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Example Gems");
  await page.getByRole("button", { name: "Save vendor" }).click();
  await expect(page.getByRole("heading", { name: "Example Gems" })).toBeVisible();
  await accessible(page);

  await page.getByRole("link", { name: "Receive goods" }).click();
  await page.getByLabel("Pieces, line 1").fill("2");
  await page.getByLabel("Price of one, line 1").fill("2,500");
  await page.getByRole("button", { name: "Receive", exact: true }).click();
  await expect(page.locator(".field-error").filter({ hasText: /./ })).toHaveCount(1);
  await page.getByLabel("Cost of one, line 1").fill("1,100");
  await accessible(page);
  await page.getByRole("button", { name: "Receive", exact: true }).click();
  await expect(page.getByRole("heading", { name: /S1-GR-/ })).toBeVisible();
  await expect(page.getByText("2,200.00").first()).toBeVisible();
  await accessible(page);

  await page.getByRole("link", { name: "Print the tags" }).click();
  await expect(page.locator(".tag-label")).toHaveCount(2);
  await page.goBack();

  await page.getByRole("link", { name: "Enter bill" }).click();
  await expect(page.getByLabel("Total of the bill")).toHaveValue("2,200.00");
  await page.getByLabel("Their bill number").fill("INV-77");
  await accessible(page);
  await page.getByRole("button", { name: "Save bill" }).click();
  await expect(page.getByRole("heading", { name: "Bill INV-77" })).toBeVisible();
  await accessible(page);

  await page.getByRole("link", { name: "Pay bills" }).click();
  await page.getByLabel("Amount to pay").fill("200");
  await page.getByRole("button", { name: "Spread" }).click();
  await expect(page.getByLabel("Paid of INV-77")).toHaveValue("200.00");
  await page.getByLabel("Paid of INV-77").fill("2,200.01");
  await accessible(page);
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText("2,200.00 is open of this bill")).toBeVisible();
  await page.getByLabel("Paid of INV-77").fill("2,200.00");
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByRole("heading", { name: "Example Gems" })).toBeVisible();
  await expect(page.getByText("2,200.00").first()).toBeVisible();
  await page.goto("/vendors/owed");
  await expect(page.getByText("7731")).toBeVisible();
  await expect(page.getByText("INV-77")).toHaveCount(0);
  await accessible(page);
});

test("an order is placed, comes in part, and a piece goes back", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/vendors?q=sample");
  await page.getByRole("link", { name: "Sample Watch House" }).click();
  await page.getByRole("link", { name: "New order" }).click();
  await page.getByLabel("What, line 1").selectOption("Pieces of a style");
  await page.getByLabel("SKU, line 1").fill("nothing");
  await page.getByLabel("Pieces, line 1").fill("2");
  await page.getByRole("button", { name: "Save order" }).click();
  await expect(page.getByText("no variation has the SKU NOTHING")).toBeVisible();
  await page.getByLabel("SKU, line 1").fill("2210-PLATINUM-6");
  await accessible(page);
  await page.getByRole("button", { name: "Save order" }).click();
  await expect(page.getByRole("heading", { name: /^S1-PO-/ })).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page.getByText(/Placed ·/)).toBeVisible();
  await page.getByRole("link", { name: "Receive goods" }).click();
  await expect(page.getByLabel("Pieces, line 1")).toHaveValue("2");
  await page.getByLabel("Pieces, line 1").fill("3");
  await page.getByRole("button", { name: "Receive", exact: true }).click();
  await expect(page.getByText(/confirm that more came/)).toBeVisible();
  await page.getByLabel("Pieces, line 1").fill("1");
  await page.getByRole("button", { name: "Receive", exact: true }).click();
  await expect(page.getByRole("heading", { name: /S1-GR-/ })).toBeVisible();
  const tag = (await page.locator("td .code").first().textContent()) ?? "";
  await page.getByRole("link", { name: /^S1-PO-/ }).click();
  await expect(page.getByText(/Partly received ·/)).toBeVisible();
  await page.getByRole("button", { name: "Close short" }).click();
  const closing = page.getByRole("dialog", { name: "Close short" });
  await closing.getByLabel("Reason").fill("the other is discontinued");
  await closing.getByRole("button", { name: "Close short" }).click();
  await expect(page.getByText(/Closed short ·/)).toBeVisible();

  await page.goto("/vendors?q=sample");
  await page.getByRole("link", { name: "Sample Watch House" }).click();
  await page.getByRole("link", { name: "Send back" }).click();
  await page.getByLabel("Reason").fill("scratched");
  await page.getByLabel("Tag, line 1").fill(tag);
  await accessible(page);
  await page.getByRole("button", { name: "Send back" }).click();
  await expect(page.getByRole("heading", { name: /S1-RTV-/ })).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Enter credit" }).click();
  const credit = page.getByRole("dialog", { name: "Enter credit" });
  await accessible(page);
  await credit.getByRole("button", { name: "Enter credit" }).click();
  await expect(page.getByText(/Credited ·/)).toBeVisible();
});
