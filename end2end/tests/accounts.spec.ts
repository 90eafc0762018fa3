// A house account from the first grant to the last cent: granted, charged at the register, paid at the till, told on
// paper.
import type { Page } from "@playwright/test";
import { expect, test } from "../server";
import { accessible, addPiece, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const sizes = [
  [390, 844],
  [1180, 820],
] as const;

/** The page as it is on a phone and on a tablet: nothing hidden from anybody, nothing wider than the screen. */
async function reads(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

async function addCustomer(page: Page, last: string): Promise<string> {
  await page.goto("/customers/new");
  await page.getByLabel(/^First name/).fill("Ada");
  await page.getByLabel(/^Last name/).fill(last);
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Ada ${last}`);
  return new URL(page.url()).pathname;
}

test("an account is opened, invoiced, paid in part and told on paper", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  const customer = await addCustomer(page, "Account-Probe");
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByText("Nothing is charged until a manager opens one.")).toBeVisible();
  await reads(page);

  await page.getByRole("link", { name: "Open house account" }).click();
  await page.getByLabel(/^Credit limit/).fill("lots");
  await page.getByRole("button", { name: "Save house account" }).click();
  await expect(page.getByLabel(/^Credit limit/)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel(/^Credit limit/).fill("1,000");
  await page.getByRole("button", { name: "Save house account" }).click();
  await expect(page).toHaveURL(new RegExp(`${customer}/account$`));

  await page.getByRole("link", { name: "Write invoice" }).click();
  await page.getByLabel("What is billed").fill("Appraisal of a brooch");
  await page.getByLabel(/^Amount/).fill("250");
  await reads(page);
  await page.getByRole("button", { name: "Issue invoice" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("INV-");
  await reads(page);
  const [invoice] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF" }).click()]);
  expect(invoice.suggestedFilename()).toMatch(/INV-\d+\.pdf$/);

  await page.getByRole("link", { name: "Take payment" }).click();
  await page.getByLabel(/^What is paid/).fill("100");
  await reads(page);
  await page.goto(`${customer}/statement`);
  await expect(page.getByRole("table", { name: "Open items" })).toContainText("250.00");
  await reads(page);
  await page.goto(`${customer}/statement?form=balance_forward&since=2999-01-01`);
  await expect(page.getByText("this day is still to come")).toBeVisible();
  const [statement] = await Promise.all([
    page.waitForEvent("download"),
    page.goto(`${customer}/statement`).then(() => page.getByRole("link", { name: "PDF" }).click()),
  ]);
  expect(statement.suggestedFilename()).toMatch(/^Statement C\d+ .*\.pdf$/);
});
