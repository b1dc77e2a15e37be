// Whose word counts: the logs' keys, and the issuers that the reader has confirmed.
//
// Errors   Malformed; also for a quorum, since this page knows no witnesses: it must not call
//          checked what it cannot check.
// Source   docs/format/trust.md
import { fromBase64, insist } from "./bytes.js";

const counts = new Map([["log", [2, 3]], ["witness", [3, 4]], ["group", [4, 1024]], ["quorum", [2, 2]], ["issuer", [3, 3]],
  ["root", [2, 2]], ["closed", [5, 5]]]);

function wordsOf(line) {
  if (line.startsWith("#")) return [];
  const words = line.split(/[ \t]+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const [least, most] = counts.get(words[0]) ?? [Infinity, 0];
  insist(words.length >= least && words.length <= most, "trust file: line");
  return words;
}

function endOf(size, root, why) {
  insist(/^(0|[1-9][0-9]{0,15})$/.test(size) && ["ended", "key-stolen"].includes(why), "trust file: closed");
  const hash = fromBase64(root);
  insist(hash.length === 32, "trust file: closed");
  return { size: Number(size), root: hash, stolen: why === "key-stolen" };
}

/** {logs: [vkey], issuers: [{iss, kid}], closed: [{origin, size, root, stolen}]} */
export function parseTrust(text) {
  const lines = text.split("\n").map(wordsOf);
  const all = (kind) => lines.filter((words) => words[0] === kind);
  insist(all("log").length > 0, "trust file: no log");
  insist(all("quorum").length === 1 && all("quorum")[0][1] === "none", "trust file: a quorum cannot be checked here");
  return {
    logs: all("log").map(([, vkey]) => vkey),
    issuers: all("issuer").map(([, iss, kid]) => ({ iss, kid })),
    closed: all("closed").map(([, origin, size, root, why]) => ({
      origin, ...endOf(size, root, why),
    })),
  };
}
