// What v2 delivered for anybody, and what for nobody.
//
// Shape    Names are those of v1's attributes, so that both versions tell the same.  A member
//          that is there counts as told, null or not.  v2 may leave out what is empty as well as
//          what is not ticked: only of a complete reading can it be told that something comes for
//          nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/personio/v2_employments.h"

namespace refledger::ingest::personio {

class V2Delivered {
 public:
  explicit V2Delivered(const Mapping& mapping);
  void take(const PersonRecord& record, const Employment& employment, const Names& names);

  bool anybody() const { return people_ > 0; }
  bool nobody_has(std::string_view name) const;
  /// Refused when nobody has what the rest rests on, or when of none of those who left an end, or
  /// how it came to it, is told.
  Result<void> check() const;
  std::vector<std::string> missing() const;

 private:
  void note(std::string_view name, bool there);

  Mapping mapping_;
  std::map<std::string, bool, std::less<>> seen_;
  std::size_t people_ = 0;
};

}  // namespace refledger::ingest::personio
