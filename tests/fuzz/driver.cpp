// Drives a fuzz target where libFuzzer is not at hand: seeds, mutations, and coverage as the guide.
//
// Shape    fuzz_NAME [--seconds N] [--runs N] [--seed S] [FILE|FOLDER...]
//          fuzz_NAME --again FILE      runs one input, such as the one that a crash left
// Order    The same seed, seeds and runs give the same inputs (with --runs; --seconds ends earlier
//          or later on another machine).
// Errors   A crash, a sanitizer's finding or an input of more than 10 seconds ends the process; the
//          input is then in crash-input of the working folder.
// State    Coverage comes from g++'s -fsanitize-coverage=trace-pc: every edge is hashed into a map,
//          and an input that reaches something new joins the seeds.
#include <fcntl.h>
#include <sanitizer/common_interface_defs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

constexpr std::size_t kMaxInput = 64 * 1024;
constexpr std::size_t kMaxSeeds = 4096;
constexpr unsigned kMaxSecondsPerInput = 10;
constexpr std::size_t kMapSize = 1 << 16;

// What the instrumented code and the signal handlers write to: no way around globals here.
struct Shared {
  std::array<std::uint8_t, kMapSize> map{};
  std::uintptr_t previous = 0;
  bool counting = false;
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
};
Shared shared;

void keep_input() {
  const int file = ::open("crash-input", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  [[maybe_unused]] const ssize_t written = ::write(file, shared.data, shared.size);
  ::close(file);
  constexpr std::string_view kTold = "fuzz: the input is in crash-input\n";
  [[maybe_unused]] const ssize_t told = ::write(STDERR_FILENO, kTold.data(), kTold.size());
}

void on_signal(int number) {
  keep_input();
  std::signal(number, SIG_DFL);
  std::raise(number == SIGALRM ? SIGABRT : number);
}

class Numbers {  // xorshift64*
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u | 1u) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1du;
  }
  /// In [0, limit); 0 where limit is 0.
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : next() % limit; }

 private:
  std::uint64_t state_;
};

// Things that parsers look for, and numbers at the edge of their types.
constexpr std::array<std::string_view, 40> kWords{"{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  "\"",
                                                  ",",
                                                  ":",
                                                  "\\u0000",
                                                  "\\ud800",
                                                  "null",
                                                  "true",
                                                  "1e309",
                                                  "-0",
                                                  "0",
                                                  "255",
                                                  "256",
                                                  "65535",
                                                  "65536",
                                                  "4294967296",
                                                  "18446744073709551615",
                                                  "9007199254740993",
                                                  "\r\n",
                                                  "\n",
                                                  "\n\n",
                                                  "\0\0\0\0",
                                                  "\xff\xff\xff\xff",
                                                  "\xe2\x80\x94 ",
                                                  ".",
                                                  "~",
                                                  "#",
                                                  "%23",
                                                  "/",
                                                  "+",
                                                  "=",
                                                  "==",
                                                  "Content-Length: ",
                                                  "Transfer-Encoding: chunked\r\n",
                                                  "endobj\n",
                                                  "stream\n",
                                                  "<</"};

