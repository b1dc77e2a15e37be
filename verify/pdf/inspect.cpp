// inspect_pdf: cut to the first revision, parse it strictly, hold the signature against it.
#include <openssl/evp.h>
#define POINTERHOLDER_TRANSITION 4  // libqpdf's API without its old pointer class
#include <algorithm>
#include <memory>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>

#include "ledger/core/encoding.h"
#include "verify/pdf/cms.h"
#include "verify/pdf/limits.h"
#include "verify/pdf/pdf.h"
#include "verify/pdf/revision.h"
#include "verify/pdf/shape.h"
#include "verify/pdf/updates.h"
#include "verify/pdf/validation.h"

namespace refledger::verify {
namespace {

using Object = QPDFObjectHandle;

Error not_ours() { return {Fault::malformed, "PDF: not one of ours"}; }

// Collects what a stream's filters give, and stops them at a limit.
class Collector : public Pipeline {
 public:
  Collector() : Pipeline("attachment", nullptr) {}
  void write(const unsigned char* data, std::size_t length) override {
    if (collected.size() + length > max_attachment)
      throw std::runtime_error("attachment: too large");
    collected.append(reinterpret_cast<const char*>(data), length);
  }
  void finish() override {}
  std::string collected;
};

// Plain, or Flate without parameters: what we write.  A predictor takes as much memory as its
// /Columns say, a filter is code of a library, and /F would be a file of the reader's own disk.
bool is_stored_plainly(Object stream) {
  Object dictionary = stream.getDict();
  for (const char* name : {"/DecodeParms", "/DP", "/F", "/FFilter", "/FDecodeParms"}) {
    if (dictionary.hasKey(name)) return false;
  }
  Object filter = dictionary.getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  return filter.isNull() || (filter.isName() && filter.getName() == "/FlateDecode");
}

// The one attachment, by the catalog's /AF.
std::optional<std::string> attachment_of(Object root) {
  Object files = root.getKey("/AF");
  if (!files.isArray() || files.getArrayNItems() != 1) return std::nullopt;
  Object file = files.getArrayItem(0);
  if (!file.isDictionary() || !file.getKey("/UF").isString() ||
      file.getKey("/UF").getUTF8Value() != "reference.sd-jwt" ||
      !file.getKey("/EF").isDictionary()) {
    return std::nullopt;
  }
  Object stream = file.getKey("/EF").getKey("/F");
  if (!stream.isStream() || !is_stored_plainly(stream)) return std::nullopt;
  Collector collector;
  if (!stream.pipeStreamData(&collector, 0, qpdf_dl_generalized, true)) return std::nullopt;
  return std::move(collector.collected);
}

std::string link_in(Object annotation) {
  if (!annotation.isDictionary() || !annotation.getKey("/A").isDictionary()) return {};
  Object address = annotation.getKey("/A").getKey("/URI");
  if (!address.isString() || address.getStringValue().size() > max_link) return {};
  return address.getStringValue();
}

// The first link on the pages; a page tree of ours is one level deep.
std::string link_of(Object root) {
  Object pages = root.getKey("/Pages");
  if (!pages.isDictionary() || !pages.getKey("/Kids").isArray()) return {};
  for (Object& page : pages.getKey("/Kids").getArrayAsVector()) {
    Object annotations = page.isDictionary() ? page.getKey("/Annots") : Object::newNull();
    if (!annotations.isArray()) continue;
    for (Object& annotation : annotations.getArrayAsVector()) {
      if (std::string link = link_in(annotation); !link.empty()) return link;
    }
  }
  return {};
}

// Objects that carry a signature, by what makes one: a /ByteRange.
std::vector<Object> signatures_of(QPDF& pdf) {
  std::vector<Object> found;
  for (Object& object : pdf.getAllObjects()) {
    if (object.isDictionary() &&
        (object.hasKey("/ByteRange") || object.isDictionaryOfType("/Sig"))) {
      found.push_back(object);
    }
  }
  return found;
}

std::vector<Object> fields_of(Object root) {
  Object form = root.getKey("/AcroForm");
  if (!form.isDictionary() || !form.getKey("/Fields").isArray()) return {};
  return form.getKey("/Fields").getArrayAsVector();
}

// The signature that the form's first field holds.
Object field_value(Object root) {
  std::vector<Object> fields = fields_of(root);
  if (fields.empty() || !fields.front().isDictionary()) return Object::newNull();
  return fields.front().getKey("/V");
}

// A field that waits for its signature: no place on the page, no appearance, nothing else.
bool is_empty_field(Object field) {
  static const std::set<std::string> entries{"/F",       "/FT", "/P",  "/Rect",
                                             "/Subtype", "/T",  "/TU", "/Type"};
  if (!field.isDictionary() || !field.isIndirect() || field.getKeys() != entries) return false;
  Object place = field.getKey("/Rect");
  if (!place.isArray() || place.getArrayNItems() != 4) return false;
  for (Object& side : place.getArrayAsVector()) {
    if (!side.isInteger() || side.getIntValue() != 0) return false;
  }
  return field.getKey("/FT").isNameAndEquals("/Sig") && field.getKey("/T").isString() &&
         field.getKey("/Subtype").isNameAndEquals("/Widget");
}

// What the signed revision has ready for updates; nothing if it says that none may be, or if a
// field is not one of ours.
std::optional<Prepared> prepared_in(Object root, std::size_t length) {
  std::vector<Object> fields = fields_of(root);
  if (fields.empty() || fields.size() > 3) return std::nullopt;
  Prepared prepared{length, static_cast<std::size_t>(root.getObjectID()), 0, 0};
  for (std::size_t at = 1; at < fields.size(); ++at) {
    if (!is_empty_field(fields[at])) return std::nullopt;
    const std::string name = fields[at].getKey("/T").getStringValue();
    const auto number = static_cast<std::size_t>(fields[at].getObjectID());
    if (name == "second" && at == 1) {
      prepared.second = number;
    } else if (name == "archive" && at + 1 == fields.size()) {
      prepared.archive = number;
    } else {
      return std::nullopt;
    }
  }
  const bool final = root.hasKey("/Perms") || root.hasKey("/DSS");
  if (final && fields.size() > 1) return std::nullopt;
  if (final) prepared.catalog = 0;
  return prepared;
}

struct Gap {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// [0 b c d] with b < c and c + d exactly the revision's end.
std::optional<Gap> gap_of(Object signature, std::size_t length) {
  Object range = signature.getKey("/ByteRange");
  if (!range.isArray() || range.getArrayNItems() != 4) return std::nullopt;
  std::array<std::uint64_t, 4> numbers{};
  for (int at = 0; at < 4; ++at) {
    Object number = range.getArrayItem(at);
    if (!number.isInteger() || number.getIntValue() < 0) return std::nullopt;
    numbers[static_cast<std::size_t>(at)] = static_cast<std::uint64_t>(number.getIntValue());
  }
  const auto [zero, begin, end, rest] = numbers;
  if (zero != 0 || begin >= end || end > length || rest != length - end) return std::nullopt;
  return Gap{begin, end};
}

// The gap is '<', hex digits, '>', they are the /Contents of this very object, and stand where the
// parser found it.
std::optional<Bytes> reserved_in(ByteView revision, Gap gap, Object signature) {
  const std::size_t length = gap.end - gap.begin;
  if (length < 4 || length % 2 != 0 || length > 2 * max_signature + 2) return std::nullopt;
  if (revision[gap.begin] != '<' || revision[gap.end - 1] != '>') return std::nullopt;
  Result<Bytes> bytes = from_hex(text_of(revision.subspan(gap.begin + 1, length - 2)), "signature");
  if (!bytes) return std::nullopt;
  Object contents = signature.getKey("/Contents");
  if (!contents.isString() || bytes_of(contents.getStringValue()).size() != bytes->size() ||
      !std::equal(bytes->begin(), bytes->end(), bytes_of(contents.getStringValue()).begin())) {
    return std::nullopt;
  }
  if (contents.getParsedOffset() != static_cast<qpdf_offset_t>(gap.begin)) return std::nullopt;
  return std::move(*bytes);
}

std::optional<Signer> signer_of(ByteView revision, Object signature, Object root,
                                const std::vector<Bytes>& authorities) {
  if (!field_value(root).isSameObjectAs(signature)) return std::nullopt;
  Object kind = signature.getKey("/SubFilter");
  if (!kind.isName() || kind.getName() != "/ETSI.CAdES.detached") return std::nullopt;
  const std::optional<Gap> gap = gap_of(signature, revision.size());
  if (!gap) return std::nullopt;
  const std::optional<Bytes> reserved = reserved_in(revision, *gap, signature);
  if (!reserved) return std::nullopt;
  return check_signature(*reserved, revision.first(gap->begin), revision.subspan(gap->end),
                         authorities);
}

// The bytes between '<' and '>', which the reader of updates has found to be hex.
Bytes place_of(ByteView file, const Covered& covered) {
  const std::size_t length = covered.end - covered.begin - 2;
  return *from_hex(text_of(file.subspan(covered.begin + 1, length)), "signature");
}

// A DER element that zeros follow.
std::optional<ByteView> element_in(ByteView reserved) {
  if (reserved.size() < 4 || reserved[0] != 0x30 || reserved[1] != 0x82) return std::nullopt;
  const std::size_t length = 4 + (static_cast<std::size_t>(reserved[2]) << 8) + reserved[3];
  if (length > reserved.size()) return std::nullopt;
  const ByteView rest = reserved.subspan(length);
  const bool zeros =
      std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; });
  return zeros ? std::optional(reserved.first(length)) : std::nullopt;
}

bool add_second(PdfFindings& findings, ByteView file, const Covered& covered,
                const std::vector<Bytes>& authorities) {
  std::optional<Signer> signer =
      check_signature(place_of(file, covered), file.first(covered.begin),
                      file.subspan(covered.end, covered.revision_end - covered.end), authorities);
  if (!signer) return false;
  findings.second_signer = std::move(signer->common_name);
  findings.second_certificate = std::move(signer->certificate);
  return true;
}

bool add_archive(PdfFindings& findings, ByteView file, const Covered& covered,
                 const ValidationTexts& known, const std::vector<Bytes>& authorities) {
  const Bytes reserved = place_of(file, covered);
  const std::optional<ByteView> token = element_in(reserved);
  if (!token || !carries_only(*token, known.certificates)) return false;
  Bytes all = copy_of(file.first(covered.begin));
  const ByteView after = file.subspan(covered.end, covered.revision_end - covered.end);
  all.insert(all.end(), after.begin(), after.end());
  const std::optional<Timestamp> stamp = check_timestamp(*token, all, authorities);
  if (!stamp) return false;
  findings.archived = true;
  findings.archived_at = stamp->time;
  return true;
}

// What follows the signed revision: ours and holding, or it makes the file an altered or an
// extended one.
void add_updates(PdfFindings& findings, ByteView file, const Prepared& prepared,
                 const std::vector<Bytes>& authorities) {
  Updates updates;
  updates.length = prepared.length;
  if (prepared.catalog != 0) updates = read_updates(file, prepared);
  const bool missing =
      (prepared.second != 0 && !updates.second) || (prepared.archive != 0 && !updates.archive);
  bool holds = !missing;
  if (holds && updates.second) holds = add_second(findings, file, *updates.second, authorities);
  if (holds && updates.validation) {
    std::vector<Bytes> signers{findings.signer_certificate};
    if (updates.second) signers.push_back(findings.second_certificate);
    holds = is_sound(*updates.validation, signers);
    findings.validation_data = holds;
  }
  if (holds && updates.archive) {
    holds = add_archive(findings, file, *updates.archive, *updates.validation, authorities);
  }
  if (updates.length != file.size()) {
    findings.signature = PdfSignature::extended;
  } else if (!holds) {
    findings.signature = PdfSignature::altered;
  }
}

void add_signature(PdfFindings& findings, ByteView file, ByteView revision, QPDF& pdf,
                   const std::vector<Bytes>& authorities) {
  const std::vector<Object> signatures = signatures_of(pdf);
  if (signatures.empty()) return;
  findings.signature = PdfSignature::altered;
  if (signatures.size() != 1) return;
  std::optional<Signer> signer =
      signer_of(revision, signatures.front(), pdf.getRoot(), authorities);
  const std::optional<Prepared> prepared = prepared_in(pdf.getRoot(), revision.size());
  if (!signer || !prepared) return;
  findings.signature = PdfSignature::whole_file;
  findings.signer = std::move(signer->common_name);
  findings.signer_certificate = std::move(signer->certificate);
  findings.stamped = signer->timestamp.has_value();
  if (signer->timestamp) findings.stamped_at = signer->timestamp->time;
  add_updates(findings, file, *prepared, authorities);
}

// libqpdf throws on what it cannot read; whatever it is, the file is not ours.
Result<PdfFindings> inspect_revision(ByteView file, ByteView revision,
                                     const std::vector<Bytes>& authorities) {
  if (!table_of(revision)) return not_ours();
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    const std::string_view source = text_of(revision);
    pdf.processMemoryFile("file", source.data(), source.size());
    if (!holds_nothing_hidden(revision, pdf)) return not_ours();
    std::optional<std::string> sd_jwt = attachment_of(pdf.getRoot());
    if (!sd_jwt) return not_ours();
    PdfFindings findings;
    findings.sd_jwt = std::move(*sd_jwt);
    findings.link = link_of(pdf.getRoot());
    add_signature(findings, file, revision, pdf, authorities);
    return findings;
  } catch (const std::exception&) {
    return not_ours();
  }
}

}  // namespace

