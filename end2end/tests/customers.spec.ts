// The customer book: many ways to reach somebody, what is private, households, two cards of one person, gifts.
import { expect, test } from "../server";
import { accessible, addPiece, day, pair, signIn } from "../store";
import type { Page } from "@playwright/test";

test.describe.configure({ mode: "serial" });

/** Adds a customer and gives the address of their page. */
async function add(page: Page, first: string, last: string, phone: string): Promise<string> {
  await page.goto("/customers/new");
  await page.getByLabel(/^First name/).fill(first);
  await page.getByLabel(/^Last name/).fill(last);
  await page.getByLabel(/^Phone( optional)?$/).fill(phone);
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${first} ${last}`);
  return page.url();
}

test("a card holds many ways to reach somebody, and what is private is sealed", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/customers/new");
  await page.getByLabel(/^First name/).fill("Testa");
  await page.getByLabel(/^Last name/).fill("Placeholder-Probe");
  await page.getByLabel(/^Phone( optional)?$/).fill("(555) 010-7001");
  await page.getByRole("button", { name: "Add a phone" }).click();
  await page.getByLabel(/^Phone 2( optional)?$/).fill("12");
  await page.getByLabel("VIP").check();
  await page.getByLabel(/^Tags/).fill("opals, platinum");
  await page.getByRole("button", { name: "Add a private entry" }).click();
  await page.getByLabel("Private entry: what").selectOption({ index: 1 });
  await page.getByLabel("Private entry: number").fill("123-45-6789");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByText("enter a phone number with area code")).toBeVisible();
  await accessible(page);
  await page.getByLabel(/^Phone 2( optional)?$/).fill("(555) 010-7002");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Testa Placeholder-Probe");
  await expect(page.getByText(/6789/)).toBeVisible();
  await expect(page.locator("main")).not.toContainText("123-45-6789");
  await accessible(page);
  await page.getByRole("button", { name: /^Show / }).first().click();
  await expect(page.locator("main")).toContainText(/123-?45-?6789/);
  await page.getByLabel("New note").fill("Asked for a matching band");
  await page.getByRole("button", { name: "Write down" }).click();
  await expect(page.getByText("Asked for a matching band").first()).toBeVisible();

  await page.goto("/customers?q=7002&vip=true");
  await expect(page.getByRole("table", { name: "Customers" })).toContainText("Testa Placeholder-Probe");
  for (const [width, height] of [[390, 844], [1180, 820]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto("/customers");
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  }
});

test("two people make a household, and two cards of one person become one and two again", async ({ page, server }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  const one = await add(page, "Alda", "Household-Probe", "(555) 010-7101");
  const two = await add(page, "Bert", "Household-Probe", "(555) 010-7102");
  await page.goto(one);
  await page.getByRole("button", { name: "Link with somebody" }).click();
  const dialog = page.getByRole("dialog", { name: "Link with somebody" });
  await dialog.getByRole("searchbox").fill("Bert Household");
  await dialog.getByRole("button", { name: /Bert Household-Probe/ }).click();
  await accessible(page);
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  await expect(page.locator(".member", { hasText: "Bert" })).toBeVisible();
  await accessible(page);
  await page.goto(two);
  await expect(page.locator(".member", { hasText: "Alda" })).toBeVisible();

  const again = await add(page, "Bertie", "Household-Probe", "(555) 010-7102");
  await page.goto("/customers/duplicates");
  await expect(page.getByRole("table", { name: "Duplicates" })).toBeVisible();
  await accessible(page);
  const id = (address: string) => address.split("/").pop() ?? "";
  await page.goto(`/customers/${id(two)}/merge/${id(again)}`);
  await expect(page.getByText("This card stays")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Merge the two cards" }).click();
  await expect(page.getByText("Cards that are part of this one")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: /a card of its own again/ }).click();
  await expect(page.getByText("Cards that are part of this one")).toHaveCount(0);
});

test("a gift stays a secret until its day", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await add(page, "Gilda", "Secret-Probe", "(555) 010-7201");
  const customer = page.url();
  await page.goto("/register");
  await page.getByRole("button", { name: /Add customer/ }).click();
  const picker = page.getByRole("dialog");
  await picker.getByRole("searchbox").fill("Gilda Secret");
  await picker.getByRole("button", { name: /Gilda Secret-Probe/ }).click();
  const tag = await addPiece(page, "ring");
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.getByRole("link", { name: "Open the sale" }).click();
  const secret = page.locator("form.secret");
  const until = day(30);
  await secret.locator("input[type=date]").fill(until);
  await accessible(page);
  await secret.getByRole("button").first().click();
  await expect(page.getByText(/secret until/i).first()).toBeVisible();
  await page.goto(customer);
  await expect(page.getByText(/secret until/i).first()).toBeVisible();
  await page.goto(`${customer}/history`);
  await expect(page.locator("main")).not.toContainText(tag);
  await accessible(page);
});

test("a ticket is a secret before it is sold, and stays one while it is parked", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await add(page, "Hilda", "Secret-Probe", "(555) 010-7202");
  const customer = page.url();
  await page.goto("/register");
  const tag = await addPiece(page, "ring");
  await expect(page.getByRole("button", { name: "Gift secret" })).toHaveCount(0);
  await page.getByRole("button", { name: /Add customer/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill("Hilda Secret");
  await dialog.getByRole("button", { name: /Hilda Secret-Probe/ }).click();
  await page.getByRole("button", { name: "Gift secret" }).click();
  await dialog.getByLabel("Gift secret until").fill("2020-01-01");
  await dialog.getByRole("button", { name: "Keep it secret" }).click();
  await expect(dialog).toContainText("choose a day after today and within two years");
  await accessible(page);
  const until = day(30);
  await dialog.getByLabel("Gift secret until").fill(until);
  await dialog.getByRole("button", { name: "Keep it secret" }).click();
  const badge = page.locator(".ticket-head").getByText(/Gift secret until/);
  await expect(badge).toBeVisible();
  await accessible(page);

  // Parked, it is not called by the customer's name.
  await page.getByRole("button", { name: "Park", exact: true }).click();
  await expect(dialog.getByLabel("Name or words to know it by")).toHaveValue("");
  await dialog.getByLabel("Name or words to know it by").fill("Red scarf");
  await dialog.getByRole("button", { name: "Park" }).click();
  await expect(page.getByText("The ticket is empty.")).toBeVisible();
  await expect(badge).toHaveCount(0);
  await page.getByRole("button", { name: "Parked (1)" }).click();
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  await expect(badge).toBeVisible();
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.goto(customer);
  await expect(page.getByText(/secret until/i).first()).toBeVisible();
  await page.goto(`${customer}/history`);
  await expect(page.locator("main")).not.toContainText(tag);
});
