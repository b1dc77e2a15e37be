// refledger.conf: one file of `key = value` lines; secrets are never in it.
//
// Errors   malformed: an unknown key, a missing one, or a value that cannot be; the key is named
// Source   docs/operations.md lists every key
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/case/desk.h"
#include "desk/delivery/transport.h"
#include "http/server.h"
#include "ingest/source/choice.h"

namespace refledger::tools {

/// A document key that stays on a token.
struct TokenSettings {
  std::string address;  ///< RFC 7512, without a PIN
  std::filesystem::path chain;
  std::filesystem::path pin_file;
};

struct Settings {
  std::filesystem::path file;  ///< where all this was read from
  std::filesystem::path data;
  std::filesystem::path master_key_file;

  std::string public_url;
  http::TcpEndpoint public_listen;
  std::optional<http::Tls> tls;
  http::TcpEndpoint private_listen;
  bool allow_unconfined = false;  ///< serve in public even where the kernel has no Landlock

  desk::IssuerSettings issuer;
  pdf::FontFiles fonts;
  std::filesystem::path rules = "/usr/share/refledger/rules";  ///< rule packs and lexicons
  std::optional<TokenSettings> seal_key;                       ///< none: sealed in the data folder
  enum class SealLevel { b_b, b_t, b_lt, b_lta };
  SealLevel seal_level = SealLevel::b_b;
  std::optional<seal::Rfc3161Settings> timestamp;
  /// issuer.from: accounts, or "settings", whose word counts for the letterhead.
  ingest::SourceOrder letterhead_order;
  std::vector<std::string> further_accounts;  ///< source.further: that tell about the same people
  ingest::Choices letterhead_choices;         ///< issuer.from.FIELD
  std::string uid;                            ///< register numbers for the letterhead; may be empty
  std::string vat;
  std::string register_number;
  std::chrono::seconds sync_interval{300};
  /// source.address.KIND: where connections made in the browser lead; for trials and tests.
  std::map<std::string, std::string, std::less<>> source_addresses;

  std::string desk_url;  ///< https://HOST of the desk, as Personio reaches it; may be empty
  std::optional<http::TcpEndpoint> desk_listen;
  std::optional<http::Tls> desk_tls;          ///< for webhooks and for HR's web application
  std::optional<http::TcpEndpoint> desk_web;  ///< where HR's web application listens
  std::string desk_web_url;                   ///< as browsers reach it; may be empty
  /// How browsers reach it: the address itself, and the name that they take for it; or the one
  /// above.  Nothing where it is not served.
  std::vector<std::string> desk_web_origins() const;

  std::filesystem::path witness_policy;  ///< who is to cosign this log's checkpoints; may be empty
  std::string witness_name;              ///< of this installation's own witness; may be empty
  std::filesystem::path witness_logs;    ///< which logs it watches
  std::optional<http::TcpEndpoint> witness_listen;

  std::optional<delivery::SmtpSettings> smtp;  ///< without its password, which is in the vault
  std::filesystem::path maildir;               ///< used when there is no mail server

  /// Keys that are needed and not there; of read_settings_so_far alone.
  std::vector<std::string> missing;

  unsigned log_epoch = 1;  ///< raised where the log goes on from an older state (docs/ledger.md)

  /// `HOST/log`, the name of the log and of its key; from the second epoch on with the epoch.
  std::string origin() const;
};

using SettingsValues = std::map<std::string, std::string>;

/// Relative paths are taken from the file's folder.  Where the file names no public.url, the one
/// that was chosen at the first start counts (DATA/public.url).
Result<Settings> read_settings(const std::filesystem::path& file);

/// The same with `over` in place of what the file says, and without asking that it be whole: what
/// the browser still has to ask is in `missing`.
Result<Settings> read_settings_so_far(const std::filesystem::path& file,
                                      const SettingsValues& over);

/// The file's lines, by key.
Result<SettingsValues> values_of_file(const std::filesystem::path& file);

}  // namespace refledger::tools
