#include "tools/refledger/closing.h"

#include "ledger/core/file.h"
#include "ledger/format/origin.h"
#include "ledger/log/closing.h"
#include "ledger/log/epoch.h"
#include "tools/refledger/init.h"
#include "tools/refledger/ledger_reader.h"
#include "tools/refledger/paper_key.h"

namespace refledger::tools {
namespace {

using sign::Ed25519Key;

constexpr std::size_t kMaxClosings = std::size_t{1} << 16;
constexpr std::size_t kMaxTrust = std::size_t{1} << 16;
constexpr unsigned kPublicMode = 0644;

Error refused(const std::string& why) { return {Fault::refused, why}; }

std::string epoch_key_name(unsigned epoch) { return "log-epoch-" + std::to_string(epoch); }

// One root for all epochs of a log: it bears the first one's name.
std::string root_name(Settings settings) {
  settings.log_epoch = 1;
  return settings.origin() + "/root";
}

Result<std::vector<std::string>> notes_in(const Home& home) {
  const Result<Bytes> text = read_file(home.closings(), kMaxClosings);
  if (!text && text.error().fault == Fault::not_found) return std::vector<std::string>();
  if (!text) return text.error();
  return format::parse_closings(text_of(*text));
}

// The root key as it came from paper, held against what the installation knows of it.
struct Root {
  format::NoteKey known;
  std::unique_ptr<Ed25519Key> key;

