// Working with overdue accounts: whom to contact today and why, and everything that is written down about one customer.
import { type Locator, type Page } from "@playwright/test";
import { expect, test } from "../server";
import { accessible, day, managersPhone, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const phone = { width: 390, height: 844 };
const tablet = { width: 820, height: 1180 };
const lying = { width: 1180, height: 820 };
const desk = { width: 1440, height: 900 };

const rows = (page: Page) => page.getByRole("table", { name: "Collections" }).locator("tbody tr");
const card = (page: Page) => page.locator(".card", { has: page.getByRole("heading", { name: "Collecting", exact: true }) });

/** Somebody with a house account and an invoice that was due a month and a half ago; gives the address of the account. */
async function overdueCustomer(page: Page, last: string, amount: string): Promise<string> {
  await page.goto("/customers/new");
  await page.getByLabel(/^First name/).fill("Ada");
  await page.getByLabel(/^Last name/).fill(last);
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Ada ${last}`);
  const account = `${new URL(page.url()).pathname}/account`;
  await page.goto(`${account}/edit`);
  await page.getByRole("button", { name: "Save house account" }).click();
  await expect(page).toHaveURL(new RegExp(`${account}$`));
  await page.getByRole("link", { name: "Write invoice" }).click();
  await page.getByLabel("What is billed").fill("Appraisal of a brooch");
  await page.getByLabel(/^Amount/).fill(amount);
  await page.getByLabel(/^Invoice date/).fill(day(-75));
  await page.getByRole("button", { name: "Issue invoice" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("INV-");
  return account;
}

/** Opens one of the forms of the card. */
async function begin(page: Page, button: string): Promise<Locator> {
  await card(page).getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

async function save(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("who becomes overdue is said on the phone of a manager by itself", async ({ page, server, browser }) => {
  await pair(page, server.console());
  await signIn(page, "owner");
  const manager = await managersPhone(browser, server.url);
  await manager.goto("/today");
  await expect(manager.locator("html[data-alive]")).toHaveCount(1);
  const badge = manager.getByRole("link", { name: /Receivables/ });
  await expect(badge).toContainText(/\d/);
  const before = Number(/\d+/.exec((await badge.textContent()) ?? "")?.[0]);
  await expect(manager.getByText(/more customer is overdue/)).toHaveCount(0);

  // Nobody touches the phone.
  await overdueCustomer(page, "Ring-Probe", "120");
  await expect(manager.getByText("1 more customer is overdue.")).toBeVisible();
  await expect(badge).toContainText(String(before + 1));
  await accessible(manager);
  await manager.context().close();
});

test("an associate sees whom to contact today and why, and looks at one of them", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.setViewportSize(lying);
  await page.goto("/customers");
  await page.getByRole("link", { name: "Receivables" }).first().click();
  await expect(page).toHaveURL(/\/receivables\/desk$/);
  await expect(page.getByText("To contact today", { exact: true })).toBeVisible();
  // Where there is but one way to look, there are no tabs.
  await expect(page.getByRole("navigation", { name: "Receivables" })).toHaveCount(0);
  const first = rows(page).first();
  await expect(first.locator(".reasons li").first()).toContainText(
    /Overdue|Promise broken|Follow-up due|Check came back|Disputed|Paused|On hold|Promised/,
  );
  // Whoever waits stands last.
  const waits = await rows(page).evaluateAll((all) => all.map((row) => row.textContent?.includes("Waiting")));
  expect(waits.lastIndexOf(false)).toBeLessThan(waits.includes(true) ? waits.indexOf(true) : waits.length);
  await accessible(page);

  const name = (await first.locator(".cell-main a").textContent()) ?? "";
  await page.getByLabel("Customer", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/\/receivables\/desk\?q=/);
  await rows(page).first().getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(card(page)).toBeVisible();
  await accessible(page);
  // The way back leads to the list as it was narrowed.
  await page.getByRole("link", { name: "Collections" }).click();
  await expect(page).toHaveURL(/\/receivables\/desk\?q=/);
  await expect(page.getByLabel("Customer", { exact: true })).toHaveValue(name);

  await page.goto("/receivables/desk?q=nobody+is+called+that");
  await expect(page.getByText("Nobody found")).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: "Show everybody" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("a call is noted, a promise made and withdrawn, an invoice disputed, a pause kept and lifted", async ({
  page,
  server,
}) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.setViewportSize(lying);
  const account = await overdueCustomer(page, "Desk-Probe", "90,000");
  const theirs = "/receivables/desk?q=Desk-Probe";

  // So much for so long stands before everybody else.
  await page.goto("/receivables/desk");
  await expect(rows(page).first()).toContainText("Ada Desk-Probe");
  await expect(rows(page).first()).toContainText("90,000.00, oldest");
  await expect(rows(page).first()).toContainText("Ask for 90,000.00");
  await rows(page).first().getByRole("link", { name: "Ada Desk-Probe" }).click();
  await expect(card(page)).toContainText("Nobody has written anything down yet.");
  await expect(card(page)).toContainText("n/a, none was due");

  let dialog = await begin(page, "Write note");
  await accessible(page);
  await dialog.getByLabel(/^Follow up on/).fill(day(-1));
  await dialog.getByRole("button", { name: "Save note" }).click();
  await expect(dialog.getByLabel("What was said")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByText("this day is over")).toBeVisible();
  await dialog.getByLabel("What was said").fill("Says the check is in the mail");
  await dialog.getByLabel(/^Follow up on/).fill(day(3));
  // News of the account take nothing away from whoever types.
  await page.evaluate(() => {
    const nil = "00000000-0000-0000-0000-000000000000";
    const detail = JSON.stringify({ kind: "receivables", store: nil, id: nil });
    window.dispatchEvent(new CustomEvent("parure:news", { detail }));
  });
  await page.waitForResponse((answer) => answer.url().includes("/receivable/collection"));
  await expect(dialog.getByLabel("What was said")).toHaveValue("Says the check is in the mail");
  await save(page, "Save note");
  await expect(card(page)).toContainText("Says the check is in the mail");
  await page.goto(theirs);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("Waiting");
  await expect(rows(page).first()).toContainText("Look again on");

  await page.goto(account);
  dialog = await begin(page, "Promise to pay");
  await expect(dialog.getByText("At most 90,000.00, which is owed")).toBeVisible();
  await dialog.getByLabel(/^Amount/).fill("90,000.01");
  await dialog.getByRole("button", { name: "Save promise" }).click();
  await expect(dialog.getByLabel(/^Amount/)).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByLabel(/^Paid by/)).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByLabel(/^Amount/)).toHaveValue("90,000.01");
  await dialog.getByLabel(/^Amount/).fill("400");
  await dialog.getByLabel(/^Paid by/).fill(day(7));
  await save(page, "Save promise");
  const promises = card(page).getByRole("region", { name: "Promises to pay" });
  await expect(promises).toContainText("400.00 by");
  await expect(promises).toContainText("Open");
  await promises.getByRole("button", { name: "Withdraw" }).click();
  dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Withdraw promise" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Reason").fill("Cannot pay after all");
  await save(page, "Withdraw promise");
  await promises.getByText("Earlier (1)").click();
  await expect(promises).toContainText("Withdrawn");
  await expect(promises).toContainText("Cannot pay after all");
  await expect(promises.getByRole("button", { name: "Withdraw" })).toHaveCount(0);

  // What was typed into one form never stands in another.
  dialog = await begin(page, "Pause");
  await dialog.getByLabel(/^Why they are left in peace/).fill("Not for the invoice");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  dialog = await begin(page, "Dispute");
  await expect(dialog.getByLabel(/does not agree/)).toHaveValue("");
  await dialog.getByRole("button", { name: "Open dispute" }).click();
  await expect(dialog.getByLabel(/does not agree/)).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel(/does not agree/).fill("The brooch was never appraised");
  await save(page, "Open dispute");
  await expect(page.getByRole("table", { name: "Open invoices" })).toContainText("Disputed");
  // There is nothing left to dispute.
  await expect(card(page).getByRole("button", { name: "Dispute", exact: true })).toHaveCount(0);
  const disputes = card(page).getByRole("region", { name: "Disputes" });
  await disputes.getByRole("button", { name: "Settle" }).click();
  await page.getByRole("dialog").getByLabel(/^How it ended/).fill("The report was found");
  await save(page, "Settle dispute");
  await expect(page.getByRole("table", { name: "Open invoices" })).not.toContainText("Disputed");

  dialog = await begin(page, "Pause");
  await dialog.getByLabel(/^Through/).fill(day(400));
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog.getByText("at most 180 days from today")).toBeVisible();
  await dialog.getByLabel(/^Through/).fill(day(10));
  await dialog.getByLabel(/^Why they are left in peace/).fill("A death in the family");
  await save(page, "Pause");
  const pauses = card(page).getByRole("region", { name: "Pauses" });
  await expect(pauses).toContainText("A death in the family");
  for (const [size, theme] of [[phone, "light"], [phone, "dark"], [tablet, "light"], [desk, "dark"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, "the account scrolls sideways").toBeLessThanOrEqual(0);
  }
  await pauses.getByRole("button", { name: "Lift" }).click();
  await save(page, "Lift pause");
  await expect(pauses).toHaveCount(0);
});

test("an account is given to somebody, who finds it among their own", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.setViewportSize(desk);
  await overdueCustomer(page, "Given-Probe", "90,000");
  const name = "Ada Given-Probe";
  await page.goto("/receivables");
  await page.getByRole("link", { name: "Collections", exact: true }).click();
  await page.getByLabel("Whose accounts").selectOption("Nobody's");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/whose=nobody/);
  await rows(page).getByRole("link", { name }).click();
  await expect(card(page)).toContainText("Nobody");
  let dialog = await begin(page, "Assign");
  await dialog.getByLabel("Looked after by").selectOption("Marlow Demo");
  // Somebody else was faster: it is said, and nothing typed is lost.
  await page.route("**/receivable/assign", async (route) => {
    const cmd = route.request().postDataJSON() as { cmd: { version: number } };
    cmd.cmd.version += 1;
    await route.continue({ postData: JSON.stringify(cmd) });
  });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByText("something changed meanwhile: look again")).toBeVisible();
  await expect(dialog.getByLabel("Looked after by")).toHaveValue(/.+/);
  await page.unroute("**/receivable/assign");
  await save(page, "Save");
  await expect(card(page)).toContainText("Marlow Demo");
  await page.goto("/receivables/desk?whose=mine");
  await expect(rows(page).filter({ hasText: name })).toContainText("Marlow Demo");
  // The owner's page leads here.
  await page.goto("/receivables");
  await expect(page.locator(".figure-card", { hasText: "Broken promises" }).getByRole("link")).toHaveAttribute(
    "href",
    "/receivables/desk",
  );
  await expect(page.getByRole("link", { name: "Finance charges" })).toHaveCount(0);
});

test("the list of the day fits every size, light and dark", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  for (const [size, theme] of [[phone, "light"], [phone, "dark"], [tablet, "light"], [lying, "dark"], [desk, "light"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of ["/receivables/desk", "/finance-charges"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Receivables");
      await page.waitForLoadState("networkidle");
      await accessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});

test("whoever does not work with overdue accounts does not get there", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "bench");
  await page.goto("/me");
  await expect(page.getByRole("link", { name: "Receivables" })).toHaveCount(0);
  for (const address of ["/receivables/desk", "/receivables", "/finance-charges"]) {
    expect((await page.request.get(address)).status(), address).toBe(403);
  }
});
