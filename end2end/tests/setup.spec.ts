import { expect, test } from "../server";
import { accessible } from "../store";

test.use({ kind: "empty" });

test("the first visit sets the store up, and wrong fields say so", async ({ page, server }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/setup/);
  await accessible(page);
  const code = /[0-9a-f]{64}/.exec(server.console())?.[0] ?? "";
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await fill("Code from the server's console", code);
  await fill("Company name", "<script>alert(1)</script>");
  await fill("Store name", "Corner store");
  await fill("Short code", "S1");
  await fill("Login", "ada");
  await fill("Password", "short");
  await fill("PIN for tills", "1111");
  await page.getByRole("button", { name: "Set up the store" }).click();
  await expect(page.getByText("at least 10 characters")).toBeVisible();
  await expect(page.getByText("4 to 8 digits, not all the same")).toBeVisible();
  await fill("Name", "Ada");
  await fill("Password", "a long password");
  await fill("PIN for tills", "1212");
  await page.getByRole("button", { name: "Set up the store" }).click();
  await expect(page).toHaveURL(/register/);
  await expect(page.getByRole("heading", { name: "Open the till" })).toBeVisible();
  await page.getByRole("button", { name: "Open till" }).click();
  await expect(page.getByText("there is", { exact: false })).toHaveCount(0);
});
