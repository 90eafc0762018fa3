// A piece is photographed, its photos put in order, and lists show the first.
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

/** A picture of one color, drawn by the browser itself. */
const picture = (color: string) => `(() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [900, 700];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "${color}";
  pen.fillRect(0, 0, 900, 700);
  pen.fillStyle = "white";
  pen.beginPath();
  pen.arc(450, 350, 200, 0, 7);
  pen.fill();
  return canvas.toDataURL("image/png").split(",")[1];
})()`;

test("a piece is photographed", async ({ page, server }) => {
  test.setTimeout(60_000);
  await pair(page, server.console());
  await signIn(page, "owner");
  await page.goto("/inventory?kind=ring&status=in_stock");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.locator(".detail-picture svg.drawing")).toBeVisible();
  const tag = (await page.locator(".tag-label .code").textContent()) ?? "";
  const file = async (name: string, color: string) => ({
    name,
    mimeType: "image/png",
    buffer: Buffer.from((await page.evaluate(picture(color))) as string, "base64"),
  });

  await page.getByLabel("Choose pictures").setInputFiles([await file("../../a.png", "teal"), await file("b.png", "maroon")]);
  await expect(page.getByRole("button", { name: "Photo 2" })).toBeVisible();
  const shown = page.locator(".detail-picture img.photo");
  await expect(shown).toBeVisible();
  const first = (await shown.getAttribute("src")) ?? "";
  const answer = await page.request.get(first);
  expect(answer.headers()["content-type"]).toBe("image/jpeg");
  expect(answer.headers()["cache-control"]).toContain("private");
  expect(answer.headers()["vary"]?.toLowerCase()).toContain("cookie");
  await accessible(page);

  await page.getByRole("button", { name: "Photo 2" }).click();
  await page.getByRole("button", { name: "Show photo 2 first" }).click();
  await expect(shown).not.toHaveAttribute("src", first);

  await page.getByLabel("Take a photo").setInputFiles({ name: "note.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByText("no picture that can be read", { exact: false })).toBeVisible();

  // The drawing is gone from the list and from the register.
  await page.goto(`/inventory?q=${tag}`);
  await expect(page.getByRole("table").locator("img.photo")).toBeVisible();
  await page.goto("/register");
  await page.getByRole("searchbox", { name: /Scan a tag/ }).fill(tag);
  await expect(page.locator("button.piece-card img.photo")).toBeVisible();
  await accessible(page);

  await page.goto(`/inventory?q=${tag}`);
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("button", { name: "Take photo 1 off" }).click();
  await expect(page.getByRole("button", { name: "Photo 2" })).toHaveCount(0);
  await page.getByRole("button", { name: "Take photo 1 off" }).click();
  await expect(page.locator(".detail-picture svg.drawing")).toBeVisible();
});
