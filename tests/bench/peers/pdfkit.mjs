// Prints the letter with pdfkit and signs it with @signpdf, until the time is over.
//   pdfkit.mjs LETTER.json KEY.p12|- SECONDS          "-": unsigned
import { readFileSync } from "node:fs";
import { P12Signer } from "@signpdf/signer-p12";
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import signpdf from "@signpdf/signpdf";
import PDFDocument from "pdfkit";

const [file, key, seconds] = process.argv.slice(2);
const letter = JSON.parse(readFileSync(file, "utf8"));
const regular = readFileSync("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf");
const bold = readFileSync("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf");
const millimetre = 72 / 25.4;

function draw(document) {
  document.registerFont("regular", regular).registerFont("bold", bold);
  document.font("bold").fontSize(11).fillColor("#1F4E79").text(letter.letterhead);
  document.font("regular").fontSize(8).fillColor("black").text(letter.address.join("\n"));
  document.moveDown().font("bold").fontSize(16).text(letter.title).moveDown(0.5);
  document.font("regular").fontSize(10.5);
  for (const section of letter.sections) {
    if (section.list) document.list(section.paragraphs, { bulletRadius: 1.5 });
    else for (const line of section.paragraphs) document.text(line).moveDown(0.4);
  }
  document.moveDown().text(letter.place_and_date).font("bold").text(letter.employer);
  for (const one of letter.signatures) {
    document.font("bold").text(one.name).font("regular").text(one.lines.join("\n"));
  }
  const { x, y } = document;
  const side = 22 * millimetre;
  document.save().translate(x, y + 8).scale(side / letter.qr.side).path(letter.qr.path).fill().restore();
  document.fontSize(8).text(letter.captions.join("\n"), x + side + 12, y + 8);
  document.text(letter.footer.join("\n"), x, y + side + 16);
}

function print() {
  return new Promise((resolve, reject) => {
    const document = new PDFDocument({ size: "A4", margins: { top: 42, bottom: 34, left: 71, right: 62 } });
    const parts = [];
    document.on("data", (part) => parts.push(part));
    document.on("end", () => resolve(Buffer.concat(parts)));
    document.on("error", reject);
    draw(document);
    document.end();
  });
}

const keyFile = key === "-" ? null : readFileSync(key);
async function printOne() {
  const pdf = await print();
  if (!keyFile) return pdf.length;
  const signer = new P12Signer(keyFile, { passphrase: "bench" }); // good for one signature
  const prepared = plainAddPlaceholder({ pdfBuffer: pdf, reason: "", contactInfo: "", name: letter.employer,
    location: "" });
  return (await signpdf.default.sign(prepared, signer)).length;
}

for (let warm = 0; warm < 3; ++warm) await printOne();
const cpu = process.cpuUsage();
const start = performance.now();
let count = 0;
let bytes = 0;
while (performance.now() - start < seconds * 1000) {
  bytes += await printOne();
  ++count;
}
const used = process.cpuUsage(cpu);
console.log(JSON.stringify({ documents: count, wall_ms: (performance.now() - start) / count,
  cpu_ms: (used.user + used.system) / 1000 / count, bytes: bytes / count }));
