// The structure tree: what each part of the pages is, in reading order.
//
// Source   ISO 32000-1 §14.7 (structure), §14.8 (standard types); ISO 14289-1 §7
#pragma once

#include <vector>

#include "render/pdf/objects.h"

namespace refledger::pdf {

/// What a link in the page leads to.
struct LinkTarget {
  std::string address;
  std::string description;
};

/// Adds the tree for `layout` to a file whose pages are `pages`; its links become annotations.
void add_tags(QPDF& pdf, const Layout& layout, std::vector<Object> pages, const LinkTarget& target);

}  // namespace refledger::pdf
