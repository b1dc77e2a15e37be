// `refledger key`: one word after it says which part.
#include <array>
#include <iostream>

#include "ledger/core/file.h"
#include "render/seal/seal.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/commands/key_parts.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

constexpr const char* kKeyHelp = R"(refledger key list --config FILE [--json]
refledger key rotate --config FILE [--use issuer|status] [--recovery-file FILE]
              [--new-recovery KEY]
refledger key retire KID --config FILE [--bad-from INDEX] [--recovery-file FILE] [--yes]
refledger key recovery create --out FILE
refledger key demo-tls --host NAME|ADDRESS --out FOLDER

list        every key of the issuer, as the ledger tells it.

rotate      makes a new key, announces it in the ledger and uses it from the next
            start on. The desk must be stopped, and no reference be half issued. The
            key before stays current until it is retired.
  --use issuer|status      which key (default issuer)
  --recovery-file FILE     the recovery key signs in place of the present key: where
                           that is lost or stolen
  --new-recovery KEY       names another recovery key (from `recovery create`); only
                           the present recovery key may sign that

retire      ends a key. What it signed before stays valid.
  --bad-from INDEX         the key was stolen: nothing that it signed from this
                           position of the ledger on counts
  --yes                    do not ask

recovery create
            draws a recovery key, to be done on a machine that stays offline; prints
            its public half.

demo-tls    makes a TLS certificate for trying the service from another device: a
            root (to be trusted there), a certificate for that host, and its key.

Exit: 0 done, 1 failed, 2 wrong use.
)";

int demo_tls(const Arguments& arguments) {
  const std::filesystem::path out = arguments.value("--out");
  if (out.empty() || arguments.value("--host").empty()) {
    return wrong_use({Fault::malformed, "key demo-tls needs --host and --out"});
  }
  const Result<seal::DemonstrationCa> made =
      seal::make_demonstration_tls(arguments.value("--host"), SystemClock().now());
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

struct Part {
  std::string_view name;
  int (*run)(const Arguments&);
};
constexpr std::array kParts{Part{"list", key_list}, Part{"rotate", key_rotate},
                            Part{"retire", key_retire}, Part{"recovery", key_recovery},
                            Part{"demo-tls", demo_tls}};

int run_key(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(
      given,
      {"--config", "--host", "--out", "--use", "--recovery-file", "--new-recovery", "--bad-from"},
      {"--json", "--yes"}, 2);
  if (!arguments) return wrong_use(arguments.error());
  for (const Part& part : kParts) {
    if (!arguments->words.empty() && arguments->words.front() == part.name) {
      return part.run(*arguments);
    }
  }
  return wrong_use({Fault::malformed, "key what?"});
}

}  // namespace

Command key_command() { return {"key", "list, rotate and retire keys", kKeyHelp, run_key}; }

}  // namespace refledger::tools
