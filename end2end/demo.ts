// The demo store is made once for all tests: each works on a copy of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function makeDemo(): () => void {
  const parure = process.env.PARURE_BIN;
  if (!parure) throw new Error("PARURE_BIN is not set: run the browser tests with `cargo xtask test browser`");
  const data = mkdtempSync(join(tmpdir(), "parure-demo-"));
  const made = spawnSync(parure, ["demo", "--data", data], { encoding: "utf8", timeout: 300_000 });
  if (made.status !== 0) throw new Error(`the demo store was not made:\n${made.stderr}`);
  process.env.PARURE_DEMO = data;
  return () => rmSync(data, { recursive: true, force: true });
}
