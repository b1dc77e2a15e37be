// The credential that a PDF file carries as an attachment.
//
// Shape    A stream with /Type /EmbeddedFile, plain or Flate.  Its dictionary always stands in the
//          open, so the file's text is searched; what is found is only a claim until it is checked.
// Units    Whoever made the file chose what stands in it, so the search is bounded: so many marks,
//          so many streams, and a dictionary that stands within 4 KiB of its mark.
import { inflate, Malformed } from "./bytes.js";
import { parseSdJwt } from "./credential.js";

export const maxPdf = 32 * 1024 * 1024;
const maxAttachment = 256 * 1024;
const maxMarks = 256;
const maxStreams = 16;
const reach = 4096;

// Bytes as characters, one for one, so that positions agree.
function asLatin1(bytes) {
  return new TextDecoder("iso-8859-1").decode(bytes);
}

// The stream whose dictionary holds the mark: [from, to) and the dictionary; null if it is none.
function streamAt(text, mark) {
  const start = Math.max(0, mark - reach);
  const object = text.slice(start, mark).lastIndexOf(" obj");
  const keyword = text.slice(mark, mark + reach).indexOf("stream");
  if (object < 0 || keyword < 0) return null;
  const dictionary = text.slice(start + object, mark + keyword);
  if (dictionary.includes("endobj")) return null;
  const from = mark + keyword + (text[mark + keyword + 6] === "\r" ? 8 : 7);
  const length = /\/Length\s+(\d+)(?!\d)(?!\s+\d+\s+R)/.exec(dictionary);
  if (length) return { dictionary, from, to: from + Number(length[1]) };
  const end = text.indexOf("endstream", from);
  return { dictionary, from, to: end < 0 ? text.length : end };
}

function embeddedStreams(text) {
  const marks = /\/EmbeddedFile(?![A-Za-z])/g;
  const found = [];
  for (let looked = 0; looked < maxMarks && found.length < maxStreams; ++looked) {
    const mark = marks.exec(text);
    if (mark === null) break;
    const stream = streamAt(text, mark.index);
    if (stream === null) continue;
    found.push(stream);
    marks.lastIndex = Math.max(marks.lastIndex, stream.from);
  }
  return found;
}

async function contentOf(bytes, stream) {
  const raw = bytes.subarray(stream.from, Math.min(stream.to, bytes.length));
  if (raw.length > maxAttachment) throw new Malformed("attachment too long");
  return stream.dictionary.includes("/FlateDecode") ? inflate(raw, maxAttachment) : raw;
}

/** {jwt, disclosures} from the attachment, or null if the file carries none. */
export async function credentialOfPdf(bytes) {
  const text = asLatin1(bytes);
  if (!text.startsWith("%PDF-")) return null;
  for (const stream of embeddedStreams(text)) {
    try {
      return parseSdJwt(asLatin1(await contentOf(bytes, stream)).trimEnd());
    } catch {
      continue;  // another attachment
    }
  }
  return null;
}

/** Where a file may have ended before something was appended: behind each %%EOF, first to last. */
export function endsWithin(bytes, limit) {
  const text = asLatin1(bytes);
  const ends = [];
  for (let at = text.indexOf("%%EOF"); at >= 0 && ends.length < limit; at = text.indexOf("%%EOF", at + 5)) {
    const end = at + 5;
    const eol = /^(\r\n|\n|\r)?/.exec(text.slice(end, end + 2))[0].length;
    if (eol > 0) ends.push(end + eol);
    ends.push(end);
  }
  return ends.filter((end) => end < bytes.length).slice(0, limit);
}
