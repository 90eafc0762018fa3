// A house account from the first grant to the last cent: granted, charged at the register, paid at the till, told on
// paper.
import type { Page } from "@playwright/test";
import { expect, test } from "../server";
import { accessible, addPiece, managersPhone, pair, signIn } from "../store";

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

async function openAccount(page: Page, customer: string, limit: string): Promise<void> {
  await page.goto(`${customer}/account/edit`);
  await page.getByLabel(/^Credit limit/).fill(limit);
  await page.getByRole("button", { name: "Save house account" }).click();
  await expect(page).toHaveURL(new RegExp(`${customer}/account$`));
}

/** A ring on the ticket of a customer, about to be paid. */
async function ringUp(page: Page, last: string): Promise<void> {
  await page.goto("/register");
  await addPiece(page, "ring");
  await page.getByRole("button", { name: "Add customer" }).click();
  await page.getByRole("dialog").getByRole("searchbox").fill(last);
  await page.getByRole("dialog").getByRole("button", { name: new RegExp(last) }).click();
  await page.getByRole("button", { name: /Take payment/ }).click();
}

/** A ring on the ticket, all of it charged to the customer's account. */
async function charge(page: Page, last: string): Promise<void> {
  await ringUp(page, last);
  await page.getByRole("button", { name: "House account" }).click();
  await page.getByRole("button", { name: "Add", exact: true }).click();
}

test("a charge above the limit waits for a manager, who lets it through on a phone", async ({ page, server, browser }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "associate");
  const manager = await managersPhone(browser, server.url);
  const customer = await addCustomer(manager, "Limit-Probe");
  await openAccount(manager, customer, "1");
  await charge(page, "Limit-Probe");
  await expect(page.getByText("Something speaks against charging")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Complete sale" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Ask a manager" }).click();
  await manager.goto("/approvals");
  await expect(manager.getByText(/Aster Sample at/)).toBeVisible({ timeout: 10_000 });
  await expect(manager.getByText(/limit/i).first()).toBeVisible();
  await accessible(manager);
  await manager.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible({ timeout: 10_000 });
  await manager.goto(`${customer}/account`);
  await expect(manager.getByRole("table", { name: "Open invoices" }).getByRole("link").first()).toContainText("INV-");
  await reads(manager);
  // A closed account is offered to nobody.
  await manager.goto(`${customer}/account/edit`);
  await manager.getByLabel("State", { exact: true }).selectOption({ label: "Closed" });
  await manager.getByRole("button", { name: "Save house account" }).click();
  await page.goto("/register");
  await addPiece(page, "ring");
  await page.getByRole("button", { name: "Add customer" }).click();
  await dialog.getByRole("searchbox").fill("Limit-Probe");
  await dialog.getByRole("button", { name: /Limit-Probe/ }).click();
  await page.getByRole("button", { name: /Take payment/ }).click();
  await expect(page.getByRole("button", { name: "Cash", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "House account" })).toHaveCount(0);
  await manager.context().close();
});