// Whole inputs of a few kinds, where the vectors have none.
constexpr std::array<std::string_view, 5> kExamples{
    "GET /v/0 HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n",
    "POST /x?a=b HTTP/1.1\r\nHost: h:1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "tile/entries/x001/x234/067.p/255", "tile/63/000"};

class Mutator {
 public:
  Mutator(Numbers& numbers, const std::vector<Input>& seeds) : numbers_(&numbers), seeds_(&seeds) {}

  Input make() {
    Input input = any_seed();
    for (std::size_t times = 1 + numbers_->below(6); times > 0; --times) change(input);
    if (input.size() > kMaxInput) input.resize(kMaxInput);
    return input;
  }

 private:
  // Every other time one of the latest, which led to new code.
  const Input& any_seed() {
    const std::size_t latest = std::min<std::size_t>(seeds_->size(), 8);
    const bool late = numbers_->below(2) == 0;
    return (*seeds_)[late ? seeds_->size() - 1 - numbers_->below(latest)
                          : numbers_->below(seeds_->size())];
  }
  // Readers decide at the beginning: half of all changes fall into the first bytes.
  std::size_t any_place(std::size_t places) {
    return numbers_->below(std::min(places, std::size_t{1} << numbers_->below(14)));
  }
  std::uint8_t any_byte() { return static_cast<std::uint8_t>(numbers_->next()); }
  static auto at(Input& input, std::size_t place) {
    return input.begin() + static_cast<std::ptrdiff_t>(place);
  }

  void change(Input& input) {
    const std::size_t place = any_place(input.size() + 1);
    switch (numbers_->below(9)) {
      case 0:
        return flip_bit(input);
      case 1:
        if (!input.empty()) input[place % input.size()] = any_byte();
        return;
      case 2:
        input.insert(at(input, place), any_byte());
        return;
      case 3:
        return insert_word(input, place);
      case 4:
        return erase(input, place);
      case 5:
        return repeat(input, place);
      case 6:
        return splice(input, place);
      case 7:
        return overwrite_word(input, place);
      default:
        input.resize(place);
    }
  }

  void flip_bit(Input& input) {
    if (input.empty()) return;
    input[any_place(input.size())] ^= static_cast<std::uint8_t>(1u << numbers_->below(8));
  }
  void insert_word(Input& input, std::size_t place) {
    const std::string_view word = kWords[numbers_->below(kWords.size())];
    input.insert(at(input, place), word.begin(), word.end());
  }
  void overwrite_word(Input& input, std::size_t place) {
    const std::string_view word = kWords[numbers_->below(kWords.size())];
    const std::size_t fits = std::min(word.size(), input.size() - place);
    std::copy_n(word.begin(), fits, at(input, place));
  }
  void erase(Input& input, std::size_t place) {
    const std::size_t count = std::min(1 + numbers_->below(32), input.size() - place);
    input.erase(at(input, place), at(input, place + count));
  }
  void repeat(Input& input, std::size_t place) {
    const std::size_t count = std::min(1 + numbers_->below(64), input.size() - place);
    const Input part(at(input, place), at(input, place + count));
    for (std::size_t times = 1 + numbers_->below(8); times > 0; --times) {
      input.insert(at(input, place), part.begin(), part.end());
    }
  }
  void splice(Input& input, std::size_t place) {
    Input other = any_seed();
    input.resize(place);
    input.insert(input.end(), at(other, numbers_->below(other.size() + 1)), other.end());
  }

  Numbers* numbers_;
  const std::vector<Input>* seeds_;
};

class Session {
 public:
  explicit Session(std::uint64_t seed) : numbers_(seed) {}

  void add_seeds(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) {
      std::vector<std::filesystem::path> inside;  // in a fixed order
      for (const auto& entry : std::filesystem::directory_iterator(path)) inside.push_back(entry);
      std::sort(inside.begin(), inside.end());
      for (const std::filesystem::path& each : inside) add_seeds(each);
      return;
    }
    std::ifstream file(path, std::ios::binary);
    Input content{std::istreambuf_iterator<char>(file), {}};
    if (content.size() <= kMaxInput) seeds_.push_back(std::move(content));
  }

  void add_made_seeds() {
    seeds_.emplace_back();
    for (const std::string_view word : kWords) seeds_.emplace_back(word.begin(), word.end());
    for (const std::string_view each : kExamples) seeds_.emplace_back(each.begin(), each.end());
    for (const std::size_t size : {1u, 16u, 33u, 255u, 256u, 4096u}) {
      Input noise(size);
      for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(numbers_.next());
      seeds_.push_back(std::move(noise));
    }
  }

  void run(std::uint64_t most_runs, std::chrono::seconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    const std::vector<Input> given = seeds_;
    for (const Input& seed : given) try_one(seed);
    const std::size_t from = seeds_.size();
    Mutator mutator(numbers_, seeds_);
    while (runs_ < most_runs && std::chrono::steady_clock::now() < end) {
      Input input = mutator.make();
      if (try_one(input) && seeds_.size() < kMaxSeeds) seeds_.push_back(std::move(input));
    }
    std::cout << runs_ << " runs, " << from << " seeds, " << seeds_.size() - from
              << " found on the way, " << covered_ << " edges\n";
  }

  /// Whether it reached anything new.
  bool try_one(const Input& input) {
    // A copy of exact size, so that reading beyond it is noticed.
    const std::unique_ptr<std::uint8_t[]> copy(new std::uint8_t[input.size()]);
    std::copy(input.begin(), input.end(), copy.get());
    shared.map.fill(0);
    shared.previous = 0;
    shared.data = copy.get();
    shared.size = input.size();
    ::alarm(kMaxSecondsPerInput);
    shared.counting = true;
    LLVMFuzzerTestOneInput(copy.get(), input.size());
    shared.counting = false;
    ::alarm(0);
    ++runs_;
    return note_coverage();
  }

 private:
  bool note_coverage() {
    bool found = false;
    for (std::size_t at = 0; at < kMapSize; ++at) {
      if (shared.map[at] == 0 || seen_[at]) continue;
      seen_[at] = true;
      ++covered_;
      found = true;
    }
    return found;
  }

  Numbers numbers_;
  std::vector<Input> seeds_;
  std::vector<bool> seen_ = std::vector<bool>(kMapSize);
  std::size_t covered_ = 0;
  std::uint64_t runs_ = 0;
};

int wrong_use() {
  std::cerr << "fuzz_NAME [--seconds N] [--runs N] [--seed S] [FILE|FOLDER...]\n"
               "fuzz_NAME --again FILE\n";
  return 2;
}

}  // namespace

extern "C" __attribute__((no_sanitize("address", "undefined"))) void __sanitizer_cov_trace_pc() {
  if (!shared.counting) return;
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  const std::uintptr_t edge = (here ^ (shared.previous >> 1)) * 0x9e3779b97f4a7c15u;
  shared.map[edge >> 48] = 1;
  shared.previous = here;
}

int main(int count, char** values) {
  __sanitizer_set_death_callback(keep_input);
  for (const int number : {SIGABRT, SIGALRM, SIGSEGV}) std::signal(number, on_signal);

  std::uint64_t seed = 1;
  std::uint64_t runs = ~std::uint64_t{0};
  std::chrono::seconds time{10};
  std::vector<std::filesystem::path> given;
  bool again = false;
  for (int at = 1; at < count; ++at) {
    const std::string word = values[at];
    const bool is_option = word.starts_with("--");
    if (is_option && at + 1 == count) return wrong_use();
    if (word == "--seconds") {
      time = std::chrono::seconds{std::strtoul(values[++at], nullptr, 10)};
    } else if (word == "--runs") {
      runs = std::strtoull(values[++at], nullptr, 10);
    } else if (word == "--seed") {
      seed = std::strtoull(values[++at], nullptr, 10);
    } else if (word == "--again") {
      again = true;
      given.emplace_back(values[++at]);
    } else if (is_option) {
      return wrong_use();
    } else {
      given.emplace_back(word);
    }
  }
  Session session(seed);
  for (const std::filesystem::path& path : given) session.add_seeds(path);
  if (!again) session.add_made_seeds();
  session.run(again ? 0 : runs, time);
  return 0;
}
