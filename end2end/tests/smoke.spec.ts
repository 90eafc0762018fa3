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

test("what somebody taps while the page comes alive keeps its order", async ({ page, server }) => {
  await pair(page, server.console());
  // Handing over takes a moment between any two taps; here a long one.
  await page.addInitScript(() => {
    const real = window.setTimeout.bind(window);
    window.setTimeout = ((task: TimerHandler, wait?: number) => real(task, wait ?? 400)) as typeof window.setTimeout;
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/sign-in");
  const tap = (name: string) => page.getByRole("button", { name, exact: true }).click();
  for (const early of ["Marlow Demo", "2", "4"]) await tap(early);
  release();
  await expect(page.locator("html")).toHaveAttribute("data-alive", "yes");
  for (const late of ["6", "8", "Sign in"]) await tap(late);
  await expect(page).not.toHaveURL(/sign-in/);
});
