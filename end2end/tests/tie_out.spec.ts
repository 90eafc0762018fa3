// The day is proven: every list beside its account, card payments settled with what arrived, and a wrong batch taken
// back. And the store's rules about credit.
import { expect, test } from "../server";
import { accessible, day, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const sizes = [
  [390, 844],
  [820, 1180],
  [1440, 900],
] as const;

async function reads(page: import("@playwright/test").Page): Promise<void> {
  const before = page.viewportSize();
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

test("a bookkeeper proves the day, settles cards and takes a wrong batch back", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "bookkeeper");
  await page.goto("/ledger");
  await page.getByRole("link", { name: "Tie-out" }).click();
  await expect(page.getByText("Everything ties out")).toBeVisible();
  await expect(page.getByRole("row", { name: /1100 Accounts receivable/ })).toContainText("Ties");
  await reads(page);

  // A day that is over is as it was, and one to come is refused.
  const yesterday = day(-2);
  await page.getByLabel("Day", { exact: true }).fill(yesterday);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Everything ties out")).toBeVisible();
  await expect(page.getByText("Day closed", { exact: false }).first()).toBeVisible();
  await page.goto("/ledger/tie-out?day=2099-01-01");
  await expect(page.getByText("this day is still to come")).toBeVisible();

  // What was settled last night turns out to be another deposit.
  await page.goto("/ledger/cards");
  const figure = (name: string) =>
    page.locator(".figure-card", { has: page.getByText(name, { exact: true }) }).locator(".figure-value");
  const settled = page.getByRole("table", { name: "Settled" }).getByRole("row");
  await settled.nth(1).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Card batch");
  await reads(page);
  await page.getByRole("button", { name: "Undo this batch" }).click();
  await expect(page.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Reason").fill("another deposit");
  await page.getByRole("button", { name: "Undo this batch" }).click();
  await expect(page).toHaveURL(/\/ledger\/cards$/);
  await expect(page.getByText("Undone").first()).toBeVisible();
  const waiting = (await figure("Waiting").textContent()) ?? "";
  expect(waiting).not.toBe("0.00");
  await expect(figure("By the ledger")).toHaveText(waiting);
  await reads(page);

  await page.getByRole("button", { name: "None", exact: true }).click();
  await page.getByLabel(/^Arrived at the bank/).fill("10");
  await page.getByRole("button", { name: "Settle" }).click();
  await expect(page.getByText("choose the payments that arrived")).toBeVisible();
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByLabel(/^Arrived at the bank/).fill("9,999,999");
  await page.getByRole("button", { name: "Settle" }).click();
  await expect(page.getByText(/that is more than the .* that was paid/)).toBeVisible();
  await page.getByLabel(/^Arrived at the bank/).fill(waiting);
  await page.getByLabel(/^Number of the batch/).fill("PROBE-1");
  await expect(page.getByText(/fee 0\.00/)).toBeVisible();
  await page.getByRole("button", { name: "Settle" }).click();
  await expect(page.getByText("Nothing waits")).toBeVisible();
  await expect(figure("By the ledger")).toHaveText("0.00");
  await expect(page.getByRole("row", { name: /PROBE-1/ })).toContainText(waiting);
  await page.goto("/ledger/tie-out");
  await expect(page.getByText("Everything ties out")).toBeVisible();
});

test("who does not see the ledger does not get to its proof", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  for (const address of ["/ledger/tie-out", "/ledger/cards"]) {
    expect((await page.request.get(address)).status(), address).toBe(403);
  }
});

test("an owner decides about credit, and is told what a finance charge means", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  await page.goto("/settings");
  await page.getByRole("link", { name: /Mill Street/ }).click();
  const credit = page.locator("form").filter({ hasText: "Terms of a new account" });
  await expect(credit.getByText("Regulation Z (12 CFR 1026)")).toHaveCount(0);
  await credit.getByLabel("Charge for being late").check();
  await expect(credit.getByText("Regulation Z (12 CFR 1026)", { exact: false })).toBeVisible();
  await reads(page);
  await credit.getByLabel("Percent a month, of what is overdue").fill("4");
  await credit.getByLabel("31–60").fill("101");
  await credit.getByLabel("Fee for a returned check").fill("40");
  await credit.getByRole("button", { name: "Save" }).click();
  await expect(credit.getByText("no more than 3 % a month, which is 36 % a year")).toBeVisible();
  await expect(credit.getByText("no more than may be asked for")).toBeVisible();
  await expect(credit.getByLabel("31–60")).toHaveAttribute("aria-invalid", "true");
  await credit.getByLabel("Percent a month, of what is overdue").fill("1.5");
  await credit.getByLabel("31–60").fill("20");
  await credit.getByLabel("Fee for a returned check").fill("20");
  const reloaded = page.waitForEvent("load");
  await credit.getByRole("button", { name: "Save" }).click();
  await reloaded;
  await expect(credit.getByLabel("31–60")).toHaveValue("20");
  await expect(credit.getByLabel("Charge for being late")).toBeChecked();
  await page.goto("/finance-charges");
  await expect(page.getByText("Never on charges and fees.", { exact: false })).toBeVisible();
  await accessible(page);
});
