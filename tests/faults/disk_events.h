// What a program did to its disk, as disk_shim writes it down and DiskReplay reads it.
//
// Shape    Each event: kind (1) | file (8) | offset (8) | length of one (4) | length of two (4) |
//          one | two.  `file` numbers an open file: process id and a count.  Native byte order.
// Order    As the calls returned.
#pragma once

#include <cstdint>

namespace refledger::test {

enum class DiskEvent : std::uint8_t {
  open_file = 1,  // one: path; offset: the flags of open(2)
  open_folder,    // one: path
  write,          // one: what was written at `offset`
  truncate,       // offset: the new length
  sync,           // of a file or a folder
  rename,         // one: old path, two: new path
  link,           // one: old path, two: new path
  unlink,         // one: path
  make_folder,    // one: path
  remove_folder,  // one: path
  note,           // one: what the program said to the outside
};

struct __attribute__((packed)) DiskEventHead {
  DiskEvent kind;
  std::uint64_t file;
  std::uint64_t offset;
  std::uint32_t one;
  std::uint32_t two;
};

}  // namespace refledger::test
