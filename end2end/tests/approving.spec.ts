// An associate asks at the till, a manager answers on a phone, and the till goes on by itself.
import type { Page } from "@playwright/test";
import { expect, test } from "../server";
import { accessible, addPiece, managersPhone, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

/** A ticket with more off than an associate may take off, asked for at the till. */
async function ask(page: Page, percent: string): Promise<string> {
  const tag = await addPiece(page, "ring");
  const dialog = page.getByRole("dialog");
  await page.locator(".ticket-tools").getByRole("button", { name: "Discount" }).click();
  await dialog.getByLabel("How much").selectOption("Percent off");
  await dialog.getByLabel("Reason").selectOption("Price match");
  await dialog.getByLabel("Value").fill(percent);
  await dialog.getByRole("button", { name: "Apply discount" }).click();
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await dialog.getByRole("button", { name: "Ask a manager" }).click();
  await expect(dialog).toContainText("as soon as a manager has answered");
  return tag;
}

test("a manager approves on a phone and the till goes on", async ({ page, server, browser }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "associate");
  const manager = await managersPhone(browser, server.url);
  await manager.goto("/today");
  await expect(manager.getByRole("heading", { name: "Today" })).toBeVisible();

  const tag = await ask(page, "15");
  await accessible(page);
  // It appears by itself: a badge in the bar, a button on Today.
  const bar = manager.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: /Approvals 1 waiting/ });
  await expect(bar).toBeVisible({ timeout: 10_000 });
  await expect(manager.getByRole("link", { name: "1 approval waits for an answer" })).toBeVisible({ timeout: 10_000 });
  await bar.click();
  await expect(manager.getByText(/Aster Sample at/)).toBeVisible();
  await expect(manager.getByRole("table", { name: "Pieces" })).toContainText(tag);
  await accessible(manager);
  await manager.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible({ timeout: 10_000 });
  await expect(manager.getByText("Nobody waits for you")).toBeVisible({ timeout: 10_000 });
  await expect(manager.getByRole("table", { name: "Asked for today" })).toContainText("Used");
  await manager.context().close();
});

test("what is refused, taken back or asked in vain is said at the till", async ({ page, server, browser }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "associate");
  const manager = await managersPhone(browser, server.url);
  await manager.goto("/approvals");
  await expect(manager.getByText("Nobody waits for you")).toBeVisible();
  const dialog = page.getByRole("dialog");
  await ask(page, "15");
  await manager.getByRole("button", { name: "Too much" }).click({ timeout: 10_000 });
  await expect(dialog).toContainText("Marlow Demo refused it: Too much.", { timeout: 10_000 });
  await accessible(page);
  await dialog.getByRole("button", { name: "Ask again" }).click();
  await expect(manager.getByRole("button", { name: "Approve" })).toBeVisible({ timeout: 10_000 });
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await expect(manager.getByText("Nobody waits for you")).toBeVisible({ timeout: 10_000 });
  await expect(manager.getByRole("table", { name: "Asked for today" })).toContainText("Withdrawn");
  // A manager who stands there still uses a PIN.
  await dialog.getByLabel("Manager").selectOption({ label: "Marlow Demo" });
  await dialog.getByLabel("PIN").fill("2468");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await manager.context().close();
});

test("tabs share one stream, and signing out ends it", async ({ page, server, context }) => {
  test.setTimeout(60_000);
  await pair(page, server.console());
  const streams: string[] = [];
  context.on("request", (request) => request.url().endsWith("/events") && streams.push(request.url()));
  await signIn(page, "owner");
  await page.goto("/today");
  await expect.poll(() => streams.length).toBe(1);
  const here = page.getByRole("region", { name: /Mill Street/ });
  const receipts = here.getByText(/\d+ receipts?|none/).first();
  const before = await receipts.textContent();
  const other = await context.newPage();
  await other.goto("/today");
  await expect(other.getByRole("heading", { name: "Today" })).toBeVisible();
  await addPieceAndSell(other);
  // Only the first tab has a stream, and only the second has sold.
  await expect(receipts).not.toHaveText(before ?? "", { timeout: 10_000 });
  const led = streams.length;
  await page.close();
  // The other tab takes over.
  await expect.poll(() => streams.length, { timeout: 10_000 }).toBe(led + 1);
  await other.goto("/me");
  await other.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await expect(other).toHaveURL(/sign-in/);
});

async function addPieceAndSell(page: Page): Promise<void> {
  await page.goto("/register");
  await addPiece(page, "ring");
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
}
