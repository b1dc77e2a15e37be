#include "ledger/format/origin.h"

#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::string_view kMark = "/epoch-";

struct Parts {
  std::string_view name;
  std::uint64_t epoch = 1;
};

// What is not written as an epoch is a name of its own.
Parts parts_of(std::string_view origin) {
  const std::size_t mark = origin.rfind(kMark);
  if (mark == std::string_view::npos || mark == 0) return {origin};
  const Result<std::uint64_t> epoch = from_decimal(origin.substr(mark + kMark.size()), "epoch");
  if (!epoch || *epoch < 2 || *epoch > kMaxEpoch) return {origin};
  return {origin.substr(0, mark), *epoch};
}

}  // namespace

std::string origin_of_epoch(std::string_view name, unsigned epoch) {
  return std::string(name) + (epoch <= 1 ? "" : std::string(kMark) + std::to_string(epoch));
}

bool is_same_log(std::string_view earlier, std::string_view origin) {
  const Parts before = parts_of(earlier);
  const Parts now = parts_of(origin);
  return before.name == now.name && before.epoch <= now.epoch;
}

}  // namespace refledger::format
