// The disk after a power cut at any moment of a journal that disk_shim wrote.
//
// Model    What was synced is there.  Of the rest nothing is promised: neither written bytes before
//          a sync of their file, nor names (made, renamed, removed) before a sync of their folder.
//          That is less than ext4 gives; a store that holds here holds there.
// Units    Moments are indexes into the journal: the cut comes before that event.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "disk_events.h"

namespace refledger::test {

/// What becomes of that which was not synced.
enum class Cut {
  lost,      ///< none of it is there
  names,     ///< every name is there, and no byte
  torn,      ///< of each file's writes the first few, the last of them in part; of names likewise
  shuffled,  ///< any sectors of any writes, and the first few names
  kept,      ///< all of it is there, as after a kill
};
inline constexpr Cut kCuts[] = {Cut::lost, Cut::names, Cut::torn, Cut::shuffled, Cut::kept};
const char* name_of(Cut cut);

/// Files by path; folders have no content.
struct DiskImage {
  std::map<std::string, std::string> files;
  std::vector<std::string> folders;
  friend bool operator==(const DiskImage&, const DiskImage&) = default;
};

class DiskReplay {
 public:
  /// `root` itself is there from the start.
  DiskReplay(const std::filesystem::path& journal, const std::filesystem::path& root);
  ~DiskReplay();

  /// The moments before each sync, and the end.
  std::vector<std::size_t> sync_points() const;
  std::size_t end() const { return events_.size(); }

  /// Moments must not go back from call to call.
  DiskImage after_cut(std::size_t moment, Cut cut, std::uint64_t seed);
  /// All that was said to the outside before the moment of the last cut.
  const std::string& notes() const { return notes_; }

 private:
  struct Event {
    DiskEventHead head;
    std::string one, two;
  };
  struct Change {  // one write, or a truncation where there are no bytes
    std::uint64_t offset;
    std::string bytes;
    bool truncates;
  };
  struct Node {
    bool is_folder = false;
    std::string synced;
    std::vector<Change> pending;
  };
  using NodePointer = std::shared_ptr<Node>;
  using Names = std::map<std::string, NodePointer>;
  struct Renaming {  // `node` gets the name `to`; none: nobody has it any more
    std::string from, to;
    NodePointer node;
  };

  void apply(const Event& event);
  void open(const Event& event);
  void sync(std::uint64_t file);
  void change_names(Renaming change);
  static void rename(Names& names, const Renaming& change);
  static void change(std::string& content, const Change& change);
  std::string content(const Node& node, Cut cut, std::mt19937_64& random) const;

  std::vector<Event> events_;
  std::size_t at_ = 0;
  std::string notes_;
  std::map<std::uint64_t, NodePointer> open_;
  std::map<std::uint64_t, std::string> open_folders_;
  Names synced_;   // what a power cut leaves for certain
  Names visible_;  // what the running program sees
  std::vector<Renaming> pending_;
};

}  // namespace refledger::test
