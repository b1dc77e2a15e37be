// The settings that HR changes in the browser, and what is missing before the first reference.
//
// Order    What is set here is kept in the vault and wins over refledger.conf; every page says
//          where a value comes from.  A change counts once the desk has started anew, which it does
//          by itself within seconds.
// Source   docs/web.md, docs/operations.md
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/web/site.h"

namespace refledger::site {

enum class SetIn { nowhere, file, here };

struct Setting {
  std::string value;
  SetIn set_in = SetIn::nowhere;
};

/// The settings by their keys of refledger.conf.
class SettingsKeeper {
 public:
  virtual ~SettingsKeeper() = default;
  virtual Result<Setting> get(const std::string& key) const = 0;
  /// Nothing: no longer set here.  malformed, its detail beginning with the key: nothing changed.
  virtual Result<void> change(const std::map<std::string, std::optional<std::string>>& changes) = 0;
  /// The keys below `root` that are set anywhere, in their order.
  virtual Result<std::vector<std::string>> keys_below(const std::string& root) const = 0;
  /// Changes whenever anything does.
  virtual std::string version() const = 0;
};

struct ChecklistItem {
  std::string id;  ///< texts "settings.check_ID" and "settings.check_ID_how"
  bool done = false;
  std::string path;  ///< where it is settled; may be empty
};

struct Picture {
  std::string type;
  std::string bytes;
};

struct KeyFacts {
  std::string issuer;  ///< iss
  std::string kid;
  std::string log;        ///< the log's verifier key
  std::string published;  ///< what stands at ISS/.well-known/refledger
};

/// What the checks say of a text of the issuer's own.
struct TextRemark {
  bool stops = false;
  std::map<std::string, std::string> reason;  ///< by language
  std::string words;                          ///< that it is about
  std::string source;
};

/// What documents are sealed with, as it is now.
struct SealFacts {
  struct One {
    std::string subject;
    std::string key;  ///< "ECDSA P-256", "RSA 3072"
    Date until;
    bool is_root = false;
    bool tells_status = false;  ///< says where to ask whether it is revoked
  };
  std::vector<One> chain;  ///< the signer's first
  bool on_token = false;
  std::string level;                 ///< "B-T": of documents dated the day of signing
  std::vector<std::string> missing;  ///< texts "settings.seal_missing_ID"
};

struct SettingsParts {
  std::shared_ptr<SettingsKeeper> keeper;
  std::function<std::vector<ChecklistItem>()> checklist;
  std::function<std::optional<Picture>()> logo;
  std::function<Result<void>(ByteView)> set_logo;  ///< empty: none any more
  std::function<Result<void>(const std::string& password)> set_mail_password;
  /// Whether the mail server took it; the text is its answer.
  std::function<Result<std::string>(const std::string& to)> send_test;
  std::function<Json()> rules;  ///< as `refledger rules --json`
  std::function<KeyFacts()> keys;
  std::function<Result<void>()> check_domain;
  /// `name`: PLACE.LANGUAGE or PLACE.LANGUAGE.COUNTRY.TYPE.
  std::function<std::vector<TextRemark>(const std::string& name, const std::string& text)>
      examine_text;
  std::function<SealFacts()> seal;
  /// Seals a test document as the next reference would be, and throws it away.
  std::function<Result<void>()> try_seal;
};

Area settings_area(SettingsParts parts);

}  // namespace refledger::site