test("what is owed is paid, corrected, written off and comes in after all", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  const customer = await addCustomer(page, "Correct-Probe");
  await openAccount(page, customer, "");
  await page.goto(`${customer}/invoice`);
  await page.getByLabel("What is billed").fill("Appraisal of a brooch");
  await page.getByLabel(/^Amount/).fill("250");
  await page.getByRole("button", { name: "Issue invoice" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("INV-");
  const invoice = new URL(page.url()).pathname;

  // Cash at the till, with change; the receipt says what it was for.
  await page.goto(`${customer}/pay`);
  await page.getByLabel(/^What is paid/).fill("100");
  await page.getByLabel("How it is paid", { exact: true }).selectOption({ label: "Cash" });
  await page.getByLabel(/^Cash handed over/).fill("120");
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.locator(".done-change")).toContainText("20.00");
  await expect(page.getByRole("table", { name: "What it was applied to" })).toContainText("100.00");
  await reads(page);

  // A courtesy of 50, and not more than the price.
  await page.goto(invoice);
  await page.getByLabel(/^Price goes down by/).fill("1,000");
  await page.locator("form").filter({ hasText: "Price goes down by" }).getByLabel("Reason").fill("a scratch");
  await page.getByRole("button", { name: "Issue credit memo" }).click();
  await expect(page.getByLabel(/^Price goes down by/)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel(/^Price goes down by/).fill("50");
  await page.getByRole("button", { name: "Issue credit memo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CM-");
  await reads(page);

  // A check that the bank sends back: it is owed again, with a fee.
  await page.goto(`${customer}/pay`);
  await page.getByLabel(/^What is paid/).fill("60");
  await page.getByLabel("How it is paid", { exact: true }).selectOption({ label: "Check" });
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByLabel(/^Number on the slip/)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel(/^Number on the slip/).fill("1001");
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText("Payment recorded")).toBeVisible();
  await page.goto(`${customer}/account`);
  await page.getByRole("table", { name: "Running account" }).getByRole("link", { name: "Payment" }).first().click();
  await page.getByLabel(/^Fee/).fill("999");
  await page.getByRole("button", { name: "Record returned check" }).click();
  await expect(page.getByLabel(/^Fee/)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel(/^Fee/).fill("10");
  await page.getByRole("button", { name: "Record returned check" }).click();
  await expect(page.getByText("Check came back").first()).toBeVisible();
  await reads(page);

  // Written off, and then some of it comes after all.
  await page.goto(invoice);
  const off = page.locator("form").filter({ hasText: "Empty for all that is open" });
  await off.getByRole("button", { name: "Write off" }).click();
  await expect(off.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await off.getByLabel("Reason").fill("moved away");
  await off.getByRole("button", { name: "Write off" }).click();
  await expect(page.getByText("Empty for all that is open")).toHaveCount(0);
  await reads(page);
  await page.goto(`${customer}/account`);
  await page.getByRole("table", { name: "Running account" }).getByRole("link", { name: /^Writ/ }).first().click();
  await page.getByLabel("Amount", { exact: true }).fill("5,000");
  await page.getByLabel("How it is paid", { exact: true }).selectOption({ label: "Cash" });
  await page.getByRole("button", { name: "Record recovery" }).click();
  await expect(page.getByLabel("Amount", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Amount", { exact: true }).fill("40");
  await reads(page);
  await page.getByRole("button", { name: "Record recovery" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("PAY-");

  // Too much cash stays as credit, and goes back out of the drawer.
  await page.goto(`${customer}/pay`);
  await page.getByLabel(/^What is paid/).fill("25");
  await page.getByLabel("How it is paid", { exact: true }).selectOption({ label: "Cash" });
  await page.getByLabel("What it is for").selectOption({ label: "Keep it as credit for now" });
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText("It lies on the account and is applied to no invoice.")).toBeVisible();
  await page.goto(`${customer}/account`);
  await page.getByRole("table", { name: "Credits to use" }).getByRole("link").first().click();
  const back = page.locator("form").filter({ has: page.getByRole("button", { name: "Pay back" }) });
  await back.getByRole("button", { name: "Pay back" }).click();
  await expect(back.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await back.getByLabel("Reason").fill("asked for it");
  await back.getByRole("button", { name: "Pay back" }).click();
  await expect(page.getByRole("button", { name: "Pay back" })).toHaveCount(0);

  await page.goto("/ledger/tie-out");
  await expect(page.getByText("Everything ties out")).toBeVisible();
});

test("a correction is taken back, one invoice is paid, and a receipt's check bounces", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  const customer = await addCustomer(page, "Again-Probe");
  await openAccount(page, customer, "");
  for (const amount of ["250", "80"]) {
    await page.goto(`${customer}/invoice`);
    await page.getByLabel("What is billed").fill("Appraisal of a brooch");
    await page.getByLabel(/^Amount/).fill(amount);
    await page.getByRole("button", { name: "Issue invoice" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("INV-");
  }

  // From an invoice that one is paid, and not the oldest.
  const number = ((await page.getByRole("heading", { level: 1 }).textContent()) ?? "").split(" ").pop() ?? "";
  await page.getByRole("link", { name: "Take payment" }).click();
  await expect(page.getByLabel(/^What is paid/)).toHaveValue("80.00");
  await expect(page.getByLabel("What it is for")).toHaveValue("one");
  await page.getByLabel("How it is paid", { exact: true }).selectOption({ label: "Cash" });
  await reads(page);
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByRole("table", { name: "What it was applied to" })).toContainText(number);

  // A write-off that should not be.
  await page.goto(`${customer}/account`);
  await page.getByRole("table", { name: "Running account" }).getByRole("link", { name: "Invoice" }).last().click();
  const off = page.locator("form").filter({ hasText: "Empty for all that is open" });
  await off.getByLabel("Reason").fill("moved away");
  await off.getByRole("button", { name: "Write off" }).click();
  await expect(off).toHaveCount(0);
  await page.goto(`${customer}/account`);
  await page.getByRole("table", { name: "Running account" }).getByRole("link", { name: /^Writ/ }).first().click();
  // The form before it has its place only when it is there.
  await expect(page.getByRole("button", { name: "Record recovery" })).toBeVisible();
  const back = page.locator("form").filter({ has: page.getByRole("button", { name: "Take it back" }) });
  await back.getByRole("button", { name: "Take it back" }).click();
  await expect(back.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await reads(page);
  await back.getByLabel("Reason").fill("came back");
  await back.getByRole("button", { name: "Take it back" }).click();
  await expect(back).toHaveCount(0);
  await page.goto(`${customer}/account`);
  await expect(page.locator(".figure-card").first()).toContainText("250.00");

  // The bank sends the check of a receipt back: whoever it is for owes it.
  await ringUp(page, "Again-Probe");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByLabel(/^Check number|^Number/).fill("2002");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.goto("/sales");
  await page.getByRole("table").locator("tbody a").first().click();
  const bounced = page.locator("form").filter({ has: page.getByRole("button", { name: "Record returned check" }) });
  await bounced.getByLabel(/^Fee/).fill("999");
  await bounced.getByRole("button", { name: "Record returned check" }).click();
  await expect(bounced.getByLabel(/^Fee/)).toHaveAttribute("aria-invalid", "true");
  await reads(page);
  await bounced.getByLabel(/^Fee/).fill("10");
  await bounced.getByRole("button", { name: "Record returned check" }).click();
  await expect(page.getByText("Check came back")).toBeVisible();
  await expect(bounced).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Void sale" })).toHaveCount(0);

  // Its goods come back: nobody is paid for what the bank did not pay.
  await page.getByRole("link", { name: "Return", exact: true }).click();
  const taking = page.getByRole("dialog", { name: "Take something back" });
  await expect(taking.getByText("goes to the customer’s account")).toBeVisible();
  await reads(page);
  await taking.getByRole("button", { name: "Put on the ticket" }).click();
  await page.getByRole("button", { name: /Pay out/ }).click();
  await expect(page.getByRole("group", { name: /account/i })).toBeVisible();
  await expect(page.getByRole("group", { name: "Check" })).toHaveCount(0);
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.goto(`${customer}/account`);
  await expect(page.getByRole("table", { name: "Running account" })).toContainText("Returned check");
  await page.goto("/ledger/tie-out");
  await expect(page.getByText("Everything ties out").first()).toBeVisible();
});
