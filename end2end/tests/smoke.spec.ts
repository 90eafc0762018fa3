import { expect, test } from "../server";

test("the front page answers and reports no error", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await page.waitForLoadState("networkidle");
});
