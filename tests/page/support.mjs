// What the page's tests share: the fixtures that the C++ side wrote, and a server made of them.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

// Node 18, Debian 12's, has what browsers call `crypto` only here.
globalThis.crypto ??= webcrypto;

export const fixtures = JSON.parse(readFileSync(process.env.PAGE_FIXTURES, "utf8"));
const folder = new URL("../../verify/web/page/", import.meta.url);

export const load = (name) => import(new URL(name, folder));
export const source = (name) => readFileSync(new URL(name, folder), "utf8");
export const bytesOf = (base64) => new Uint8Array(Buffer.from(base64, "base64"));
export const clone = (value) => structuredClone(value);

// What the endpoint says about what it does not know.
function unknown(path) {
  if (path.startsWith("/d/")) return { v: 1, doc: path.slice(3), entries: [] };
  return { v: 1, id: path.slice(3), status: "unknown" };
}

/** fetch, answering from the fixtures; `alter` may change an answer's object, `asked` keeps the paths. */
export function serve(alter = () => {}) {
  const asked = [];
  globalThis.fetch = async (path) => {
    asked.push(path);
    const found = fixtures.answers[path];
    if (found === undefined) return new Response(JSON.stringify(unknown(path)), { status: path.startsWith("/d/") ? 200 : 404 });
    const body = JSON.parse(found.body);
    alter(path, body);
    return new Response(JSON.stringify(body), { status: found.status });
  };
  return asked;
}

/** The text with one character of it changed to another of the same alphabet. */
export function flip(text, at) {
  const index = at < 0 ? text.length + at : at;
  return text.slice(0, index) + (text[index] === "A" ? "B" : "A") + text.slice(index + 1);
}

export async function rejects(make) {
  await assert.rejects(async () => make());
}
