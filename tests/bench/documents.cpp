// Renders and seals references as fast as it can, each another person's, and says what it took.
//
//   documents_bench letter
//       the letter that is measured, as JSON, for other programs to print
//   documents_bench [--threads N] [--paragraphs N] [--seconds N]
//       {"documents":N,"pages":N,"wall_ms":F,"cpu_ms":F,"bytes":N}, the last three a document
//
// tests/bench/documents.py runs it beside others (docs/performance.md).
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "render/pdf/qr.h"
#include "render/seal/seal.h"
#include "support/letters.h"

namespace refledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "documents_bench: %s\n", result.error().detail.c_str());
    std::exit(1);
  }
  return *std::move(result);
}

struct Options {
  int threads = 1;
  std::size_t paragraphs = 0;  ///< beyond those of the one page
  int seconds = 3;
};

/// A claims file as long as a real one.
constexpr std::size_t attachment_bytes = 2600;

pdf::Document letter(std::size_t paragraphs) {
  pdf::Document made = test::full_reference(paragraphs);
  made.attachment.content = std::string(attachment_bytes, 'a');
  return made;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Another name, code and attachment each time: nothing of a document can be kept from the last.
void address_to(pdf::Document& document, const pdf::Document& model, std::uint64_t number) {
  static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  std::string name = "Mara ";
  for (std::uint64_t rest = number * 2654435761 % 1'000'000; name.size() < 10; rest /= 26) {
    name += letters[rest % 26];
  }
  std::string code = std::to_string(number);
  code.insert(0, 26 - code.size(), '0');
  document.letter = model.letter;
  document.letter.sections.front().paragraphs.front() =
      replaced(model.letter.sections.front().paragraphs.front(), "Mara Brunner", name);
  document.holder = name;
  document.qr->qr_text = "HTTPS://REFS.NORDLICHT.EXAMPLE/V/" + code + "#" + code;
  document.qr->typed_id = document.qr->typed_secret = code;
  document.attachment.content.replace(0, code.size(), code);
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Press {
  pdf::Fonts fonts = need(pdf::Fonts::load());
  seal::DemonstrationCa ca =
      need(seal::make_demonstration_ca("Nordlicht Instrumente AG", test::HandClock().now()));
  seal::DocumentKey key = need(seal::DocumentKey::from_pem(ca.key_pem, ca.chain_pem));
  std::size_t reserve = seal::reserve_for(key.chain());

  std::size_t print(const pdf::Document& document) const {
    pdf::Prepared prepared = need(pdf::render(document, fonts, reserve));
    return need(seal::sign_pdf(std::move(prepared.file), prepared.contents_begin,
                               prepared.contents_end, key))
        .size();
  }
};

void print_until(Clock::time_point end, const Press& press, const pdf::Document& model,
                 std::atomic<std::uint64_t>& printed, std::atomic<std::uint64_t>& bytes) {
  pdf::Document document = model;
  while (Clock::now() < end) {
    address_to(document, model, ++printed);
    bytes += press.print(document);
  }
}

std::size_t pages_of(const Bytes& file) {
  std::size_t pages = 0;
  const std::string_view text = text_of(file);
  for (std::size_t at = text.find("/Type /Page "); at != std::string_view::npos;
       at = text.find("/Type /Page ", at + 1)) {
    ++pages;
  }
  return pages;
}

int measure(const Options& options) {
  const Press press;
  const pdf::Document model = letter(options.paragraphs);
  for (int warm = 0; warm < 5; ++warm) press.print(model);
  std::atomic<std::uint64_t> printed{0};
  std::atomic<std::uint64_t> bytes{0};
  const double cpu = cpu_seconds();
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> threads;
  for (int at = 0; at < options.threads; ++at) {
    threads.emplace_back(print_until, start + std::chrono::seconds(options.seconds),
                         std::cref(press), std::cref(model), std::ref(printed), std::ref(bytes));
  }
  for (std::thread& thread : threads) thread.join();
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();
  const auto count = static_cast<double>(printed.load());
  std::printf(
      "{\"documents\":%.0f,\"pages\":%zu,\"wall_ms\":%.3f,\"cpu_ms\":%.3f,\"bytes\":%.0f}\n", count,
      pages_of(need(pdf::render(model, press.fonts)).file), wall * 1000 / count,
      (cpu_seconds() - cpu) * 1000 / count, static_cast<double>(bytes.load()) / count);
  return 0;
}

// The dark modules as an SVG path, one unit each.
std::string path_of(const pdf::QrModules& modules) {
  std::string path;
  for (const pdf::ModuleRun& run : modules.runs) {
    const std::string width = std::to_string(run.end - run.begin);
    path += "M" + std::to_string(run.begin) + " " + std::to_string(run.row) + "h" + width + "v1h-" +
            width + "z";
  }
  return path;
}

int tell_letter() {
  const pdf::Document document = letter(0);
  Json sections = Json::array();
  for (const letter::Section& section : document.letter.sections) {
    sections.push_back({{"list", section.list}, {"paragraphs", section.paragraphs}});
  }
  Json signatures = Json::array();
  for (const letter::Signature& signature : document.letter.signatures) {
    signatures.push_back({{"name", signature.name}, {"lines", signature.lines}});
  }
  const pdf::QrModules modules = need(pdf::qr_modules(document.qr->qr_text));
  const Json told{
      {"title", document.letter.title},
      {"language", document.letter.language},
      {"employer", document.letter.employer},
      {"letterhead", document.letterhead.name},
      {"address", document.letterhead.address_lines},
      {"footer", document.letterhead.footer_lines},
      {"sections", sections},
      {"place_and_date", document.letter.place_and_date},
      {"signatures", signatures},
      {"captions",
       {document.letter.mode_caption, document.letter.qr_caption, document.letter.typed_caption,
        document.letter.address_label + " " + document.qr->address,
        document.letter.id_label + " " + document.qr->typed_id,
        document.letter.secret_label + " " + document.qr->typed_secret}},
      {"qr", {{"side", modules.side}, {"path", path_of(modules)}}}};
  std::puts(told.dump().c_str());
  return 0;
}

int usage() {
  std::fputs("usage: documents_bench letter | [--threads N] [--paragraphs N] [--seconds N]\n",
             stderr);
  return 2;
}

}  // namespace
}  // namespace refledger::bench

int main(int count, char** words) {
  using namespace refledger::bench;
  const std::vector<std::string> given(words + 1, words + count);
  if (given == std::vector<std::string>{"letter"}) return tell_letter();
  Options options;
  for (std::size_t at = 0; at + 1 < given.size(); at += 2) {
    const int number = std::atoi(given[at + 1].c_str());
    if (given[at] == "--threads" && number > 0) {
      options.threads = number;
    } else if (given[at] == "--paragraphs" && number >= 0) {
      options.paragraphs = static_cast<std::size_t>(number);
    } else if (given[at] == "--seconds" && number > 0) {
      options.seconds = number;
    } else {
      return usage();
    }
  }
  return given.size() % 2 == 0 ? measure(options) : usage();
}
