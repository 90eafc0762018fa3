// What is owed, looked at from above: the owner's page, the aging and its file, the measures, the allowance, and what
// becomes overdue while a page is open.
import type { Page } from "@playwright/test";
import { expect, test } from "../server";
import { accessible, day, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const phone = { width: 390, height: 844 };
const tablet = { width: 820, height: 1180 };
const desk = { width: 1440, height: 900 };

/** An amount as a number of cents. */
const cents = (text: string) => Math.round(Number(text.replace("−", "-").replace(/[^0-9.-]/g, "")) * 100);

async function figure(page: Page, name: string): Promise<number> {
  const card = page.locator(".figure-card", { has: page.getByText(name, { exact: true }) });
  return cents((await card.locator(".figure-value").textContent()) ?? "");
}

test("an owner sees on the phone what is owed, how old it is, and by whom", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "owner");
  await page.setViewportSize(phone);
  await page.goto("/receivables");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Receivables");
  const owed = await figure(page, "Owed");
  expect(owed).toBeGreaterThan(0);
  const ages = await page.locator(".age .amount").allTextContents();
  expect(ages).toHaveLength(6);
  expect(ages.map(cents).reduce((sum, one) => sum + one, 0)).toBe(owed);
  await expect(page.getByRole("img", { name: "Owed at the end of each month" })).toBeVisible();
  await page.getByText("As a table").first().click();
  await expect(page.getByRole("table", { name: "Owed at the end of each month" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(4);
  await expect(page.getByRole("link", { name: /Receivables \d+ overdue/ }).last()).toBeVisible();
  await accessible(page);
});

test("the aging is narrowed, ordered and taken away, and each line opens", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "bookkeeper");
  await page.setViewportSize(desk);
  await page.goto("/receivables/aging");
  const now = await figure(page, "Owed");
  await page.getByLabel("One line for each").selectOption("Store");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/by=store/);
  expect(await figure(page, "Owed")).toBe(now);
  await page.locator("tbody a").first().click();
  await expect(page).toHaveURL(/store=/);
  await expect(page.locator("tbody a").first()).toHaveAttribute("href", /\/customers\/.*\/account/);

  await page.goto("/receivables/aging");
  await page.getByRole("link", { name: "Owed", exact: true }).click();
  await expect(page).toHaveURL(/sort=owed/);
  await expect(page.getByRole("columnheader", { name: "Owed" })).toHaveAttribute("aria-sort", "descending");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  const text = await (await import("node:fs/promises")).readFile(await download.path(), "utf8");
  const rows = text.trim().split("\n");
  expect(rows[0]).toBe("name,number,owed,current,1_30,31_60,61_90,91_120,over_120,unapplied");
  expect(rows).toHaveLength((await page.locator("tbody tr").count()) + 1);
  const first = (await page.locator("tbody tr").first().locator("td").nth(1).textContent()) ?? "";
  expect(cents(rows[1].split(",")[2])).toBe(cents(first));

  // A month ago, by the date of the invoice.
  const then = day(-30);
  await page.getByLabel("As of").fill(then);
  await page.getByLabel("Age by").selectOption("Invoice date");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`as_of=${then}.*basis=invoiced`));
  await expect(page.getByLabel("As of")).toHaveValue(then);
  await accessible(page);
  await page.goto("/receivables/aging?as_of=2999-01-01");
  await expect(page.getByText("This day is still to come.")).toBeVisible();
});

test("months are measured, and the allowance is posted by hand", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "bookkeeper");
  await page.setViewportSize(desk);
  await page.goto("/receivables/measures");
  for (const name of ["Days outstanding", "Counted back", "Days to pay", "Effectiveness", "Promises kept"]) {
    await expect(page.getByRole("img", { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("table", { name: "Thirteen months" }).locator("tbody tr").first()).toContainText("so far");
  await accessible(page);

  await page.goto("/receivables/allowance");
  const today = day();
  await page.goto(`/receivables/allowance?as_of=${today}`);
  const needed = await figure(page, "Needed");
  expect(needed).toBeGreaterThan(0);
  await accessible(page);
  await page.getByRole("link", { name: "Review and post" }).click();
  await expect(page.getByLabel("Business date")).toHaveValue(today);
  await expect(page.locator('[name="lines.0.account"]')).toHaveValue("6030");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("table", { name: "Journal" }).first()).toContainText("1110");
  await page.goto(`/receivables/allowance?as_of=${today}`);
  expect(await figure(page, "Allowance now")).toBe(needed);
  await expect(page.getByText("The allowance is as it should be")).toBeVisible();
});

test("what becomes overdue while a page is open is said calmly", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  // As if midnight had passed since the page was opened: the next answer counts one more.
  let overdue = 0;
  await page.route("**/receivable/overdue*", async (route) => {
    const answer = await route.fetch();
    const told = (await answer.json()) as { accounts: number };
    overdue = told.accounts + (overdue > 0 ? 1 : 0);
    await route.fulfill({ response: answer, json: { ...told, accounts: overdue } });
  });
  await page.goto("/today");
  await expect.poll(() => overdue).toBeGreaterThan(0);
  await expect(page.getByText(/more customer is overdue/)).toHaveCount(0);
  await page.evaluate(() => {
    const detail = JSON.stringify({
      kind: "receivables",
      store: "00000000-0000-0000-0000-000000000000",
      id: "00000000-0000-0000-0000-000000000000",
    });
    window.dispatchEvent(new CustomEvent("parure:news", { detail }));
  });
  await expect(page.getByText("1 more customer is overdue.")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("1 more customer is overdue.")).toHaveCount(0);
});

test("every screen fits every size, light and dark", async ({ page, server }) => {
  test.setTimeout(180_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  for (const [size, theme] of [[phone, "light"], [phone, "dark"], [tablet, "light"], [desk, "dark"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of ["", "/aging", "/aging?by=associate", "/measures", "/allowance"]) {
      await page.goto(`/receivables${address}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await accessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});

test("whoever does not see the books sees none of it", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  for (const address of ["/receivables", "/receivables/aging.csv", "/api/v1/receivable/overdue"]) {
    expect((await page.request.get(address)).status(), address).toBe(403);
  }
});
