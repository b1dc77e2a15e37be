// What another reader says of each attack, beside our verdict: the table of docs/attacks.md.
//
// After a change: REFLEDGER_WRITE_GOLDEN=1 build/tests/verify_pdf_tests, then read the difference.
#include <fstream>
#include <sstream>

#include "ledger/core/file.h"
#include "support/shell.h"
#include "update_attacks.h"

namespace refledger::verify {
namespace {

constexpr std::string_view kBegin =
    "<!-- the table that tests/verify/pdf/readers_test.cpp makes -->\n";

// What stands behind a label of pdfsig's, once a signature.
std::vector<std::string> behind(const std::string& output, const std::string& label) {
  std::vector<std::string> found;
  for (std::size_t at = output.find(label); at != std::string::npos; at = output.find(label, at)) {
    at += label.size();
    found.push_back(output.substr(at, output.find('\n', at) - at));
  }
  return found;
}

// In few words, without what depends on the day: whom it trusts.
std::string said_by_pdfsig(const std::string& path, const std::string& database) {
  const std::string output = test::run("pdfsig -no-ocsp -nssdir " + database + " " + path).output;
  const std::vector<std::string> verdicts = behind(output, "Signature Validation: ");
  if (verdicts.empty()) return "no signature";
  std::vector<std::string> covers;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("otal document signed") == std::string::npos) continue;
    covers.emplace_back(line.find("Not total") == std::string::npos ? "total" : "not total");
  }
  std::string said;
  for (std::size_t at = 0; at < verdicts.size(); ++at) {
    const bool valid = verdicts[at] == "Signature is Valid.";
    std::string one = valid ? "**valid**" : verdicts[at];
    while (one.ends_with('.')) one.pop_back();
    said += (said.empty() ? "" : "; ") + one;
    if (at < covers.size()) said += ", " + covers[at];
  }
  return said;
}

struct Readers : testing::Test {
  test::TemporaryFolder folder;
  std::string database = "sql:" + folder.path().string();

  Readers() {
    EXPECT_EQ(test::run("certutil -N --empty-password -d " + database).status, 0);
    trust("one", authority().root_pem);
    trust("two", authorities().company.root_pem());
    trust("three", authorities().person.root_pem());
  }
  void trust(const std::string& name, std::string_view pem) {
    const std::string path = (folder.path() / (name + ".pem")).string();
    EXPECT_TRUE(write_file(path, bytes_of(pem)));
    EXPECT_EQ(
        test::run("certutil -A -n " + name + " -t CT,C,C -i " + path + " -d " + database).status,
        0);
  }
  std::string told(const std::string& name, const std::string& file) {
    const std::string path = (folder.path() / "file.pdf").string();
    EXPECT_TRUE(write_file(path, bytes_of(file)));
    return "| `" + name + "` | " + verdict(file) + " | " + said_by_pdfsig(path, database) + " |\n";
  }
};

TEST_F(Readers, SayOfEachAttackWhatTheTableSaysAndOursRefusesIt) {
  std::string table = "| file | ours | pdfsig 22.12 |\n| --- | --- | --- |\n";
  table += told("(sealed)", original());
  table += told("(two signatories)", lasting_file(both));
  table += told("(B-LTA, two signatories)", lasting_file(all));
  std::vector<Attack> every = attacks();
  for (Attack& more : attacks_on_updates()) every.push_back(std::move(more));
  std::size_t taken_by_pdfsig = 0;
  for (const Attack& attack : every) {
    EXPECT_NE(verdict(attack.file), "whole") << attack.name;
    const std::string line = told(attack.name, attack.file);
    taken_by_pdfsig += line.find("**valid**") != std::string::npos ? 1 : 0;
    table += line;
  }
  EXPECT_GT(taken_by_pdfsig, every.size() / 3) << "why its word alone is no verdict";
  const std::string page = std::string(REFLEDGER_VECTORS) + "/../../docs/attacks.md";
  const std::string text(text_of(*read_file(page, 1 << 20)));
  const std::size_t begin = text.find(kBegin);
  ASSERT_NE(begin, std::string::npos);
  const std::string intro = text.substr(0, begin + kBegin.size());
  if (std::getenv("REFLEDGER_WRITE_GOLDEN") != nullptr) {
    std::ofstream(page) << intro << table;
    return;
  }
  EXPECT_EQ(text.substr(intro.size()), table);
}

}  // namespace
}  // namespace refledger::verify
