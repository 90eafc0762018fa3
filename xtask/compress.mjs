// Writes a .br and a .gz beside every file of a folder that compresses well, so the server need not do it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const compressible = /\.(wasm|js|mjs|css|html|svg|json|webmanifest|txt|xml|ico|map)$/;
const folder = process.argv[2];
let before = 0;
let after = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !compressible.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  before += bytes.length;
  after += brotli.length;
}
const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
console.log(`compressed ${kilobytes(before)} to ${kilobytes(after)}`);
