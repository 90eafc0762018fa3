import { expect, test } from "../server";
import { accessible, addPiece, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

test("an associate scans a piece, sells it for cash, and a manager voids it", async ({ page, server }) => {
  await pair(page, server.console());
  await accessible(page);
  await signIn(page, "associate");
  const tag = await addPiece(page, "ring");
  await accessible(page);

  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The ticket is empty.")).toBeVisible();
  // A scanner types where nobody put the cursor, and ends with Enter.
  await page.getByRole("heading", { name: "Register" }).focus();
  await page.locator("body").click({ position: { x: 5, y: 300 } });
  await page.keyboard.type(tag);
  await page.keyboard.press("Enter");
  await expect(page.locator(".ticket-lines")).toContainText(tag);

  const total = await page.locator(".totals-due dd").textContent();
  await page.getByRole("button", { name: /Take payment/ }).click();
  await accessible(page);
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await expect(page.locator(".receipt")).toContainText(tag);
  await expect(page.locator(".receipt .totals-due")).toContainText(total ?? "no total");
  await accessible(page);

  await signIn(page, "manager");
  await page.goto("/sales");
  await accessible(page);
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("table", { name: "Journal" })).toContainText("4000");
  await accessible(page);
  await page.getByRole("button", { name: "Void sale" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("wrong piece");
  await page.getByRole("dialog").getByRole("button", { name: "Void sale" }).click();
  await expect(page.getByText("Voided: wrong piece").first()).toBeVisible();

  await page.goto("/register");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill(tag);
  await expect(page.locator("button.piece-card:enabled").first()).toContainText(tag);
});

test("a discount above the limit needs a manager's PIN, and changing the ticket needs it again", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  await addPiece(page, "pendant");
  const discount = async (percent: string) => {
    await page.locator(".ticket-line").getByRole("button", { name: "Discount" }).click();
    await page.getByLabel("Value").fill(percent);
    await page.getByLabel("Reason").selectOption("Price match");
    await page.getByRole("button", { name: "Apply discount" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  const pay = async () => {
    await page.getByRole("button", { name: /Take payment/ }).click();
    await page.locator(".quick-cash button").first().click();
    await page.getByRole("button", { name: "Complete sale" }).click();
  };
  await page.locator(".ticket-line").getByRole("button", { name: "Discount" }).click();
  await page.getByLabel("Value").fill("101");
  await page.getByRole("button", { name: "Apply discount" }).click();
  await expect(page.getByText("a percentage lies between 0 and 100")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");

  await discount("30");
  await pay();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("A manager's approval");
  await dialog.getByLabel("Manager").selectOption({ label: "Marlow Demo" });
  await dialog.getByLabel("PIN").fill("9999");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(dialog).toContainText("The PIN is wrong");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Back to the ticket" }).click();
  await discount("35");
  await pay();
  await dialog.getByLabel("Manager").selectOption({ label: "Marlow Demo" });
  await dialog.getByLabel("PIN").fill("2468");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await expect(page.locator(".receipt")).toContainText("Discount");
});

test("a ticket waits while somebody looks elsewhere, and does not come back once it is sold", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const tag = await addPiece(page, "ring");
  await page.getByRole("link", { name: "Customers" }).first().click();
  await expect(page).toHaveURL(/customers/);
  await page.getByRole("link", { name: "Register" }).first().click();
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  await page.reload();
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox", { name: /Scan a tag/ })).toBeVisible();
  await expect(page.locator(".ticket-line")).toHaveCount(0);
});
