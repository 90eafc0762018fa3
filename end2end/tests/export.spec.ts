import { readFileSync } from "node:fs";
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

test("a bookkeeper downloads the journal of a period for a spreadsheet and for hledger", async ({ page, server }) => {
  test.setTimeout(60_000);
  await pair(page, server.console());
  await signIn(page, "bookkeeper");
  await page.goto("/ledger");
  await page.getByRole("link", { name: "Export" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Export the journal");
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    await accessible(page);
  }
  const file = async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const saved = await download;
    return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), "utf8") };
  };
  const whole = await file();
  expect(whole.name).toBe("ledger.csv");
  expect(whole.text).toMatch(/^date,entry,event,narrative/);
  expect(whole.text.split("\n").length).toBeGreaterThan(100);

  const day = whole.text.split("\n")[50]?.slice(0, 10) ?? "";
  await page.getByLabel("From", { exact: true }).fill(day);
  await page.getByLabel("To", { exact: true }).fill(day);
  const one = await file();
  expect(one.name).toBe(`ledger-${day}-${day}.csv`);
  const dates = one.text.trim().split("\n").slice(1).map((line) => line.slice(0, 10));
  expect(new Set(dates)).toEqual(new Set([day]));

  await page.getByLabel("For", { exact: true }).selectOption({ label: "hledger journal" });
  const journal = await file();
  expect(journal.name).toMatch(/\.journal$/);
  expect(journal.text).toContain("account Assets:1000");

  await page.getByLabel("To", { exact: true }).fill("2000-01-01");
  await page.getByRole("button", { name: "Download" }).click();
  await expect(page.getByText("the period ends before it begins")).toBeVisible();
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(day);
});

test("an associate gets no journal", async ({ page, server }) => {
  await pair(page, server.console());
  await signIn(page, "associate");
  const answer = await page.evaluate(async () => {
    const body = new URLSearchParams({ format: "csv", from: "", to: "" });
    const response = await fetch("/api/v1/ledger/file", { method: "POST", body });
    return { status: response.status, text: await response.text() };
  });
  expect(answer.status).toBe(403);
  expect(answer.text).not.toContain("date,entry");
});
