import { expect, test } from "../server";
import { accessible, addPiece, pair, signIn } from "../store";
import type { Page } from "@playwright/test";

test.describe.configure({ mode: "serial" });

/** Pays what is due in cash and gives the receipt's number. */
async function payInCash(page: Page): Promise<string> {
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  return (await page.locator(".done .code").first().textContent()) ?? "";
}

test("a receipt is scanned, its piece comes back, and the money is paid out", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const tag = await addPiece(page, "ring");
  const number = await payInCash(page);
  await page.getByRole("button", { name: "Next sale" }).click();

  // A scanner types the receipt's number anywhere.
  await page.getByRole("heading", { name: "Register" }).focus();
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Take something back" });
  await expect(dialog.getByRole("checkbox", { name: new RegExp(tag) })).toBeChecked();
  await dialog.getByLabel("How it looks").selectOption("To be checked: set aside");
  await accessible(page);
  await dialog.getByLabel(/Restocking fee/).fill("nonsense");
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(dialog.getByText(/amount/i).first()).toBeVisible();
  await dialog.getByLabel(/Restocking fee/).fill("");
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  await expect(page.locator(".ticket-line-back")).toContainText(tag);
  await accessible(page);
  await page.getByRole("button", { name: /Pay out/ }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(page.getByText("Paid out")).toBeVisible();
  await expect(page.locator(".receipt")).toContainText(number);
  await accessible(page);

  // What came back cannot come back again.
  await page.getByRole("button", { name: "Next sale" }).click();
  await page.getByRole("button", { name: "Return", exact: true }).click();
  await dialog.getByLabel("Receipt, gift receipt or tag").fill(number.toLowerCase());
  await dialog.getByRole("button", { name: "Find" }).click();
  await expect(dialog.getByText(/came back already/)).toBeVisible();
  await dialog.getByLabel("Receipt, gift receipt or tag").fill("S9-T9-999999");
  await dialog.getByRole("button", { name: "Find" }).click();
  await expect(dialog.getByText(/No receipt and no sold piece/)).toBeVisible();
});

test("an exchange from a sale's page is paid with the difference", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const tag = await addPiece(page, "ring");
  await payInCash(page);
  await page.getByRole("link", { name: "Open the sale" }).click();
  await page.getByRole("link", { name: "Return" }).click();
  const dialog = page.getByRole("dialog", { name: "Take something back" });
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  const other = await addPiece(page, "necklace");
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  const due = (await page.locator(".totals-due dd").textContent()) ?? "";
  if (due.includes("-") || due.includes("−")) {
    await page.getByRole("button", { name: /Pay out/ }).click();
    await page.getByRole("button", { name: "Complete return" }).click();
  } else {
    await payInCash(page);
  }
  await expect(page.locator(".receipt")).toContainText(tag);
  await expect(page.locator(".receipt")).toContainText(other);
});

test("a gift receipt tells no price, and money for a gift needs a manager", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const tag = await addPiece(page, "ring");
  const number = await payInCash(page);
  await page.getByRole("button", { name: "Gift receipt" }).click();
  const gift = page.getByRole("article", { name: "Gift receipt" });
  await expect(gift).toContainText(tag);
  await expect(gift.locator(".amount")).toHaveCount(0);
  await accessible(page);
  await page.getByRole("button", { name: "Next sale" }).click();
  await page.getByRole("button", { name: "Return", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Take something back" });
  await dialog.getByLabel("Receipt, gift receipt or tag").fill(`G-${number}`);
  await dialog.getByRole("button", { name: "Find" }).click();
  await expect(dialog.getByText(/A gift receipt/)).toBeVisible();
  await dialog.getByRole("button", { name: "Put on the ticket" }).click();
  await page.getByRole("button", { name: /Pay out/ }).click();
  await page.getByRole("button", { name: "Complete return" }).click();
  const approval = page.getByRole("dialog", { name: "A manager's approval" });
  await expect(approval).toContainText("which was a gift");
  await approval.getByLabel("Manager").selectOption({ label: "Marlow Demo" });
  await approval.getByLabel("PIN").fill("2468");
  await approval.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Paid out")).toBeVisible();
});
