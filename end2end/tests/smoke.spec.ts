import { type Page } from "@playwright/test";
import { expect, test } from "../server";
import { pair, signIn } from "../store";

/** Keeps pages from coming alive until they are let go. */
async function heldBack(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

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

test("what somebody taps while the page comes alive keeps its order", async ({ page, server }) => {
  await pair(page, server.console());
  // Handing over takes a moment between any two taps; here a long one.
  await page.addInitScript(() => {
    const real = window.setTimeout.bind(window);
    window.setTimeout = ((task: TimerHandler, wait?: number) => real(task, wait ?? 400)) as typeof window.setTimeout;
  });
  const release = await heldBack(page);
  await page.goto("/sign-in");
  const tap = (name: string) => page.getByRole("button", { name, exact: true }).click();
  for (const early of ["Marlow Demo", "2", "4"]) await tap(early);
  release();
  await expect(page.locator("html")).toHaveAttribute("data-alive", "yes");
  for (const late of ["6", "8", "Sign in"]) await tap(late);
  await expect(page).not.toHaveURL(/sign-in/);
});

test("a file, a tick and a choice of before the page is alive count", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "owner");
  const alive = page.locator("html[data-alive]");

  let release = await heldBack(page);
  await page.goto("/inventory/import");
  const rows = "Tag,Description,Cost,Price\nZZ-1,Zig ring,100,250\n";
  await page.getByLabel("File").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  await expect(alive).toHaveCount(0);
  release();
  await expect(page.getByText("a.csv").first()).toBeVisible();

  await page.unroute("**/*.wasm");
  release = await heldBack(page);
  await page.goto("/customers");
  await page.getByLabel("Only VIPs").check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(alive).toHaveCount(0);
  release();
  await expect(page).toHaveURL(/vip=/);
  await expect(page.getByLabel("Only VIPs")).toBeChecked();

  await page.unroute("**/*.wasm");
  release = await heldBack(page);
  await page.goto("/receivables/aging");
  await page.getByLabel("One line for each").selectOption("tag");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(alive).toHaveCount(0);
  release();
  await expect(page).toHaveURL(/by=tag/);
});
