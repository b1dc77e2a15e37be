#include "render/letter/clean.h"

#include <sstream>

#include "render/letter/letter.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kMaxName = 120;
constexpr std::size_t kMaxLine = 160;
constexpr std::size_t kMaxShort = 40;
constexpr std::size_t kMaxTask = 300;
constexpr std::size_t kMaxText = 3000;
constexpr std::size_t kMaxItems = 40;

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

// Cleans texts one after the other and remembers the first that is not fit.
class Cleaner {
 public:
  void text(std::string& field, const std::string& what, std::size_t longest) {
    if (error_) return;
    Result<std::string> clean = clean_text(field, what, longest);
    if (clean) {
      field = *std::move(clean);
    } else {
      error_ = clean.error();
    }
  }
  void text(std::optional<std::string>& field, const std::string& what, std::size_t longest) {
    if (field && is_blank(*field)) field.reset();
    if (field) text(*field, what, longest);
  }
  void optional_text(std::string& field, const std::string& what, std::size_t longest) {
    if (is_blank(field)) field.clear();
    if (!field.empty()) text(field, what, longest);
  }
  void texts(std::vector<std::string>& fields, const std::string& what, std::size_t longest) {
    if (fields.size() > kMaxItems) error_ = Error{Fault::out_of_range, what + ": too many"};
    for (std::string& field : fields) text(field, what, longest);
  }
  void wrong(Error error) {
    if (!error_) error_ = std::move(error);
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

void clean_functions(Cleaner& clean, Reference& reference) {
  if (reference.functions.size() > kMaxItems) {
    clean.wrong({Fault::out_of_range, "functions: too many"});
  }
  for (Function& function : reference.functions) {
    clean.text(function.title, "function", kMaxLine);
    clean.text(function.department, "department", kMaxLine);
    clean.text(function.workload, "workload", kMaxShort);
    clean.texts(function.tasks, "tasks", kMaxTask);
  }
}

void clean_blocks(Cleaner& clean, Reference& reference) {
  for (auto& [name, text] : reference.blocks) {
    if (name != "introduction" && name != "closing") {
      clean.wrong({Fault::malformed, "blocks: no such place"});
    }
    const Result<std::vector<std::string>> lines = clean_lines(text, name);
    if (!lines) clean.wrong(lines.error());
  }
}

}  // namespace

Result<Reference> cleaned(Reference reference) {
  Cleaner clean;
  clean.text(reference.given_name, "given_name", kMaxName);
  clean.text(reference.family_name, "family_name", kMaxName);
  clean.text(reference.academic_title, "academic_title", kMaxShort);
  clean.text(reference.place_of_origin, "place_of_origin", kMaxName);
  clean.text(reference.employer, "employer", kMaxLine);
  clean.text(reference.employer_place, "employer_place", kMaxName);
  clean.text(reference.employer_description, "employer_description", kMaxText);
  clean_functions(clean, reference);
  clean.texts(reference.training, "training", kMaxTask);
  clean.text(reference.leaving_reason, "leaving_reason", kMaxText);
  clean.text(reference.absence_mention, "absence_mention", kMaxText);
  clean_blocks(clean, reference);
  for (Signatory& signatory : reference.signatories) {
    clean.text(signatory.name, "signature", kMaxLine);
    clean.optional_text(signatory.function, "signature", kMaxLine);
    clean.optional_text(signatory.rank, "signature", kMaxLine);
  }
  if (clean.error()) return *clean.error();
  return reference;
}

Result<std::vector<std::string>> clean_lines(const std::string& text, const std::string& what) {
  std::vector<std::string> lines;
  std::istringstream rest(text);
  for (std::string line; std::getline(rest, line);) {
    if (is_blank(line)) continue;
    Result<std::string> clean = clean_text(line, what, kMaxText);
    if (!clean) return clean.error();
    lines.push_back(*std::move(clean));
    if (lines.size() > kMaxItems) return Error{Fault::out_of_range, what + ": too many lines"};
  }
  if (lines.empty()) return Error{Fault::malformed, what + ": empty"};
  return lines;
}

}  // namespace refledger::letter
