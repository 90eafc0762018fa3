import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

test.describe.configure({ mode: "serial" });

const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

test("a manager keeps the customer book and the inventory, and every page holds up", async ({ page, server }) => {
  test.setTimeout(240_000);
  await pair(page, server.console());
  await signIn(page, "manager");

  await page.goto("/customers/new");
  await page.getByLabel("First name").fill("<img src=x onerror=alert(1)>");
  await page.getByLabel(/^Phone( optional)?$/).fill("12");
  await page.getByLabel(/^E-mail( optional)?$/).fill("nobody");
  await page.getByLabel("Note on the card").fill("card 4242 4242 4242 4242");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByText("enter a phone number with area code")).toBeVisible();
  await expect(page.getByText("this does not look like an e-mail address")).toBeVisible();
  await expect(page.getByText("this looks like a card number")).toBeVisible();
  await accessible(page);
  await page.getByLabel(/^Phone( optional)?$/).fill("(555) 010-9999");
  await page.getByLabel(/^E-mail( optional)?$/).fill("tester@example.test");
  await page.getByLabel("Note on the card").fill("likes opals");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("<img src=x onerror=alert(1)>");
  await page.goto("/customers?q=9999");
  await expect(page.locator("tbody tr")).toHaveCount(1);

  await page.goto("/inventory/new");
  await page.getByLabel("Metal").selectOption("white_gold");
  await page.getByRole("button", { name: "Add stone" }).click();
  await page.getByLabel("Price", { exact: true }).fill("-5");
  await page.getByLabel("Cost", { exact: true }).fill("1.005");
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByText("gold needs its karat")).toBeVisible();
  await expect(page.getByText("a diamond is natural or laboratory-grown")).toBeVisible();
  await expect(page.getByText("an amount has at most two decimals")).toBeVisible();
  await page.getByLabel("Karat").selectOption("18k");
  await page.getByLabel("Origin").selectOption("lab_grown");
  await page.getByLabel("Carat, together").fill("1.25");
  await page.getByLabel("Price", { exact: true }).fill("2,500");
  await page.getByLabel("Cost", { exact: true }).fill("900");
  await accessible(page);
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.25 ct round laboratory-grown diamond");
  await accessible(page);
  await page.getByRole("button", { name: "Set aside" }).click();
  await page.getByLabel("Reason").fill("loose prong");
  await page.getByRole("dialog").getByRole("button", { name: "Set aside" }).click();
  await expect(page.getByRole("button", { name: "Back in the case" })).toBeVisible();

  for (const [size, theme] of [[desk, "light"], [phone, "dark"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of ["/customers", "/inventory", "/inventory?status=sold&kind=ring", "/sales", "/till", "/ledger", "/ledger/journal", "/ledger/verify", "/more"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await accessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
  // The books of all stores are the owner's to check.
  await signIn(page, "owner");
  await page.goto("/ledger/verify");
  await expect(page.getByText("Everything holds.")).toBeVisible();
});

test("an associate sees no cost and no ledger", async ({ page, server }) => {
  await signInElsewhere(page, server.url);
  await page.goto("/inventory");
  await expect(page.getByRole("columnheader", { name: "Price" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Cost" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Ledger" })).toHaveCount(0);
  await page.goto("/ledger");
  await expect(page.getByText("Your role does not allow this")).toBeVisible();
});

/** The pairing link works once, so this browser signs in at the desk: the owner makes it a till anew. */
async function signInElsewhere(page: import("@playwright/test").Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await expect(page.getByLabel("Login")).toBeVisible();
  await page.getByLabel("Login").fill("associate");
  await page.getByLabel("Password").fill("demo-store-associate");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/register/);
}
