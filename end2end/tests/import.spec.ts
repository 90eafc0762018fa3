import { readFileSync } from "node:fs";
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

const list = (rows: string[], headers = "carat,cut,color,clarity,depth,table,price,x,y,z") => ({
  name: "stones.csv",
  mimeType: "text/csv",
  buffer: Buffer.from([headers, ...rows].join("\n")),
});
const good = "1.51,Ideal,E,VS1,61.5,55,9326,7.35,7.39,4.53";

test("a manager brings in a list of stones and mends what was wrong", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "manager");
  await page.goto("/inventory");
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page).toHaveURL(/inventory\/import/);
  await accessible(page);

  await page.getByLabel("What the list holds").selectOption("stones");
  await page.getByLabel("File").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from([137, 80, 0, 1, 2]) });
  await expect(page.getByText("This is not a table in text: save it as CSV.")).toBeVisible();

  const rows = [good, good, "1,Premium,G,SI2,59.1,59,3142,6.55,6.48,0", "=cmd|x,Ideal,E,VS1,61.5,55,326,3.95,3.98,2.43"];
  await page.getByLabel("File").setInputFiles(list(rows, "Weight of it,cut,color,clarity,depth,table,price,x,y,z"));
  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByText("Say which column is “Carat”")).toBeVisible();
  await expect(page.getByText("No column is the cost: say how many percent")).toBeVisible();
  await accessible(page);
  await page.getByLabel("Weight of it").selectOption("carat");
  await page.getByLabel("Cost in percent of the price").fill("55");
  await page.getByLabel("Origin").selectOption("natural");
  await page.getByLabel("Shape").selectOption("round");
  await expect(page.getByText("1.51 ct round natural diamond E VS1").first()).toBeVisible();
  await expect(page.getByText("5,129.30").first()).toBeVisible();
  await expect(page.getByText("z: the measure is zero")).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(page.getByText("Import finished")).toBeVisible();
  await expect(page.locator(".figure-card")).toContainText(["2", "2", "0"]);
  await accessible(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the rejected rows" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("stones-rejects.csv");
  const rejects = readFileSync(await download.path(), "utf8");
  expect(rejects).toContain("4,z: the measure is zero,1,Premium");
  expect(rejects).toContain("'=cmd|x");

  // The same list again adds nothing.
  await page.getByRole("button", { name: "Import another list" }).click();
  await page.getByLabel("What the list holds").selectOption("stones");
  await page.getByLabel("File").setInputFiles(list([good, good]));
  await page.getByLabel("Cost in percent of the price").fill("55");
  await page.getByLabel("Origin").selectOption("natural");
  await page.getByLabel("Shape").selectOption("round");
  await page.getByRole("button", { name: "Import 2 rows" }).click();
  await expect(page.locator(".figure-card")).toContainText(["0", "0", "2"]);

  // A stone is found as a jeweler asks for it, and keeps its measures when it is edited.
  await page.goto("/inventory?q=1.51ct+E+VS1");
  await expect(page.locator("tbody tr")).toHaveCount(2);
  await page.locator("tbody a").first().click();
  await expect(page.getByText("7.35 × 7.39 × 4.53 mm")).toBeVisible();
  await page.getByRole("link", { name: "Edit piece" }).click();
  await page.getByLabel("Price", { exact: true }).fill("9,000");
  await page.getByRole("button", { name: "Save piece" }).click();
  await expect(page.getByText("9,000.00").first()).toBeVisible();
  await expect(page.getByText("7.35 × 7.39 × 4.53 mm")).toBeVisible();
});

test("who may not know cost imports nothing", async ({ page, server }) => {
  test.setTimeout(120_000);
  await pair(page, server.console());
  await signIn(page, "associate");
  await page.goto("/inventory/import");
  await expect(page.getByText("Your role does not allow this: Import pieces.")).toBeVisible();
  const answer = await page.evaluate(async () => {
    const id = "019a0000-0000-7000-8000-000000000001";
    const response = await fetch(`/api/v1/import/upload?command_id=${id}&name=x.csv`, { method: "POST", body: "a,b\n1,2\n" });
    return response.status;
  });
  expect(answer).toBe(403);
});
