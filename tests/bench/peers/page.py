"""The measured letter as a web page, for what prints web pages."""
import html

FONT = "/usr/share/fonts/truetype/noto/NotoSans-"


def page_of(letter):
    text = html.escape
    sections = []
    for section in letter["sections"]:
        lines = "".join(("<li>%s</li>" if section["list"] else "<p>%s</p>") % text(line)
                        for line in section["paragraphs"])
        sections.append("<ul>%s</ul>" % lines if section["list"] else lines)
    signatures = "".join(
        "<td><b>%s</b><br>%s</td>" % (text(one["name"]), "<br>".join(map(text, one["lines"])))
        for one in letter["signatures"])
    qr = letter["qr"]
    return """<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title><style>
@page { size: A4; margin: 15mm 22mm 12mm 25mm }
@font-face { font-family: Letter; src: url(file://%sRegular.ttf) }
@font-face { font-family: Letter; font-weight: bold; src: url(file://%sBold.ttf) }
body { font: 10.5pt/1.4 Letter; margin: 0; hyphens: auto }
h1 { font-size: 16pt; color: #1F4E79 } p { margin: 0 0 6pt } ul { margin: 0 0 6pt; padding-left: 5mm }
.head { color: #1F4E79; font-weight: bold; border-bottom: 1pt solid #1F4E79 } .small { font-size: 8pt }
td { padding-right: 15mm; vertical-align: top } .box { border: .5pt solid #999; padding: 8pt }
svg { width: 22mm; height: 22mm; float: left; margin-right: 6mm }
</style></head><body><div class="head">%s</div><div class="small">%s</div><h1>%s</h1>%s
<p>%s<br><b>%s</b></p><table><tr>%s</tr></table>
<div class="box small"><svg viewBox="0 0 %d %d"><path d="%s"/></svg>%s<div style="clear:both"></div></div>
<div class="small">%s</div></body></html>""" % (
        letter["language"], text(letter["title"]), FONT, FONT, text(letter["letterhead"]),
        "<br>".join(map(text, letter["address"])), text(letter["title"]), "".join(sections),
        text(letter["place_and_date"]), text(letter["employer"]), signatures, qr["side"], qr["side"],
        qr["path"], "<br>".join(map(text, letter["captions"])),
        "<br>".join(map(text, letter["footer"])))
