#include "render/pdf/structure.h"

#include "render/pdf/content.h"
#include "render/pdf/field.h"
#include "render/pdf/logo_state.h"
#include "render/pdf/skeleton.h"
#include "render/pdf/tags.h"
#include "render/pdf/xmp.h"

namespace refledger::pdf {
namespace {

std::vector<Object> pages_of(QPDF& pdf) {
  std::vector<Object> pages;
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    pages.push_back(page.getObjectHandle());
  }
  return pages;
}

class Structure {
 public:
  Structure(QPDF& pdf, const Document& document, const Fonts::State& fonts)
      : pdf_(pdf),
        document_(document),
        fonts_(fonts),
        root_(pdf.getRoot()),
        pages_(pages_of(pdf)) {}

  void add(const Layout& layout, const CodesByStyle& codes) {
    for (Object& page : pages_) pack(page.getKey("/Contents"));
    complete_fonts(codes);
    add_logo(layout);
    add_information();
    add_output_intent();
    add_attachment();
    const std::string address = document_.qr ? document_.qr->qr_text : std::string();
    add_tags(pdf_, layout, pages_, {address, document_.letter.qr_alternative});
  }
  Object last_page() const { return pages_.back(); }

 private:
  void complete_fonts(const CodesByStyle& codes);
  void complete_font(Object font, const Codes& codes, const Face& face);
  void add_logo(const Layout& layout);
  void add_information();
  void add_output_intent();
  void add_attachment();

  QPDF& pdf_;
  const Document& document_;
  const Fonts::State& fonts_;
  Object root_;
  std::vector<Object> pages_;
};

// Every page has the same fonts.
void Structure::complete_fonts(const CodesByStyle& codes) {
  Object fonts = pages_.front().getKey("/Resources").getKey("/Font");
  for (const std::string& key : fonts.getKeys()) {
    Object font = fonts.getKey(key);
    const std::string name = font.getKey("/BaseFont").getName();
    for (const auto& [style, used] : codes) {
      if (name.starts_with("/" + std::string(subset_tag(style)))) {
        complete_font(font, used, fonts_.faces.at(style));
      }
    }
  }
}

// libharu writes a CMap of another kind where text extraction looks for Unicode, names its glyphs'
// order after an encoding, and leaves out how tall letters are.
void Structure::complete_font(Object font, const Codes& codes, const Face& face) {
  font.replaceKey("/ToUnicode", stream(pdf_, unicode_map(codes)));
  Object descendant = font.getKey("/DescendantFonts").getArrayItem(0);
  descendant.replaceKey("/CIDSystemInfo",
                        Object::parse("<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"));
  const Proportions proportions = face.proportions();
  Object descriptor = descendant.getKey("/FontDescriptor");
  pack(descriptor.getKey("/FontFile2"));
  pack(descendant.getKey("/CIDToGIDMap"));
  descriptor.replaceKey("/CapHeight", Object::newInteger(proportions.cap_height));
  descriptor.replaceKey("/XHeight", Object::newInteger(proportions.x_height));
}

void Structure::add_logo(const Layout& layout) {
  Object picture;
  for (std::size_t at = 0; at < layout.pages.size(); ++at) {
    for (const Mark& mark : layout.pages[at].marks) {
      if (!mark.logo) continue;
      if (!picture.isInitialized()) {
        const Logo::State& logo = document_.letterhead.logo->state();
        picture = stream(pdf_, logo.rgb,
                         "<</Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8>>");
        picture.getDict().replaceKey("/Width", number_object(logo.width));
        picture.getDict().replaceKey("/Height", number_object(logo.height));
      }
      Object pictures = Object::newDictionary();
      pictures.replaceKey(logo_name, picture);
      pages_[at].getKey("/Resources").replaceKey("/XObject", pictures);
    }
  }
}

void Structure::add_information() {
  Object information = Object::newDictionary();
  information.replaceKey("/Title", text_object(title_of(document_)));
  information.replaceKey("/Producer", text_object("refledger"));
  information.replaceKey("/CreationDate", date_object(document_.document_date));
  information.replaceKey("/ModDate", date_object(document_.document_date));
  pdf_.getTrailer().replaceKey("/Info", pdf_.makeIndirectObject(information));
  root_.replaceKey("/Lang", text_object(document_.letter.locale));
  root_.replaceKey("/MarkInfo", Object::parse("<</Marked true>>"));
  root_.replaceKey("/ViewerPreferences", Object::parse("<</DisplayDocTitle true>>"));
  root_.replaceKey("/Metadata",
                   stream(pdf_, xmp_metadata(document_), "<</Type/Metadata/Subtype/XML>>"));
  root_.removeKey("/PageMode");
  root_.removeKey("/PageLayout");
}

void Structure::add_output_intent() {
  Object intent = Object::parse(
      "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
      "/RegistryName(http://www.color.org)>>");
  intent.replaceKey("/DestOutputProfile", stream(pdf_, fonts_.colour_profile, "<</N 3>>"));
  root_.replaceKey("/OutputIntents", Object::newArray({intent}));
}

void Structure::add_attachment() {
  const Attachment& attachment = document_.attachment;
  Object file = stream(pdf_, attachment.content, "<</Type/EmbeddedFile>>");
  file.getDict().replaceKey("/Subtype", name_object("/" + attachment.mime_type));
  Object parameters = Object::newDictionary();
  parameters.replaceKey("/ModDate", date_object(document_.document_date));
  parameters.replaceKey("/Size", number_object(attachment.content.size()));
  file.getDict().replaceKey("/Params", parameters);

  Object specification = indirect(pdf_, "<</Type/Filespec/AFRelationship/Data/EF<<>>>>");
  specification.replaceKey("/F", Object::newString(attachment.name));
  specification.replaceKey("/UF", text_object(attachment.name));
  specification.replaceKey("/Desc", text_object(attachment.description));
  specification.getKey("/EF").replaceKey("/F", file);
  specification.getKey("/EF").replaceKey("/UF", file);

  Object names = Object::parse("<</EmbeddedFiles<</Names[]>>>>");
  Object list = names.getKey("/EmbeddedFiles").getKey("/Names");
  list.appendItem(Object::newString(attachment.name));
  list.appendItem(specification);
  root_.replaceKey("/Names", names);
  root_.replaceKey("/AF", Object::newArray({specification}));
}

Bytes written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setNewlineBeforeEndstream(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

// A test document is signed by nobody, and a print on paper.
bool takes_signature(const Document& document) {
  return !document.specimen && document.signing != letter::SigningMode::by_hand;
}

}  // namespace

Result<Prepared> with_structure(const Bytes& skeleton, const Layout& layout,
                                const CodesByStyle& codes, const Document& document,
                                const Fonts::State& fonts, std::size_t reserve) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    const std::string_view source = text_of(skeleton);
    pdf.processMemoryFile("skeleton", source.data(), source.size());
    Structure structure(pdf, document, fonts);
    structure.add(layout, codes);
    if (!takes_signature(document)) return Prepared{written(pdf), 0, 0};
    add_signature_field(pdf, structure.last_page(), document, reserve);
    return with_byte_range(written(pdf), reserve);
  } catch (const std::exception&) {
    return Error{Fault::malformed, "PDF: cannot be completed"};
  }
}

}  // namespace refledger::pdf
