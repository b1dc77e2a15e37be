// Prints the letter with headless Chromium, warm, until the time is over.
//   chromium.mjs PAGE.html SECONDS
import { readFileSync, readdirSync } from "node:fs";
import { chromium } from "playwright-core";

// CPU of the browser and everything it started, in milliseconds.
function cpuOf(root) {
  const parents = new Map();
  const ticks = new Map();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").pop().split(" ");
      parents.set(name, fields[1]);
      ticks.set(name, Number(fields[11]) + Number(fields[12]));
    } catch {
      continue; // it ended meanwhile
    }
  }
  let sum = 0;
  for (const process of parents.keys()) {
    let at = process;
    while (at && at !== root) at = parents.get(at);
    if (at === root) sum += ticks.get(process);
  }
  return sum * 10;
}

const [page, seconds] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const tab = await browser.newPage();
const html = readFileSync(page, "utf8");
async function printOne() {
  await tab.setContent(html);
  return (await tab.pdf({ format: "A4", preferCSSPageSize: true })).length;
}
for (let warm = 0; warm < 3; ++warm) await printOne();
const root = String(process.pid);
const cpu = cpuOf(root);
const start = performance.now();
let count = 0;
let bytes = 0;
while (performance.now() - start < seconds * 1000) {
  bytes += await printOne();
  ++count;
}
console.log(JSON.stringify({ documents: count, wall_ms: (performance.now() - start) / count,
  cpu_ms: (cpuOf(root) - cpu) / count, bytes: bytes / count }));
await browser.close();
