// The credential that a PDF file carries as an attachment.
//
// Shape    A stream with /Type /EmbeddedFile, plain or Flate.  Its dictionary always stands in the
//          open, so the file's text is searched; what is found is only a claim until it is checked.
import { inflate, Malformed } from "./bytes.js";
import { parseSdJwt } from "./credential.js";

export const maxPdf = 32 * 1024 * 1024;
const maxAttachment = 256 * 1024;

// Bytes as characters, one for one, so that positions agree.
function asLatin1(bytes) {
  return new TextDecoder("iso-8859-1").decode(bytes);
}

// [from, to) of each embedded stream, with its dictionary.
function* embeddedStreams(text) {
  const marks = /\/EmbeddedFile(?![A-Za-z])/g;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const keyword = text.indexOf("stream", mark.index);
    const object = text.lastIndexOf(" obj", mark.index);
    if (keyword < 0 || object < 0 || text.slice(mark.index, keyword).includes("endobj")) continue;
    const from = keyword + (text[keyword + 6] === "\r" ? 8 : 7);
    const dictionary = text.slice(object, keyword);
    const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary);
    const end = text.indexOf("endstream", from);
    yield { dictionary, from, to: length ? from + Number(length[1]) : end };
  }
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
