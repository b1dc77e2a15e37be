// Whose word counts: the log's key, and the issuers that the reader has confirmed.
//
// Source   docs/format/trust.md; witness lines are for verifiers that know witnesses
import { insist } from "./bytes.js";

/** {log: vkey, issuers: [{iss, kid}]} */
export function parseTrust(text) {
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim().split(/\s+/));
  const log = lines.find((words) => words[0] === "log")?.[1];
  insist(log !== undefined, "trust file: no log");
  const issuers = lines.filter((words) => words[0] === "issuer" && words.length === 3);
  return { log, issuers: issuers.map(([, iss, kid]) => ({ iss, kid })) };
}
