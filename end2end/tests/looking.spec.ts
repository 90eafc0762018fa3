// Looking back: find everywhere, the list of sales and its file, accounts, tills and the safe.
import { expect, test } from "../server";
import { accessible, addPiece, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

test("everything is found from anywhere with the keyboard", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.setViewportSize(desk);
  await page.goto("/sales");
  const receipt = (await page.locator("tbody a").first().textContent()) ?? "";
  const dialog = page.getByRole("dialog", { name: "Find" });
  const field = page.getByRole("combobox", { name: /Find pieces/ });

  await expect(page.getByRole("button", { name: /^Find/ })).toBeVisible();
  // The key counts as soon as the page is alive.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(field).toBeFocused({ timeout: 500 });
  }).toPass();
  await field.fill("ring");
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await accessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", "everywhere-1");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inventory\//);
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await field.fill(receipt);
  await expect(page.getByRole("option", { name: new RegExp(receipt) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(receipt);

  await page.keyboard.press("Control+k");
  await field.fill("led");
  await expect(page.getByRole("option", { name: "Ledger" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await page.setViewportSize(phone);
  await page.getByRole("button", { name: /^Find/ }).click();
  await field.fill("zzzz");
  await expect(page.getByText("Nothing found.")).toBeVisible();
  await accessible(page);
});

test("sales are narrowed, added up and taken away as a file", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.setViewportSize(desk);
  await page.goto("/sales");
  await page.getByLabel("Paid with").selectOption("Card");
  await page.getByLabel("Status").selectOption("Completed");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/tender=card.*status=completed/);
  await expect(page.getByLabel("Paid with")).toHaveValue("card");
  const rows = await page.locator("tbody tr").count();
  expect(rows).toBeGreaterThan(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  const text = await (await import("node:fs/promises")).readFile(await download.path(), "utf8");
  const lines = text.trim().split("\n");
  expect(lines[0]).toBe("receipt,date,time,customer,sold by,status,discount,net,tax,returned,total,gift secret");
  const counted = /to \d+ of (\d+)/.exec((await page.locator("main").textContent()) ?? "");
  expect(lines).toHaveLength((counted ? Number(counted[1]) : rows) + 1);
  await accessible(page);
});

test("an account opens to its lines, a line to its event, an event to its document", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/ledger");
  await page.getByRole("link", { name: /4000/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("4000");
  await page.getByLabel("Seller").selectOption({ label: "Aster Sample" });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/associate=/);
  await accessible(page);
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("table", { name: "Journal" }).first()).toContainText("4000");
  await accessible(page);
  await page.getByRole("link", { name: "Open the sale" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("S1-T1-");

  for (const [size, theme] of [[desk, "light"], [phone, "dark"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of ["/ledger/accounts", "/ledger/accounts/1000", "/till/history", "/till/safe", "/sales?status=voided"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await accessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});

test("a drop goes to the bank, and every Z stays", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await addPiece(page, "ring");
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await page.goto("/till");
  await page.getByLabel("Amount").fill("100");
  await page.getByRole("button", { name: "Drop cash" }).click();
  await expect(page.locator(".fact", { hasText: "Dropped in the safe" })).toContainText("100.00");
  await page.getByLabel("Cash in or out").fill("18.50");
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText("say what it is for")).toBeVisible();
  await page.getByLabel("Say in words what it was for").fill("window cleaner");
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.locator(".fact", { hasText: "Paid out" })).toContainText("18.50");
  await page.getByLabel("Why the drawer was opened").fill("change a note");
  await page.getByRole("button", { name: "Open without a sale" }).click();
  await expect(page.locator(".fact", { hasText: "Opened without a sale" })).toContainText("1");
  await accessible(page);
  await page.getByRole("link", { name: "Safe and bank" }).click();
  await page.getByLabel("Amount on the deposit slip").fill("99999999");
  await page.getByRole("button", { name: "Take to the bank" }).click();
  await expect(page.getByText(/there is .* in the safe/i)).toBeVisible();
  await page.getByLabel("Amount on the deposit slip").fill("100");
  await page.getByRole("button", { name: "Take to the bank" }).click();
  await expect(page.getByText("Recorded: 100.00 taken to the bank.")).toBeVisible();
  await page.goto("/till/history");
  await page.locator("tbody a", { hasText: "Z report" }).first().click();
  await expect(page.locator(".receipt")).toContainText("Over or short");
  await accessible(page);
});

test("an associate sees no button for what the role may not do", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.goto("/inventory");
  await expect(page.getByRole("table", { name: "Inventory" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add piece" })).toHaveCount(0);
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("button", { name: "Print tag" })).toBeVisible();
  await page.getByRole("button", { name: "QR code" }).click();
  await expect(page.getByRole("img", { name: /QR code P0/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit piece" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Set aside" })).toHaveCount(0);
  await page.goto("/customers");
  await expect(page.getByRole("link", { name: "Add customer" })).toBeVisible();
  await page.goto("/till");
  await expect(page.getByRole("link", { name: "Till history" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Safe and bank" })).toHaveCount(0);
});

test("many pages at once are answered whole", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  // The server renders on several threads; what belongs to one must not be touched by another.
  const addresses = ["/sales", "/till/history", "/ledger/accounts/1000", "/inventory"];
  const asked = Array.from({ length: 24 }, (_, at) => page.request.get(addresses[at % addresses.length]));
  for (const answer of await Promise.all(asked)) {
    expect(answer.status()).toBe(200);
    expect(await answer.text()).toContain("</html>");
  }
});

test("the day is seen while it goes on", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/today");
  await accessible(page);
  const total = page.locator(".figure-card", { hasText: "Sales with tax" }).first();
  const before = await total.textContent();
  const register = await page.context().newPage();
  await register.goto("/register");
  await addPiece(register, "ring");
  await register.getByRole("button", { name: /Take payment/ }).click();
  await register.locator(".quick-cash button").first().click();
  await register.getByRole("button", { name: "Complete sale" }).click();
  await expect(register.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
  await expect(page.getByText("1 till open")).toBeVisible();
  await expect(async () => expect(await total.textContent()).not.toBe(before)).toPass({ timeout: 20_000 });
  await page.setViewportSize({ width: 390, height: 844 });
  await accessible(page);
});
