import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../server";
import { accessible, pair, signIn } from "../store";

test.use({ kind: "lan" });

/** The folder in which Chromium looks for authorities that somebody told it to trust. */
function trusting(certificate: Buffer): string {
  const home = mkdtempSync(join(tmpdir(), "parure-home-"));
  const store = join(home, ".pki/nssdb");
  mkdirSync(store, { recursive: true });
  const file = join(home, "authority.crt");
  writeFileSync(file, certificate);
  const certutil = (...args: string[]) => execFileSync("certutil", ["-d", `sql:${store}`, ...args]);
  certutil("-N", "--empty-password");
  certutil("-A", "-n", "Parure", "-t", "C,,", "-i", file);
  return home;
}

test("a tablet learns to trust the store and signs in over HTTPS under the shop's name", async ({
  page,
  server,
  playwright,
  launchOptions,
}) => {
  test.setTimeout(90_000);
  const store = `https://shop.local:${server.lanPort}`;
  await page.goto(`http://127.0.0.1:${server.trustPort}/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Let this device trust the store");
  await expect(page.getByRole("img", { name: "QR code that leads to this page" })).toBeVisible();
  for (const size of [{ width: 390, height: 844 }, { width: 1180, height: 820 }]) {
    await page.setViewportSize(size);
    await accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, "scrolls sideways").toBeLessThanOrEqual(0);
  }
  const fingerprint = (await page.locator(".trust-fingerprint").textContent()) ?? "";
  expect(server.console()).toContain(fingerprint);
  const link = page.getByRole("link", { name: "Download certificate" });
  const address = new URL((await link.getAttribute("href")) ?? "", page.url()).href;
  const answer = await page.request.get(address);
  expect(answer.headers()["content-type"]).toBe("application/x-x509-ca-cert");

  const resolver = `--host-resolver-rules=MAP shop.local 127.0.0.1`;
  const launch = (home: string) =>
    playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), resolver],
      env: { ...process.env, HOME: home } as Record<string, string>,
    });
  const home = trusting(await answer.body());
  const nobody = mkdtempSync(join(tmpdir(), "parure-home-"));
  try {
    const stranger = await launch(nobody);
    const before = await stranger.newPage();
    await expect(before.goto(store)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
    await stranger.close();

    const browser = await launch(home);
    const context = await browser.newContext({ baseURL: store });
    const tablet = await context.newPage();
    await pair(tablet, server.console());
    await signIn(tablet, "manager");
    await expect(tablet.getByRole("heading", { name: "Register" })).toBeVisible();
    const secure = await tablet.evaluate(() => ({
      context: window.isSecureContext,
      protocol: (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).nextHopProtocol,
    }));
    expect(secure).toEqual({ context: true, protocol: "h2" });
    const cookies = await context.cookies();
    expect(cookies.map(({ name, secure }) => [name, secure]).sort()).toEqual([
      ["__Host-session", true],
      ["__Host-till", true],
    ]);
    await browser.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(nobody, { recursive: true, force: true });
  }
});
