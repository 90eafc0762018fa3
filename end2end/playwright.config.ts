// How the browser tests run. `cargo xtask test browser` builds what they need and names it in PARURE_*.
import { defineConfig } from "@playwright/test";

// Chromium refuses its sandbox to root, which is who runs in most containers.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "tests",
  globalSetup: "./demo",
  outputDir: "results/artifacts",
  reporter: [["line"], ["json", { outputFile: "results/report.json" }]],
  forbidOnly: !!process.env.CI,
  fullyParallel: true,
  workers: 2,
  // Two browsers and two servers share two cores with whatever else runs there.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.PARURE_CHROMIUM ?? "/usr/bin/chromium",
      // No traffic of its own: a test talks to its server and to nobody else.
      args: [
        ...sandbox,
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
