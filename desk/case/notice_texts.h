// The mail that tells HR what happened and what is to be done: counts and links.
//
// Shape    German, French, Italian and English.
// Order    Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/case/notice_rules.h"
#include "desk/case/texts.h"

namespace refledger::desk {

/// One matter that HR is told of, once.
struct NoticeFact {
  NoticeKind kind;
  std::string case_id;  ///< empty: it is about no case
  std::string which;    ///< tells it from another one of its kind about the same case
  std::string key() const { return std::string(name_of(kind)) + "/" + case_id + "/" + which; }
};

/// `desk_url`: of the pages; empty: cases are named by their ids.
NoticeTexts notice_texts(const std::vector<NoticeFact>& facts, std::string_view desk_url,
                         std::string_view zone, Tongue tongue);

}  // namespace refledger::desk
