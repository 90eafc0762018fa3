// The pictures of the README. With PARURE_SCREENSHOTS=docs/screenshots they are taken anew.
import { join } from "node:path";
import { expect, test } from "../server";
import { addPiece, pair, signIn } from "../store";

const folder = process.env.PARURE_SCREENSHOTS ?? join(__dirname, "../results/screenshots");

test("a tour of the screens", async ({ page, server }) => {
  test.setTimeout(60_000);
  const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  await page.setViewportSize({ width: 1180, height: 820 });
  await pair(page, server.console());
  await signIn(page, "manager");
  await addPiece(page, "gold");
  await addPiece(page, "gold");
  await picture("register");
  await page.getByRole("button", { name: /Take payment/ }).click();
  await page.locator(".quick-cash button").last().click();
  await picture("tender");
  await page.getByRole("button", { name: "Complete sale" }).click();
  await expect(page.locator(".receipt")).toBeVisible();
  await picture("receipt");
  await page.goto("/sales");
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("table", { name: "Journal" })).toBeVisible();
  await page.goto("/today");
  await expect(page.getByText("1 till open")).toBeVisible();
  await picture("today");
  await page.goto("/ledger/profit-and-loss");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await picture("profit-and-loss");
  await page.goto("/ledger");
  await expect(page.getByRole("table", { name: "Trial balance" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/register");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill("diamond");
  await expect(page.locator(".piece-card").first()).toBeVisible();
  await picture("phone");
});
