// `test` with a server of its own: each test starts one on an empty data folder and a free port, because a
// pairing link works once and a sale cannot be unsold; and a test fails when the page reports an error.
import { test as base, expect } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export { expect };

/** How a server is started for tests. */
const serve = (port: number, data: string, kind: Kind) => [
  "serve",
  "--addr",
  `127.0.0.1:${port}`,
  "--data",
  data,
  ...(kind === "empty" ? ["--empty"] : []),
];
const lan = (lanPort: number, trustPort: number) => [
  "--lan",
  "--lan-port",
  `${lanPort}`,
  "--trust-port",
  `${trustPort}`,
  "--name",
  "shop.local",
];

/** The last that a server says when it starts: how to set it up, or who may sign in. */
const firstSteps = /enter this code:\s+\S+|Demo PINs:/;

/** Time for a server to answer, in milliseconds. */
const startLimit = 60_000;

/** The demo store, or nothing at all, or the demo store in a shop's network. */
type Kind = "demo" | "empty" | "lan";
/** A running server, with what it printed on its console, and its ports in the shop's network. */
type Server = { url: string; console: () => string; lanPort: number; trustPort: number };
type Options = { kind: Kind };
type Watched = { pageErrors: string[] };

export const test = base.extend<Watched & Options & { server: Server }>({
  kind: ["demo", { option: true }],
  server: [
    async ({ kind }, use) => {
      const data = mkdtempSync(join(tmpdir(), "parure-test-"));
      if (kind !== "empty") cpSync(required("PARURE_DEMO"), data, { recursive: true });
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const [lanPort, trustPort] = [await freePort(), await freePort()];
      const args = [...serve(port, data, kind), ...(kind === "lan" ? lan(lanPort, trustPort) : [])];
      const child = spawn(required("PARURE_BIN"), args, { stdio: ["ignore", "pipe", "pipe"] });
      let printed = "";
      child.stdout?.on("data", (chunk: Buffer) => (printed = (printed + chunk).slice(-8000)));
      let said = "";
      child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk).slice(-4000)));
      try {
        await answers(url, child, () => said);
        // It answers a moment before it has said everything.
        await expect.poll(() => printed, { timeout: startLimit }).toMatch(firstSteps);
        await use({ url, console: () => printed, lanPort, trustPort });
      } finally {
        await stop(child);
        rmSync(data, { recursive: true, force: true });
      }
    },
    { timeout: startLimit + 10_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        const url = message.location().url;
        if (message.type() === "error" && !refused(message.text(), url)) errors.push(`${message.text()} (${url})`);
      });
      page.on("pageerror", (error) => errors.push(String(error)));
      await use(errors);
      expect(errors, "errors on the page").toEqual([]);
    },
    { auto: true },
  ],
});

/** The browser also reports that a server function said no, which is an answer and no fault of the page. */
function refused(text: string, url: string): boolean {
  return url.includes("/api/") && /status of 4\d\d/.test(text);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests with \`cargo xtask test browser\``);
  return value;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  let broken: Error | undefined;
  child.once("error", (error) => (broken = error));
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline) {
    if (broken) throw broken;
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said()}`);
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server does not answer at ${url}:\n${said()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  // A server that does not end by itself is ended: the next run needs the machine.
  const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(impatience);
}
