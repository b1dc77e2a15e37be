#include "disk_replay.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace refledger::test {
namespace {

constexpr std::size_t kSector = 512;

std::string parent_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

}  // namespace

const char* name_of(Cut cut) {
  switch (cut) {
    case Cut::lost:
      return "lost";
    case Cut::names:
      return "names only";
    case Cut::torn:
      return "torn";
    case Cut::shuffled:
      return "shuffled";
    case Cut::kept:
      return "kept";
  }
  return "";
}

DiskReplay::~DiskReplay() = default;

DiskReplay::DiskReplay(const std::filesystem::path& journal, const std::filesystem::path& root) {
  std::ifstream file(journal, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t at = 0; at < all.size();) {
    Event event;
    if (all.size() - at < sizeof event.head) throw std::runtime_error("journal: cut off");
    std::memcpy(&event.head, all.data() + at, sizeof event.head);
    at += sizeof event.head;
    const std::size_t one = event.head.one;
    const std::size_t two = event.head.two;
    if (all.size() - at < one + two) throw std::runtime_error("journal: cut off");
    event.one = all.substr(at, one);
    event.two = all.substr(at + one, two);
    at += one + two;
    events_.push_back(std::move(event));
  }
  const auto folder = std::make_shared<Node>();
  folder->is_folder = true;
  synced_[root.string()] = visible_[root.string()] = folder;
}

std::vector<std::size_t> DiskReplay::sync_points() const {
  std::vector<std::size_t> points;
  for (std::size_t at = 0; at < events_.size(); ++at) {
    if (events_[at].head.kind == DiskEvent::sync) points.push_back(at);
  }
  points.push_back(events_.size());
  return points;
}

void DiskReplay::change(std::string& content, const Change& change) {
  if (change.truncates) {
    content.resize(change.offset);
    return;
  }
  const std::size_t end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end);
  std::copy(change.bytes.begin(), change.bytes.end(),
            content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void DiskReplay::rename(Names& names, const Renaming& change) {
  if (!change.from.empty()) names.erase(change.from);
  if (change.node) {
    names[change.to] = change.node;
  } else {
    names.erase(change.to);
  }
}

void DiskReplay::change_names(Renaming change) {
  rename(visible_, change);
  pending_.push_back(std::move(change));
}

void DiskReplay::open(const Event& event) {
  const auto known = visible_.find(event.one);
  NodePointer node = known == visible_.end() ? nullptr : known->second;
  if (!node) {
    node = std::make_shared<Node>();
    change_names({"", event.one, node});
  }
  if ((event.head.offset & O_TRUNC) != 0) node->pending.push_back({0, "", true});
  open_[event.head.file] = node;
}

void DiskReplay::sync(std::uint64_t file) {
  if (const auto folder = open_folders_.find(file); folder != open_folders_.end()) {
    std::vector<Renaming> rest;
    for (Renaming& change : pending_) {
      if (parent_of(change.to) == folder->second) {
        rename(synced_, change);
      } else {
        rest.push_back(std::move(change));
      }
    }
    pending_ = std::move(rest);
    return;
  }
  Node& node = *open_.at(file);
  for (const Change& each : node.pending) change(node.synced, each);
  node.pending.clear();
}

void DiskReplay::apply(const Event& event) {
  const auto found = [this](const std::string& path) {
    const auto at = visible_.find(path);
    return at == visible_.end() ? nullptr : at->second;
  };
  switch (event.head.kind) {
    case DiskEvent::open_file:
      return open(event);
    case DiskEvent::open_folder:
      open_folders_[event.head.file] = event.one;
      return;
    case DiskEvent::write:
      open_.at(event.head.file)->pending.push_back({event.head.offset, event.one, false});
      return;
    case DiskEvent::truncate:
      open_.at(event.head.file)->pending.push_back({event.head.offset, "", true});
      return;
    case DiskEvent::sync:
      return sync(event.head.file);
    case DiskEvent::rename:  // of what was written past us (RocksDB's own log) nothing is known
      if (NodePointer node = found(event.one)) change_names({event.one, event.two, node});
      return;
    case DiskEvent::link:
      if (NodePointer node = found(event.one)) change_names({"", event.two, node});
      return;
    case DiskEvent::unlink:
    case DiskEvent::remove_folder:
      if (found(event.one)) change_names({"", event.one, nullptr});
      return;
    case DiskEvent::make_folder: {
      const auto folder = std::make_shared<Node>();
      folder->is_folder = true;
      change_names({"", event.one, folder});
      return;
    }
    case DiskEvent::note:
      notes_ += event.one;
      return;
  }
  throw std::runtime_error("journal: unknown event");
}

std::string DiskReplay::content(const Node& node, Cut cut, std::mt19937_64& random) const {
  std::string content = node.synced;
  if (node.pending.empty() || cut == Cut::lost || cut == Cut::names) return content;
  const std::size_t whole = cut == Cut::torn ? random() % (node.pending.size() + 1) : 0;
  for (std::size_t at = 0; at < node.pending.size(); ++at) {
    const Change& each = node.pending[at];
    if (cut == Cut::kept || (cut == Cut::torn && at < whole)) {
      change(content, each);
    } else if (cut == Cut::torn) {
      if (!each.truncates) {
        change(content, {each.offset, each.bytes.substr(0, random() % each.bytes.size()), false});
      }
      break;
    } else if (each.truncates) {
      if (random() % 2 == 0) change(content, each);
    } else {
      // Sectors of the file, not of the write: that is what a disk keeps or loses.
      for (std::size_t from = 0; from < each.bytes.size();) {
        const std::size_t rest = kSector - (each.offset + from) % kSector;
        if (random() % 2 == 0) {
          change(content, {each.offset + from, each.bytes.substr(from, rest), false});
        }
        from += rest;
      }
    }
  }
  return content;
}

DiskImage DiskReplay::after_cut(std::size_t moment, Cut cut, std::uint64_t seed) {
  if (moment < at_) throw std::logic_error("a moment before the last one");
  for (; at_ < moment; ++at_) apply(events_[at_]);
  std::mt19937_64 random(seed * 1'000'003 + moment * 5 + static_cast<std::uint64_t>(cut));
  std::size_t names = pending_.size();
  if (cut == Cut::lost) names = 0;
  if (cut == Cut::torn || cut == Cut::shuffled) names = random() % (pending_.size() + 1);
  Names there = synced_;
  for (std::size_t at = 0; at < names; ++at) rename(there, pending_[at]);
  DiskImage image;
  for (const auto& [path, node] : there) {
    // A folder whose own name was lost takes what is in it along.
    const bool reachable = there.contains(parent_of(path)) || path == there.begin()->first;
    if (!reachable) continue;
    if (node->is_folder) {
      image.folders.push_back(path);
    } else {
      image.files[path] = content(*node, cut, random);
    }
  }
  return image;
}

}  // namespace refledger::test
