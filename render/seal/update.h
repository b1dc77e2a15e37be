// An incremental update: what is added behind the first signature before anybody gets the file.
//
// Shape    Changed objects, then new ones, each whole; a classic table that lists each by itself; a
//          trailer that leads to the table before.  The bytes before stay as they are.
// Errors   malformed: not a file as render/pdf writes it
// Source   ISO 32000-1 §7.5.6, §12.8; docs/pdf.md has the bytes, which verify/pdf takes and no
// others
#pragma once

#include <map>
#include <string>
#include <vector>

#include "render/seal/seal.h"

namespace refledger::seal {

class Update {
 public:
  static Result<Update> of(ByteView file);

  std::size_t next_number() const { return next_; }
  /// A new object, by its PDF source; returns its number.
  std::size_t add(std::string source);
  std::size_t add_stream(ByteView data);
  /// "/Name N 0 R" more in the catalog.
  Result<void> add_to_catalog(const std::string& name, std::size_t number);
  /// The value of the empty signature field of this name.
  Result<void> fill_field(const std::string& name, std::size_t number);

  Bytes finished() const;

  /// "(D:...)": the claimed time of the first signature.
  Result<std::string> claimed_time() const;

 private:
  struct Table {
    std::size_t position = 0;
    std::string trailer;
  };
  explicit Update(ByteView file) : file_(text_of(file)) {}
  Result<void> read();
  Result<std::string> body(std::size_t number) const;

  std::string file_;
  std::vector<std::size_t> offsets_;  ///< of the first revision's objects 1, 2, ...
  Table last_;
  std::size_t next_ = 0;
  std::map<std::size_t, std::string> objects_;
};

}  // namespace refledger::seal
