#include <iostream>

#include "ledger/core/file.h"
#include "render/seal/seal.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

constexpr const char* kKeyHelp = R"(refledger key demo-tls --host NAME|ADDRESS --out FOLDER

Makes a TLS certificate for trying the service from another device: a root (to be
trusted there), a certificate for that host, and its key. For demonstrations only.

Exit: 0 done, 1 failed, 2 wrong use.
)";

int run_key(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--host", "--out"}, {}, 1);
  if (!arguments) return wrong_use(arguments.error());
  const std::filesystem::path out = arguments->value("--out");
  if (arguments->words != std::vector<std::string>{"demo-tls"} || out.empty() ||
      arguments->value("--host").empty()) {
    return wrong_use({Fault::malformed, "key demo-tls needs --host and --out"});
  }
  const Result<seal::DemonstrationCa> made =
      seal::make_demonstration_tls(arguments->value("--host"), SystemClock().now());
  if (!made) return failed(made.error());
  if (Result<void> folder = make_private_folder(out); !folder) return failed(folder.error());
  for (const auto& [name, content] :
       {std::pair<const char*, std::string_view>{"root.pem", made->root_pem},
        {"certificate.pem", made->chain_pem},
        {"key.pem", made->key_pem}}) {
    if (Result<void> written = write_file(out / name, bytes_of(content)); !written) {
      return failed(written.error());
    }
  }
  std::cout << "Trust " << (out / "root.pem").string() << " on the other device.\n";
  return 0;
}

}  // namespace

Command key_command() {
  return {"key", "make certificates for a demonstration", kKeyHelp, run_key};
}

}  // namespace refledger::tools
