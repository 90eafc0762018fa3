import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

const phone = { width: 390, height: 844 };
const pages = ["", "/people", "/people/new", "/taxes", "/taxes/new", "/payments", "/accounts", "/audit", "/stores/new"];

test("an owner changes the settings, and the audit trail tells", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "owner");

  await page.goto("/settings");
  await accessible(page);
  await page.getByRole("link", { name: /Mill Street/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Mill Street");
  await accessible(page);
  await page.getByLabel("Associate", { exact: true }).fill("150");
  await page.getByLabel(/Minutes without a touch/).fill("0");
  const limits = page.locator("form").filter({ hasText: "Limits and rounding" });
  await limits.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("a percentage lies between 0 and 100")).toBeVisible();
  await expect(page.getByText("1 to 240 minutes")).toBeVisible();
  await page.getByLabel("Associate", { exact: true }).fill("12.5");
  await page.getByLabel(/Minutes without a touch/).fill("15");
  // A saved form loads its page again.
  const reloaded = page.waitForEvent("load");
  await limits.getByRole("button", { name: "Save" }).click();
  await reloaded;
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Mill Street");
  await expect(page.getByLabel("Associate", { exact: true })).toHaveValue("12.5");

  await page.getByRole("button", { name: "Add till" }).click();
  await page.getByRole("dialog").getByLabel("Name of the till").fill("Window");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /Window/ })).toContainText("No browser");
  await page.getByRole("row", { name: /Window/ }).getByRole("button", { name: "Pair a browser" }).click();
  await expect(page.getByRole("link", { name: /\/pair\// })).toBeVisible();
  await accessible(page);

  await page.goto("/settings/taxes");
  await page.getByRole("link", { name: "Sampleton", exact: true }).click();
  await page.getByRole("button", { name: "Add a rate" }).click();
  await page.getByLabel("From", { exact: true }).fill("2020-01-01");
  await page.getByLabel("Percent", { exact: true }).fill("1.5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("a rate that is added begins today or later")).toBeVisible();
  await page.getByLabel("From", { exact: true }).fill("2099-01-01");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("From Jan 1, 2099")).toBeVisible();

  await page.goto("/settings/people/new");
  await page.getByLabel("Name", { exact: true }).fill("<b>Pat</b>");
  await page.getByLabel("Login").fill("pat");
  await page.getByLabel("PIN").fill("1111");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("4 to 8 digits, not all the same")).toBeVisible();
  await expect(page.getByText("choose a role in at least one store").first()).toBeVisible();
  await page.getByLabel(/Mill Street/).selectOption("associate");
  await page.getByLabel("PIN").fill("2580");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "<b>Pat</b>" })).toBeVisible();

  await page.goto("/settings/payments");
  await page.getByRole("button", { name: "Add a means of payment" }).click();
  await page.getByLabel("What the button says").fill("Wire");
  await page.getByLabel("Short word").fill("wire");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /Wire/ })).toBeVisible();

  await page.goto("/settings/audit");
  await expect(page.getByText("Means of payment Wire added")).toBeVisible();
  await expect(page.getByText("Limits of", { exact: false })).toBeVisible();
  await page.getByText("What changed").first().click();

  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const address of [...pages.map((name) => `/settings${name}`), "/me"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
  }
});

test("a till asks for a PIN when somebody else takes over, and keeps the ticket", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill("ring");
  await page.locator("button.piece-card:enabled").first().click();
  await expect(page.locator(".ticket-line")).toHaveCount(1);
  await page.getByRole("button", { name: /switch person/ }).click();
  const lock = page.getByRole("dialog", { name: "Enter your PIN" });
  await expect(lock).toBeVisible();
  await accessible(page);
  await lock.getByRole("button", { name: "Marlow Demo" }).click();
  await lock.getByLabel("PIN").fill("9999");
  await lock.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(lock.getByText("The PIN is wrong.")).toBeVisible();
  await lock.getByLabel("PIN").fill("2468");
  await lock.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(lock).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Marlow Demo, switch person" })).toBeVisible();
  await expect(page.locator(".ticket-line")).toHaveCount(1);
});

test("settings are not for everybody", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.goto("/sales");
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.goto("/settings/people");
  await expect(page.getByText("Your role does not allow this")).toBeVisible();
});

test("a till that nobody touches locks itself, on the server too", async ({ page, server }) => {
  await page.clock.install();
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill("ring");
  await page.locator("button.piece-card:enabled").first().click();
  await expect(page.locator(".ticket-line")).toHaveCount(1);
  await page.clock.fastForward("09:30");
  await expect(page.getByRole("dialog", { name: "Enter your PIN" })).toHaveCount(0);
  const locked = page.waitForResponse(/session\/lock/);
  await page.clock.fastForward("01:00");
  const lock = page.getByRole("dialog", { name: "Enter your PIN" });
  await expect(lock).toBeVisible();
  await locked;
  const refused = await page.evaluate(() => fetch("/api/v1/register/snapshot").then(({ status }) => status));
  expect(refused).toBe(401);
  await page.keyboard.press("Escape");
  await expect(lock.getByRole("button", { name: "Aster Sample" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.type("1234");
  await expect(lock).toBeVisible();
  await lock.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(lock).toHaveCount(0);
  await expect(page.locator(".ticket-line")).toHaveCount(1);
  // What is typed before the lock is not meant for what is behind it.
  await expect(page.getByRole("searchbox", { name: /Scan a tag/ })).not.toHaveValue("1234");
});

test("a dialog that is open steps back behind the lock and comes again", async ({ page, server }) => {
  await page.clock.install();
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill("ring");
  await page.locator("button.piece-card:enabled").first().click();
  await page.locator(".ticket-tools").getByRole("button", { name: "Discount" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByLabel("Value").fill("7.5");
  await page.clock.fastForward("11:00");
  const lock = page.getByRole("dialog", { name: "Enter your PIN" });
  await expect(lock).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await lock.getByRole("button", { name: "Aster Sample" }).click();
  await page.keyboard.type("1234");
  await lock.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(lock).toHaveCount(0);
  await expect(dialog.getByLabel("Value")).toHaveValue("7.5");
});

test("signing in leads back to where one wanted to be, and to where a role begins", async ({ page, server }) => {
  await pair(page, server.console());
  await page.goto("/sales?words=ring");
  await expect(page).toHaveURL(/sign-in/);
  await page.getByRole("button", { name: "Bryn Ledger" }).click();
  await page.getByLabel("PIN").fill("8642");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/sales\?words=ring$/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/today$/);
  await page.context().clearCookies({ name: /session/ });
  await page.goto("/sign-in?to=//evil.example");
  await page.getByRole("button", { name: "Sign in with a password" }).click();
  await page.getByRole("button", { name: "Sign in with a PIN" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Choose who you are.")).toBeVisible();
  await page.getByRole("button", { name: "Aster Sample" }).click();
  await page.getByLabel("PIN").fill("1234");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/register$/);
});
