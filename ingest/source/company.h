// Master data of an employer, as another system tells it, and the interface behind which each such
// system is read.
//
// Shape    Text fields by the names of company_fields(); what the system does not tell is not
// there. Errors   as HrSource: refused, upstream, malformed; read_company() gives all of it or
// nothing Threads  One call at a time on one source. Source   docs/ingest.md
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/fields.h"
#include "ingest/source/report.h"
#include "ingest/source/source.h"
#include "ledger/core/bytes.h"

namespace refledger::ingest {

enum class ImageType { png, gif, jpeg };
const char* name_of(ImageType type);  ///< "PNG"

/// By its first bytes, whatever it was called; nothing: none of the three.
std::optional<ImageType> sniff_image(ByteView bytes);

struct Logo {
  Bytes bytes;
  ImageType type;
  friend bool operator==(const Logo&, const Logo&) = default;
};

struct Company {
  std::map<std::string, Value<std::string>, std::less<>> fields;
  std::optional<Value<Logo>> logo;
  /// What is there and cannot be used, as "uid: not a UID number": for HR, never dropped.
  std::vector<std::string> unusable = {};
  UtcMillis read_at;

  const Value<std::string>* field(std::string_view name) const;  ///< null: not told
};

struct CompanyField {
  std::string_view name;
  Wording label;
};

/// name, street, postcode, city, country, uid, vat, register_number: in the order of a letterhead.
std::span<const CompanyField> company_fields();

class CompanySource {
 public:
  virtual ~CompanySource() = default;
  virtual Result<Company> read_company() = 0;
  virtual ConnectionReport test() = 0;
};

}  // namespace refledger::ingest
