// Other people's tools, run through the shell.
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace refledger::test {

struct Outcome {
  int status;
  std::string output;
};

/// Commands are made of fixed words and paths inside a temporary folder.
inline Outcome run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {-1, {}};
  std::string output;
  std::array<char, 4096> part{};
  for (std::size_t got = 0; (got = fread(part.data(), 1, part.size(), pipe)) > 0;) {
    output.append(part.data(), got);
  }
  return {pclose(pipe), output};
}

}  // namespace refledger::test
