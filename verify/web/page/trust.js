// Whose word counts: the logs' keys, and the issuers that the reader has confirmed.
//
// Errors   Malformed; also for a quorum, since this page knows no witnesses: it must not call
//          checked what it cannot check.
// Source   docs/format/trust.md
import { insist } from "./bytes.js";

const counts = new Map([["log", [2, 3]], ["witness", [3, 4]], ["group", [4, 1024]], ["quorum", [2, 2]], ["issuer", [3, 3]]]);

function wordsOf(line) {
  if (line.startsWith("#")) return [];
  const words = line.split(/[ \t]+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const [least, most] = counts.get(words[0]) ?? [Infinity, 0];
  insist(words.length >= least && words.length <= most, "trust file: line");
  return words;
}

/** {logs: [vkey], issuers: [{iss, kid}]} */
export function parseTrust(text) {
  const lines = text.split("\n").map(wordsOf);
  const all = (kind) => lines.filter((words) => words[0] === kind);
  insist(all("log").length > 0, "trust file: no log");
  insist(all("quorum").length === 1 && all("quorum")[0][1] === "none", "trust file: a quorum cannot be checked here");
  return {
    logs: all("log").map(([, vkey]) => vkey),
    issuers: all("issuer").map(([, iss, kid]) => ({ iss, kid })),
  };
}