  static Result<Root> open(const Home& home, const std::filesystem::path& file) {
    Result<format::NoteKey> known = read_root_key(home);
    if (!known) return known.error();
    Result<std::unique_ptr<Ed25519Key>> key = read_paper_key(file);
    if (!key) return key.error();
    if ((*key)->public_key() != known->key) {
      return refused(file.string() + " is not the root key of this log");
    }
    return Root{*std::move(known), *std::move(key)};
  }
};

Result<void> write_closing(const Home& home, std::vector<std::string> notes,
                           const format::Closing& closing, const Root& root) {
  notes.push_back(format::sign_closing(closing, root.known.name, *root.key));
  return write_file(home.closings(), bytes_of(format::format_closings(notes)), kPublicMode);
}

Result<std::unique_ptr<Ed25519Key>> open_log_key(const Settings& settings,
                                                 const sign::MasterKey& master) {
  const Home home(settings.data);
  return open_key(home, master, log_key_name(home, settings.log_epoch));
}

// Opened as the desk opens it, so that what the anchor still had is in the store for good.
Result<format::Checkpoint> settled(const Settings& settings, const sign::MasterKey& master,
                                   store::Store& store) {
  const Home home(settings.data);
  const auto key = open_log_key(settings, master);
  if (!key) return key.error();
  const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return anchor.error();
  const SystemClock clock;
  const auto log = log::Log::open(store, settings.origin(), **key, **anchor, clock);
  if (!log) return log.error();
  if (Result<void> built = (*log)->build_indexes(); !built) return built.error();
  const Result<log::View> view = (*log)->view();
  if (!view) return view.error();
  return view->checkpoint();
}

Result<std::unique_ptr<Ed25519Key>> successor_key(const Home& home, const sign::MasterKey& master,
                                                  unsigned epoch) {
  const std::string name = epoch_key_name(epoch);
  if (std::filesystem::exists(home.key(name))) return open_key(home, master, name);
  SystemRandom random;
  std::unique_ptr<Ed25519Key> key = Ed25519Key::generate(random);
  const Result<void> written = write_file(home.key(name), key->seal(master, "key " + name, random));
  if (!written) return written.error();
  return key;
}

// The log that is to be succeeded: the last one closed, if it is of an epoch before.
Result<format::Closing> closed_before(const Home& home, const std::string& origin) {
  const Result<std::vector<format::Closing>> closings = read_closings(home);
  if (!closings) return closings.error();
  if (closings->empty()) return refused("the log is not closed: refledger log close");
  const format::Closing& last = closings->back();
  if (last.last.origin == origin) {
    return refused("the successor needs a name of its own: raise log.epoch first");
  }
  if (!format::is_same_log(last.last.origin, origin)) return refused("another log was closed");
  return last;
}

// Nothing to do where an earlier run came as far as the new anchor: a desk may have gone on from
// it.
Result<bool> has_begun(const Home& home, const store::Store& store, const std::string& origin) {
  const Result<log::View> view = log::View::open(store);
  if (!view) return view.error();
  if (view->checkpoint().origin != origin) return false;
  const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return anchor.error();
  const Result<std::optional<log::Head>> head = (*anchor)->read();
  if (!head) return head.error();
  return head->has_value() && (*head)->checkpoint.starts_with(origin + "\n");
}

Result<void> begin(const Settings& settings, store::Store& store, const Ed25519Key& key,
                   const AfterStep& after_step) {
  const Home home(settings.data);
  const Result<bool> begun = has_begun(home, store, settings.origin());
  if (!begun) return begun.error();
  if (*begun) return {};
  if (Result<void> aside = set_anchor_aside(home, settings.log_epoch); !aside) return aside;
  after_step("anchor set aside");
  const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return anchor.error();
  Result<void> started =
      log::start_epoch(store, settings.origin(), key, **anchor, SystemClock().now());
  if (started) after_step("epoch started");
  return started;
}

}  // namespace

// ---- the root key -------------------------------------------------------------------------------

Result<format::NoteKey> read_root_key(const Home& home) {
  Result<format::NoteKey> key = read_vkey(home.root_vkey());
  if (!key && key.error().fault == Fault::not_found) {
    return Error{Fault::not_found, "there is no root key: refledger log root"};
  }
  return key;
}

Result<format::NoteKey> make_root_key(const Settings& settings, const std::filesystem::path& file) {
  const Home home(settings.data);
  if (std::filesystem::exists(home.root_vkey())) {
    return Error{Fault::conflict, "there is a root key already: " + home.root_vkey().string()};
  }
  if (!std::filesystem::exists(home.key("log"))) {
    return Error{Fault::not_found, "there is no log: refledger init"};
  }
  SystemRandom random;
  const Result<PublicKey> key = make_paper_key(PaperKey::root, file, random);
  if (!key) return key.error();
  const format::NoteKey root{root_name(settings), format::kNoteEd25519, *key};
  const Result<void> written =
      write_file(home.root_vkey(), bytes_of(format::format_vkey(root) + "\n"), kPublicMode);
  if (!written) return written.error();
  if (Result<void> told = write_public_files(settings); !told) return told.error();
  return root;
}

// ---- closing ------------------------------------------------------------------------------------

Result<format::Closing> close_log(const Settings& settings, const std::filesystem::path& root_file,
                                  bool key_stolen, const AfterStep& after_step) {
  const Home home(settings.data);
  const Result<Root> root = Root::open(home, root_file);
  if (!root) return root.error();
  const Result<sign::MasterKey> master = sign::MasterKey::read(settings.master_key_file);
  if (!master) return master.error();
  const auto store = log::open_store(home.ledger());
  if (!store) return store.error();
  if (Result<void> completed = complete_closing(home, **store); !completed) {
    return completed.error();
  }
  const Result<format::Checkpoint> last = settled(settings, *master, **store);
  if (!last) return last.error();
  const Result<std::vector<format::Closing>> before = read_closings(home);
  if (!before) return before.error();
  for (const format::Closing& each : *before) {
    if (each.last.origin != last->origin) continue;
    if (each.key_stolen == key_stolen) return each;
    return refused("the log was closed already, for another reason");
  }
  after_step("ledger settled");
  Result<std::vector<std::string>> notes = notes_in(home);
  if (!notes) return notes.error();
  const format::Closing closing{*last, key_stolen, std::nullopt};
  if (Result<void> written = write_closing(home, *std::move(notes), closing, *root); !written) {
    return written.error();
  }
  after_step("closing written");
  if (Result<void> stored = complete_closing(home, **store); !stored) return stored.error();
  after_step("closing stored");
  return closing;
}

Result<format::Closing> succeed_log(const Settings& settings,
                                    const std::filesystem::path& root_file,
                                    const AfterStep& after_step) {
  const Home home(settings.data);
  const Result<Root> root = Root::open(home, root_file);
  if (!root) return root.error();
  const Result<sign::MasterKey> master = sign::MasterKey::read(settings.master_key_file);
  if (!master) return master.error();
  Result<format::Closing> closing = closed_before(home, settings.origin());
  if (!closing) return closing;
  {
    const auto store = log::open_store(home.ledger());
    if (!store) return store.error();
    if (Result<void> done = complete_closing(home, **store); !done) return done.error();
    const auto key = successor_key(home, *master, settings.log_epoch);
    if (!key) return key.error();
    after_step("key kept");
    const format::NoteKey next{settings.origin(), format::kNoteEd25519, (*key)->public_key()};
    if (closing->next && *closing->next != next) {
      return refused("the log goes on as " + format::format_vkey(*closing->next));
    }
    if (!closing->next) {
      closing->next = next;
      Result<std::vector<std::string>> notes = notes_in(home);
      if (!notes) return notes.error();
      notes->pop_back();  // the same statement, without a successor
      const Result<void> written = write_closing(home, *std::move(notes), *closing, *root);
      if (!written) return written.error();
      after_step("successor written");
    }
    if (Result<void> stored = complete_closing(home, **store); !stored) return stored.error();
    after_step("successor stored");
    if (Result<void> begun = begin(settings, **store, **key, after_step); !begun) {
      return begun.error();
    }
  }
  if (Result<void> kept = set_trust_file_aside(home, settings.log_epoch); !kept) {
    return kept.error();
  }
  after_step("trust file set aside");
  if (Result<void> told = write_public_files(settings); !told) return told.error();
  return closing;
}

Result<void> complete_closing(const Home& home, store::Store& ledger) {
  const Result<Bytes> text = read_file(home.closings(), kMaxClosings);
  if (text) return log::store_closings(ledger, std::string(text_of(*text)));
  if (text.error().fault != Fault::not_found) return text.error();
  const Result<std::optional<std::string>> stored = log::stored_closings(ledger);
  if (!stored) return stored.error();
  if (!*stored) return {};
  return write_file(home.closings(), bytes_of(**stored), kPublicMode);
}

Result<std::vector<format::Closing>> read_closings(const Home& home) {
  const Result<std::vector<std::string>> notes = notes_in(home);
  if (!notes) return notes.error();
  std::vector<format::Closing> closings;
  for (const std::string& text : *notes) {
    const Result<format::Note> note = format::parse_note(text);
    if (!note) return note.error();
    Result<format::Closing> closing = format::parse_closing(note->text);
    if (!closing) return closing.error();
    closings.push_back(*std::move(closing));
  }
  return closings;
}

std::string log_key_name(const Home& home, unsigned epoch) {
  for (; epoch > 1; --epoch) {
    if (std::filesystem::exists(home.key(epoch_key_name(epoch)))) return epoch_key_name(epoch);
  }
  return "log";
}

// ---- what an epoch leaves behind ----------------------------------------------------------------

Result<void> set_anchor_aside(const Home& home, unsigned epoch) {
  if (!std::filesystem::exists(home.ledger_head())) return {};
  const std::filesystem::path kept =
      home.data / ("ledger.head.before-epoch-" + std::to_string(epoch));
  std::error_code failed;
  if (!std::filesystem::exists(kept)) {
    std::filesystem::rename(home.ledger_head(), kept, failed);
  } else {
    std::filesystem::remove(home.ledger_head(), failed);  // of a run that was interrupted
  }
  if (!failed) return {};
  return Error{Fault::storage, kept.string() + ": " + failed.message()};
}

// Receipts of the epoch before are checked with its trust file.
Result<void> set_trust_file_aside(const Home& home, unsigned epoch) {
  const std::filesystem::path kept =
      home.data / ("trust.before-epoch-" + std::to_string(epoch) + ".txt");
  const Result<Bytes> before = read_file(home.trust(), kMaxTrust);
  if (std::filesystem::exists(kept) || !before) return {};
  return write_file(kept, *before, kPublicMode);
}

}  // namespace refledger::tools