Result<PdfFindings> inspect_pdf(ByteView file, const std::vector<Bytes>& timestamp_authorities) {
  if (file.size() > max_file) return Error{Fault::out_of_range, "PDF: larger than 32 MiB"};
  if (!text_of(file).starts_with("%PDF-1.")) return not_ours();
  return inspect_revision(file, first_revision(file), timestamp_authorities);
}

namespace {

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

// The digest so far, leaving `running` as it was.
std::optional<DocumentHash> digest_so_far(const Digest& running) {
  const Digest copy(EVP_MD_CTX_new());
  DocumentHash hash;
  if (!copy || EVP_MD_CTX_copy_ex(copy.get(), running.get()) != 1 ||
      EVP_DigestFinal_ex(copy.get(), hash.bytes.data(), nullptr) != 1) {
    return std::nullopt;
  }
  return hash;
}

}  // namespace

std::optional<std::size_t> original_inside(ByteView file, const DocumentHash& document) {
  if (file.size() > max_file) return std::nullopt;
  const Digest running(EVP_MD_CTX_new());
  if (!running || EVP_DigestInit_ex(running.get(), EVP_sha256(), nullptr) != 1) return std::nullopt;
  std::size_t done = 0;
  for (const std::size_t length : prefixes_at_marks(file)) {
    if (length == file.size()) break;
    const ByteView next = file.subspan(done, length - done);
    if (EVP_DigestUpdate(running.get(), next.data(), next.size()) != 1) return std::nullopt;
    done = length;
    if (digest_so_far(running) == document) return length;
  }
  return std::nullopt;
}

}  // namespace refledger::verify
