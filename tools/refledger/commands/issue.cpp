#include <iostream>

#include "desk/case/order.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/control.h"
#include "tools/refledger/issue_json.h"

namespace refledger::tools {
namespace {

constexpr const char* kIssueHelp =
    R"(refledger issue FILE.json --config FILE [--out FILE.pdf] [--no-qr] [--json]
refledger issue FILE.json --test --out FILE.pdf
refledger issue FILE.json --prepare --chain CHAIN.pem [--second-chain CHAIN.pem | --seal-first]
refledger issue --assemble CASE --signature FILE [--out FILE.pdf]
refledger issue FILE.json --print --out FILE.pdf
refledger issue --register CASE --by NAME
refledger issue --handed-out CASE

Makes the reference that FILE.json describes: any type of the rule packs. Tells
what the checks find; a block stops it. The same file again makes no second one.
The members of the file: docs/issue.md.

  --test             a test document with a watermark: no number, no entry
  --prepare          for a signer whose key is not here: tells what to sign
  --chain FILE       that signer's certificate and those above it, PEM
  --second-chain FILE  a second signer's, who is asked when the first has signed
  --seal-first       the employer's seal signs first, then that signer
  --assemble CASE    takes the signature and issues the document
  --signature FILE   64 bytes (r and s) or DER, or a whole CMS
  --print            a print to be signed by hand; issued when it is registered
  --register CASE    the signed copy is there: issues it
  --by NAME          who registers it
  --handed-out CASE  the holder has the file: destroys what is left of it here
  --out FILE         writes the PDF
  --no-qr            a print without code and address

Exit: 0 done, 1 failed, 2 wrong use or a file that cannot be, 4 checks stand in
the way: nothing was issued.
)";

constexpr int kExitStopped = 4;
constexpr std::size_t kMaxChain = std::size_t{64} * 1024;
constexpr std::size_t kMaxSignature = std::size_t{64} * 1024;

struct Question {
  std::string path;
  Json body;
};

Result<std::string> order_file(const Arguments& arguments) {
  const Result<Bytes> file = read_file(arguments.words.front(), desk::kMaxOrder);
  if (!file) return file.error();
  Result<Json> order = parse_json(text_of(*file), desk::kMaxOrder, "order");
  if (!order) return order.error();
  if (arguments.has("--no-qr") && order->is_object()) (*order)["qr"] = false;
  return order->dump();
}

Result<Question> about_a_file(const Arguments& arguments) {
  Result<std::string> order = order_file(arguments);
  if (!order) return order.error();
  if (arguments.has("--test")) return Question{"/issue/test", {{"order", *order}}};
  Json body{{"order", *order},
            {"mode", "company-seal"},
            {"chain", ""},
            {"second_chain", ""},
            {"seal_first", arguments.has("--seal-first")}};
  if (!arguments.has("--prepare") &&
      (arguments.has("--seal-first") || !arguments.value("--second-chain").empty())) {
    return Error{Fault::malformed, "--second-chain and --seal-first belong to --prepare"};
  }
  if (arguments.has("--print")) body["mode"] = "by-hand";
  if (arguments.has("--prepare")) {
    const std::string named = arguments.value("--chain");
    if (named.empty()) return Error{Fault::malformed, "--prepare needs --chain"};
    const Result<Bytes> chain = read_file(named, kMaxChain);
    if (!chain) return chain.error();
    body["mode"] = "qualified";
    body["chain"] = std::string(text_of(*chain));
    if (const std::string other = arguments.value("--second-chain"); !other.empty()) {
      const Result<Bytes> second = read_file(other, kMaxChain);
      if (!second) return second.error();
      body["second_chain"] = std::string(text_of(*second));
    }
  }
  return Question{"/issue", std::move(body)};
}

Result<Question> about_a_case(const Arguments& arguments) {
  if (const std::string id = arguments.value("--assemble"); !id.empty()) {
    const Result<Bytes> signature = read_file(arguments.value("--signature"), kMaxSignature);
    if (!signature) return signature.error();
    return Question{"/issue/assemble", {{"case", id}, {"signature", to_base64(*signature)}}};
  }
  if (const std::string id = arguments.value("--register"); !id.empty()) {
    return Question{"/issue/register", {{"case", id}, {"by", arguments.value("--by")}}};
  }
  return Question{"/issue/handed-out", {{"case", arguments.value("--handed-out")}}};
}

Result<Question> question_of(const Arguments& arguments) {
  std::size_t cases = 0;
  for (const char* name : {"--assemble", "--register", "--handed-out"}) {
    cases += arguments.value(name).empty() ? 0 : 1;
  }
  std::size_t modes = 0;
  for (const char* flag : {"--test", "--prepare", "--print"}) modes += arguments.has(flag) ? 1 : 0;
  if (arguments.words.size() + cases != 1 || modes > 1 || (cases == 1 && modes > 0)) {
    return Error{Fault::malformed, "one file, or one case"};
  }
  return cases == 1 ? about_a_case(arguments) : about_a_file(arguments);
}

Result<void> write_document(const Arguments& arguments, const Json& answer) {
  const std::string out = arguments.value("--out");
  if (out.empty() || !answer.value("document", Json()).is_string()) return {};
  const Result<Bytes> document = from_base64(answer["document"].get<std::string>(), "document");
  if (!document) return document.error();
  return write_file(out, *document);
}

int run_issue(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given,
                      {"--config", "--out", "--chain", "--second-chain", "--assemble",
                       "--signature", "--register", "--by", "--handed-out"},
                      {"--json", "--test", "--prepare", "--print", "--no-qr", "--seal-first"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Question> question = question_of(*arguments);
  if (!question) {
    const bool asked_wrongly = question.error().fault == Fault::malformed;
    return asked_wrongly ? wrong_use(question.error()) : failed(question.error());
  }
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  const Result<Json> answer = command(*settings, question->path, question->body);
  if (!answer) return failed(answer.error());
  if (auto written = write_document(*arguments, *answer); !written) return failed(written.error());
  std::cout << (arguments->has("--json") ? answer->dump(2) + "\n"
                                         : issued_text(*answer, settings->issuer.hr_language));
  const bool stopped = !answer->value("refused", "").empty() && !arguments->has("--test");
  return stopped ? kExitStopped : 0;
}

}  // namespace

Command issue_command() {
  return {"issue", "make a reference from a description", kIssueHelp, run_issue};
}

}  // namespace refledger::tools
