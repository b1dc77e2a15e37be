// What the reader takes at most.  A file of ours has some fifty objects and 100 kB.
#pragma once

#include <cstddef>

namespace refledger::verify {

constexpr std::size_t max_file = 32 << 20;
constexpr std::size_t max_objects = 1000;
constexpr std::size_t max_attachment = 1 << 20;
constexpr std::size_t max_signature = 64 << 10;
constexpr std::size_t max_trailer = 4096;
constexpr std::size_t max_link = 1024;

}  // namespace refledger::verify
