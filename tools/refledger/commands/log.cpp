// `refledger log`: one word after it says which part.
#include <array>

#include "tools/refledger/commands/each.h"
#include "tools/refledger/commands/log_parts.h"

namespace refledger::tools {
namespace {

constexpr const char* kLogHelp =
    R"(refledger log fsck --config FILE [--tree-only] [--threads N] [--json]
refledger log fsck --export FOLDER --vkey VKEY|FILE [--root VKEY|FILE] [--tree-only]
              [--threads N] [--json]
refledger log checkpoint --config FILE [--json]
refledger log export FOLDER --config FILE [--json]
refledger log monitor URL --vkey VKEY|FILE --state FILE [--issuer ISS]
              [--root VKEY|FILE] [--every SECONDS] [--ca-file FILE] [--json]
refledger log backup FOLDER --config FILE [--json]
refledger log restore FOLDER --config FILE [--new-epoch] [--yes] [--json]
refledger log adopt --config FILE [--yes]
refledger log root FILE --config FILE
refledger log close --root-key FILE --config FILE [--key-stolen] [--yes] [--json]
refledger log succeed --root-key FILE --config FILE [--json]

fsck        recomputes the whole ledger from its entries: every signature, tile,
            index row, checkpoint and status list, and the rules of the keys. It can
            run beside the desk and changes nothing. With --export it checks the
            files of an export; those have no indexes and no status lists.
  --tree-only              hashes, tiles and checkpoints only; quick
  --threads N              1 to 9 (default: one for each processor)
  --vkey VKEY|FILE         the log's verifier key, or the file that holds it
  --root VKEY|FILE         the root's, whose word on where a log ends then counts
  Exit: 0 all is right, 1 something is wrong, 2 wrong use, 3 ended early.

checkpoint  prints the newest signed checkpoint.

export      writes the log into FOLDER as files that any web server can hand out
            as they are, and that every client of c2sp.org/tlog-tiles reads. Run it
            again to bring them up to date.

monitor     reads somebody's log from URL (its prefix, https://HOST/log): every entry
            that is new since the last run, each checked by the rules. It tells the
            key entries of all issuers and every entry of ISS (or of everybody), and
            raises an alarm if the log is not the continuation of what it showed
            before. Needs no settings.
  --state FILE             what is remembered from one run to the next
  --root VKEY|FILE         the root's verifier key: where that closed the log, its
                           successor is followed
  --every SECONDS          go on until stopped or alarmed
  --ca-file FILE           more root certificates (PEM)
  Exit: 0 nothing is wrong, 1 alarm, 2 wrong use, 3 the log cannot be read now.

backup      writes the ledger into FOLDER and checks what lies there: an export, the
            tokens of the status lists, and the newest cosigned checkpoint. It runs
            beside the desk; run it again to bring the backup up to date.

restore     makes the ledger from a backup or an export, where there is none, and
            checks all of it. A state older than the head anchor, or one without an
            anchor beside it, is refused: what is missing was given receipts.
  --new-epoch              go on from it all the same, under another name: the log is
                           HOST/log/epoch-N from now on. Raise log.epoch in the
                           settings first. What the backup does not hold is given up.
  --yes                    do not ask

adopt       makes this place and this machine's clock the right ones for the ledger.
            A ledger refuses to start from a folder that was copied or moved, because
            two copies would sign two histories. Use it after a move, once the other
            copy can never start again, or after the clock had been wrong.
  --yes                    do not ask

root        draws the root key, writes it to FILE, to be printed and put away, and adds
            its public part to trust.txt. Do it before anybody needs it: whoever has
            that file will believe what the key says about the log's end.

close       ends the log where it is; nothing is appended to it ever again. What was
            proven stays proven. The desk must not be running.
  --root-key FILE          the key as it was printed, or typed from the page
  --key-stolen             the log's key is in other hands: of what it signed, only
                           the state that is closed here counts from now on
  --yes                    do not ask

succeed     starts the successor of a closed log: the same entries under the name
            HOST/log/epoch-N and a new key. Raise log.epoch in the settings first.
            Run it again if it was interrupted.

Exit of the others: 0 done, 1 failed, 2 wrong use.
)";

struct Part {
  std::string_view name;
  int (*run)(const Arguments&);
};
constexpr std::array kParts{
    Part{"fsck", log_fsck},       Part{"checkpoint", log_checkpoint},
    Part{"export", log_export},   Part{"monitor", log_monitor},
    Part{"adopt", log_adopt},     Part{"backup", log_backup},
    Part{"restore", log_restore}, Part{"root", log_root},
    Part{"close", log_close},     Part{"succeed", log_succeed},
};

int run_log(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given,
                      {"--config", "--export", "--vkey", "--threads", "--state", "--issuer",
                       "--every", "--ca-file", "--root", "--root-key"},
                      {"--yes", "--json", "--tree-only", "--new-epoch", "--key-stolen"}, 2);
  if (!arguments) return wrong_use(arguments.error());
  for (const Part& part : kParts) {
    if (!arguments->words.empty() && arguments->words.front() == part.name) {
      return part.run(*arguments);
    }
  }
  return wrong_use({Fault::malformed, "log what?"});
}

}  // namespace

Command log_command() {
  return {"log", "check, show, export and monitor a ledger", kLogHelp, run_log};
}

}  // namespace refledger::tools
