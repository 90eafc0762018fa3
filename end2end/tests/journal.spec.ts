import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

const sizes = [
  [{ width: 1440, height: 900 }, "light"],
  [{ width: 390, height: 844 }, "dark"],
] as const;

test("a bookkeeper posts by hand, locks a period and reads the statements", async ({ page, server }) => {
  test.setTimeout(240_000);
  await pair(page, server.console());
  await signIn(page, "bookkeeper");
  await page.goto("/ledger");
  await page.getByRole("link", { name: "Post an entry" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Post an entry");
  await expect(page.getByLabel("Business date")).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  const today = await page.getByLabel("Business date").inputValue();
  await accessible(page);

  await page.getByLabel("What it is for").fill("Rent of the shop window");
  await page.getByLabel("Account", { exact: true }).nth(0).selectOption("6100");
  await page.getByLabel("Debit", { exact: true }).nth(0).fill("1,200");
  await page.getByLabel("Account", { exact: true }).nth(1).selectOption("1020");
  await page.getByLabel("Credit", { exact: true }).nth(1).fill("1,100");
  await expect(page.getByText("Debits 1,200.00, credits 1,100.00, difference 100.00")).toBeVisible();
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("the debits are above the credits by 100.00")).toBeVisible();
  await accessible(page);
  await page.getByLabel("Credit", { exact: true }).nth(1).fill("1,200");
  await expect(page.getByText("Debits 1,200.00, credits 1,200.00")).toBeVisible();
  // Its papers come with it; one that is not what it says is refused beside the field.
  const files = page.getByLabel(/Attach files/);
  await files.setInputFiles({ name: "rent.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF") });
  await expect(page.getByText("“rent.pdf” is not what its name says")).toBeVisible();
  await files.setInputFiles([
    { name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nrent\n%%EOF\n") },
    { name: "mistake.txt", mimeType: "text/plain", buffer: Buffer.from("of another store") },
    { name: "note.csv", mimeType: "text/csv", buffer: Buffer.from("date,amount\n") },
  ]);
  await page.getByRole("button", { name: "Leave note.csv off" }).click();
  await expect(page.getByText("note.csv")).toHaveCount(0);
  await accessible(page);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Entry posted by hand");
  await expect(page.getByText(/J0000\d\d Rent of the shop window/)).toBeVisible();
  await accessible(page);
  const posted = page.url();
  const paper = page.getByRole("link", { name: "invoice.pdf" });
  const address = (await paper.getAttribute("href")) ?? "";
  const got = await page.request.get(address);
  expect(got.headers()["content-disposition"]).toContain('attachment; filename="invoice.pdf"');
  expect(got.headers()["content-security-policy"]).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
  expect(got.headers()["x-content-type-options"]).toBe("nosniff");
  expect(got.headers()["content-type"]).toBe("application/pdf");
  expect(await got.text()).toContain("rent");
  const added = page.waitForEvent("load");
  await page.getByLabel(/Attach files/).setInputFiles({ name: "later.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64") });
  await added;
  await expect(page.getByRole("link", { name: "later.png" })).toBeVisible();
  await page.getByRole("button", { name: "Withdraw mistake.txt" }).click();
  await page.locator("form", { hasText: "The file stays in the books" }).getByLabel("Reason").fill("of another store");
  await accessible(page);
  const withdrawn = page.waitForEvent("load");
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await withdrawn;
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "mistake.txt" })).toHaveCount(0);
  for (const [size, theme] of sizes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, "the entry scrolls sideways").toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(sizes[0][0]);

  await page.getByLabel("Reason").fill("typed twice");
  await page.getByRole("button", { name: "Reverse the entry" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Entry by hand reversed");
  await page.goto(posted);
  await expect(page.getByRole("link", { name: /J0000\d\d was reversed/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reverse the entry" })).toHaveCount(0);

  await page.goto("/ledger/recurring");
  await expect(page.getByText("Nothing is due")).toBeVisible();
  await page.getByRole("link", { name: "Add an entry of every month" }).click();
  await page.getByLabel("What it is for").fill("Lease");
  await page.getByLabel("From", { exact: true }).fill(`${today.slice(0, 7)}-01`);
  await page.getByLabel("Account", { exact: true }).nth(0).selectOption("6100");
  await page.getByLabel("Debit", { exact: true }).nth(0).fill("250");
  await page.getByLabel("Account", { exact: true }).nth(1).selectOption("1020");
  await page.getByLabel("Credit", { exact: true }).nth(1).fill("250");
  await accessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: /^Post Lease of / })).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: /^Post Lease of / }).click();
  await expect(page.getByText("Nothing is due")).toBeVisible();
  await expect(page.getByRole("link", { name: "Lease" })).toBeVisible();

  await page.goto("/ledger/lock");
  await page.getByLabel("Lock through").fill(today);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByText("this day is not over yet")).toBeVisible();
  await page.getByLabel("Lock through").fill("2020-01-31");
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByText("Locked through Jan 31, 2020.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Unlock" })).toHaveCount(0);
  await page.goto("/ledger/entries/new");
  await page.getByLabel("What it is for").fill("Late bill");
  await page.getByLabel("Business date").fill("2020-01-31");
  await page.getByLabel("Account", { exact: true }).nth(0).selectOption("6100");
  await page.getByLabel("Debit", { exact: true }).nth(0).fill("5");
  await page.getByLabel("Account", { exact: true }).nth(1).selectOption("1020");
  await page.getByLabel("Credit", { exact: true }).nth(1).fill("5");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByText("the books are locked through 2020-01-31")).toBeVisible();

  await page.goto("/ledger/profit-and-loss?period=month");
  await page.getByRole("link", { name: "6100 Store expenses" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("6100 Store expenses");
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(`${today.slice(0, 7)}-01`);
  await page.goto("/ledger/balance-sheet");
  await expect(page.getByText(/Assets of .+ are liabilities of .+ and equity of .+/)).toBeVisible();
  await expect(page.getByText("Retained earnings (computed)")).toBeVisible();
  await page.getByRole("link", { name: "Result of this year" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Profit and loss");

  for (const [size, theme] of sizes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const address of ["/ledger", "/ledger/entries/new", "/ledger/recurring", "/ledger/recurring/new", "/ledger/lock", "/ledger/profit-and-loss", "/ledger/balance-sheet"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await accessible(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
  await page.goto("/ledger/verify");
  await expect(page.getByText("Everything holds.")).toBeVisible();

  await page.setViewportSize(sizes[0][0]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await signIn(page, "owner");
  await page.goto("/ledger/lock");
  await page.getByLabel("Reason").fill("a bill came late");
  await accessible(page);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("Nothing is locked.")).toBeVisible();
  await page.goto("/settings");
  await page.getByLabel("The fiscal year begins in").selectOption({ label: "July" });
  const saved = page.waitForEvent("load");
  await page.getByRole("button", { name: "Save" }).click();
  await saved;
  await expect(page.getByLabel("The fiscal year begins in")).toHaveValue("7");
});
