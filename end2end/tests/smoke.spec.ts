import { expect, test } from "../server";
import { pair, signIn } from "../store";

test("the front page answers and reports no error", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await page.waitForLoadState("networkidle");
});

test("what somebody taps and types before the page is alive counts", async ({ page, server }) => {
  await pair(page, server.console());
  await page.route("**/*.wasm", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await signIn(page, "manager");
});
