// What a person does in the demo store, in their words.
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type Page, expect } from "@playwright/test";

/** PINs of the demo people. */
export const pins = { owner: "1357", manager: "2468", associate: "1234", bookkeeper: "8642", bench: "9513" };
const names = {
  owner: "Olive Vane",
  manager: "Marlow Demo",
  associate: "Aster Sample",
  bookkeeper: "Bryn Ledger",
  bench: "Jasper Bench",
};
export type Who = keyof typeof pins;

/** A day as the clock of the demo's first store shows it: today, or so many days from it. */
export function day(days = 0): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(at);
}

/** Makes this browser the till that the server's console offers; a link works once. */
export async function pair(page: Page, printed: string): Promise<void> {
  const link = /\/pair\/[0-9a-f]+/.exec(printed)?.[0];
  if (!link) throw new Error(`the server printed no pairing link:\n${printed}`);
  await page.goto(link);
  await page.getByRole("button", { name: "Make this browser the till" }).click();
  await expect(page).toHaveURL(/sign-in/);
}

export async function signIn(page: Page, who: Who): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: names[who] }).click();
  for (const digit of pins[who]) await page.getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** The manager's own phone, signed in with a password. */
export async function managersPhone(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Login").fill("manager");
  await page.getByLabel("Password").fill("demo-store-manager");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  return page;
}

/** Finds pieces by words and puts the first one for sale on the ticket; gives its tag number. */
export async function addPiece(page: Page, words: string): Promise<string> {
  const found = page.waitForResponse((answer) => answer.url().includes("/register/find"));
  const field = page.getByRole("searchbox", { name: /Scan a tag/ });
  await field.fill("");
  await field.fill(words);
  await found;
  // A unique one: of goods that are alike one says how much.
  const cards = page.locator("button.piece-card:enabled:not([aria-pressed])", { hasText: words });
  const piece = cards.filter({ hasNotText: /per gram|per carat|each/ });
  const tag = (await piece.first().locator(".code").textContent()) ?? "";
  await page.locator("button.piece-card", { hasText: tag }).click();
  await expect(page.locator(".ticket-lines")).toContainText(tag);
  return tag;
}

/** No serious fault for people who cannot see, point or tell colors apart. */
export async function accessible(page: Page): Promise<void> {
  // The whole page at once: what a sticky bar covers now is a scroll away, not too small to touch.
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (window) await page.setViewportSize({ width: window.width, height: Math.max(window.height, height + 200) });
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  if (window) await page.setViewportSize(window);
  const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
}
