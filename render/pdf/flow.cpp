#include "render/pdf/flow.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t most_pages = 10;
constexpr std::size_t enough_lines = 6;  // on a last page, the signatures counted as one

using Pages = std::vector<std::vector<Placed>>;

class Cutter {
 public:
  Cutter(const std::vector<Piece>& pieces, const Column& column)
      : pieces_(pieces), column_(column) {}

  Result<Pages> cut() {
    const Error too_long{Fault::out_of_range, "letter: longer than ten pages"};
    std::size_t next = 0;
    while (next < pieces_.size()) {
      if (pages_.size() == most_pages) return too_long;
      const std::size_t end = fill(next);
      if (end == next) return too_long;
      next = end;
    }
    if (fits_last_page()) return evened_out();
    // The box stands on the last page: the end of the letter moves on to be with it.
    const std::size_t begin = pages_.back().front().piece;
    std::size_t last = pieces_.size() - 1;
    while (last > begin && !pieces_[last].may_begin_page) --last;
    if (last == begin || pages_.size() == most_pages) return too_long;
    while (pages_.back().back().piece >= last) pages_.back().pop_back();
    fill(last);
    if (!fits_last_page()) return too_long;
    return evened_out();
  }

 private:
  // One page from piece `begin` on; returns the first piece that is left.
  std::size_t fill(std::size_t begin) {
    std::vector<Placed> page;
    double y = pages_.empty() ? column_.first_top : column_.next_top;
    std::size_t at = begin;
    for (; at < pieces_.size(); ++at) {
      if (at != begin) y -= pieces_[at].lead;
      if (y - pieces_[at].depth < column_.bottom) break;
      page.push_back({at, y});
    }
    while (at < pieces_.size() && at > begin && !pieces_[at].may_begin_page) --at;
    while (!page.empty() && page.back().piece >= at) page.pop_back();
    if (!page.empty()) pages_.push_back(std::move(page));
    return at;
  }

  // A last page with little more than signatures on it takes whole paragraphs along, as long as the
  // page before keeps the greater part.
  Pages evened_out() {
    if (pages_.size() < 2) return std::move(pages_);
    const std::size_t before = pages_[pages_.size() - 2].front().piece;
    std::size_t begin = pages_.back().front().piece;
    while (begin > before && pieces_.size() - begin < enough_lines) {
      do --begin;
      while (begin > before && !(pieces_[begin].may_begin_page && pieces_[begin].begins_paragraph));
    }
    const bool worth_it = begin != pages_.back().front().piece;
    if (!worth_it || begin - before < pieces_.size() - begin) return std::move(pages_);
    Pages as_cut = pages_;
    pages_.pop_back();
    while (pages_.back().back().piece >= begin) pages_.back().pop_back();
    if (fill(begin) == pieces_.size() && fits_last_page()) return std::move(pages_);
    return as_cut;
  }

  bool fits_last_page() const {
    const Placed& last = pages_.back().back();
    return last.y - pieces_[last.piece].depth >= column_.last_bottom;
  }

  const std::vector<Piece>& pieces_;
  const Column& column_;
  Pages pages_;
};

}  // namespace

Result<Pages> paginate(const std::vector<Piece>& pieces, const Column& column) {
  return Cutter(pieces, column).cut();
}

}  // namespace refledger::pdf
