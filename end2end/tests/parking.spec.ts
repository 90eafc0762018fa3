// A ticket is put aside, its piece is held, and it goes on at a till.
import { expect, test } from "../server";
import { accessible, addPiece, pair, signIn } from "../store";

test("a parked ticket holds its piece and is opened again", async ({ page, server, browser }) => {
  test.setTimeout(90_000);
  await pair(page, server.console());
  await signIn(page, "associate");
  const dialog = page.getByRole("dialog");
  const said = page.waitForResponse((answer) => answer.url().includes("/ticket/keep"));
  const tag = await addPiece(page, "ring");
  expect((await said).status()).toBe(200);

  // From the scan on, whoever looks elsewhere sees whose ticket it is on.
  const desk = await browser.newContext({ baseURL: server.url });
  const owner = await desk.newPage();
  await owner.goto("/sign-in");
  await owner.getByLabel("Login").fill("owner");
  await owner.getByLabel("Password").fill("demo-store-owner");
  await owner.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(owner).not.toHaveURL(/sign-in/);
  await owner.goto(`/inventory?q=${tag}`);
  await owner.getByRole("table").getByRole("link").first().click();
  await expect(owner.getByText("It is on Aster Sample's ticket at Till 1.")).toBeVisible();
  await accessible(owner);

  await page.getByRole("button", { name: "Park", exact: true }).click();
  await dialog.getByRole("button", { name: "Park" }).click();
  await expect(dialog).toContainText("this is needed");
  await accessible(page);
  await dialog.getByLabel("Name or words to know it by").fill("Blue coat");
  await dialog.getByRole("button", { name: "Park" }).click();
  await expect(page.getByText("The ticket is empty.")).toBeVisible();

  // Held: nobody puts it on another ticket.
  const field = page.getByRole("searchbox", { name: /Scan a tag/ });
  await field.fill(tag);
  await expect(page.locator("button.piece-card", { hasText: tag })).toBeDisabled();
  await expect(page.locator("button.piece-card", { hasText: tag })).toContainText("Reserved");

  // Somebody at a desk sees who holds it.
  await owner.goto(`/inventory?q=${tag}`);
  await owner.getByRole("table").getByRole("link").first().click();
  await expect(owner.getByText("For parked ticket “Blue coat”.")).toBeVisible();
  await accessible(owner);
  await desk.close();

  await page.getByRole("button", { name: "Parked (1)" }).click();
  await expect(dialog).toContainText("Blue coat");
  await expect(dialog).toContainText("Aster Sample at Till 1");
  await accessible(page);
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  await expect(page.getByRole("button", { name: /Parked/ })).toHaveCount(0);
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").first().click();
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Recorded as" })).toBeVisible();
});

test("a parked ticket is thrown away", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const dialog = page.getByRole("dialog");
  const tag = await addPiece(page, "pendant");
  await page.getByRole("button", { name: "Park", exact: true }).click();
  await dialog.getByLabel("Name or words to know it by").fill("Green hat");
  await dialog.getByRole("button", { name: "Park" }).click();
  await page.getByRole("button", { name: "Parked (1)" }).click();
  await dialog.getByRole("button", { name: "Throw away" }).click();
  await expect(dialog).toContainText("No ticket is parked.");
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill(tag);
  await expect(page.locator("button.piece-card", { hasText: tag })).toBeEnabled();
});
