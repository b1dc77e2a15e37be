#include "ledger/format/trust.h"

#include <algorithm>
#include <set>

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::size_t kMaxTrust = std::size_t{1} << 16;
using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  Words words;
  while (true) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos) return words;
    line.remove_prefix(start);
    words.push_back(line.substr(0, line.find_first_of(" \t")));
    line.remove_prefix(words.back().size());
  }
}

bool has_control_character(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

// Reads line by line; what a line names must stand on an earlier one, so no cycle can be written.
class Reader {
 public:
  Result<void> take(const Words& words) {
    const std::string_view kind = words.front();
    if (kind == "log") return take_log(words);
    if (kind == "witness") return take_witness(words);
    if (kind == "group") return take_group(words);
    if (kind == "quorum") return take_quorum(words);
    if (kind == "issuer") return take_issuer(words);
    if (kind == "root") return take_root(words);
    if (kind == "closed") return take_closed(words);
    return bad("unknown word");
  }

  bool has_quorum() const { return has_quorum_; }
  Trust trust() && { return std::move(trust_); }

 private:
  static Error bad(const char* why) { return {Fault::malformed, why}; }

  bool is_defined(const std::string& name) const {
    return trust_.witnesses.contains(name) || trust_.groups.contains(name);
  }
  bool is_free(const std::string& name) const { return name != "none" && !is_defined(name); }

  Result<NoteKey> new_key(std::string_view vkey, std::uint8_t type) {
    Result<NoteKey> key = parse_vkey(vkey);
    if (!key) return key;
    if (key->type != type) return bad("verifier key of the wrong type");
    if (!keys_.insert(key->key).second) return bad("the same key twice");
    return key;
  }

  Result<void> take_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return bad("log VKEY [URL] expected");
    Result<NoteKey> key = new_key(words[1], kNoteEd25519);
    if (!key) return key.error();
    trust_.logs.push_back(*std::move(key));
    return {};
  }

  Result<void> take_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return bad("witness NAME VKEY [URL] expected");
    const std::string name(words[1]);
    if (!is_free(name)) return bad("name is taken");
    Result<NoteKey> key = new_key(words[2], kNoteCosignature);
    if (!key) return key.error();
    trust_.witnesses.emplace(name, *std::move(key));
    if (words.size() == 4) trust_.witness_urls.emplace(name, words[3]);
    return {};
  }

  Result<void> take_group(const Words& words) {
    if (words.size() < 4) return bad("group NAME all|any|K MEMBERS... expected");
    const std::string name(words[1]);
    if (!is_free(name)) return bad("name is taken");
    Trust::Group group;
    for (std::size_t i = 3; i < words.size(); ++i) {
      const std::string member(words[i]);
      if (!is_defined(member)) return bad("member is not defined above");
      // One witness must not count twice, so each name stands in one group at most.
      if (!grouped_.insert(member).second) return bad("member of two groups");
      group.members.push_back(member);
    }
    const Result<std::size_t> threshold = threshold_of(words[2], group.members.size());
    if (!threshold) return threshold.error();
    group.threshold = *threshold;
    trust_.groups.emplace(name, std::move(group));
    return {};
  }

  static Result<std::size_t> threshold_of(std::string_view text, std::size_t members) {
    if (text == "any") return std::size_t{1};
    if (text == "all") return members;
    const Result<std::uint64_t> number = from_decimal(text, "group");
    if (!number) return number.error();
    if (*number < 1 || *number > members) return bad("more than there are members, or none");
    return static_cast<std::size_t>(*number);
  }

  Result<void> take_quorum(const Words& words) {
    if (words.size() != 2) return bad("quorum NAME|none expected");
    if (has_quorum_) return bad("a second quorum");
    const std::string name(words[1]);
    if (name != "none" && !is_defined(name)) return bad("quorum is not defined above");
    trust_.quorum = name;
    has_quorum_ = true;
    return {};
  }

  Result<void> take_issuer(const Words& words) {
    if (words.size() != 3) return bad("issuer ISS KID expected");
    if (!from_base64url_as<EntryHash>(words[2], "kid")) return bad("KID is a key's thumbprint");
    trust_.issuers.push_back({std::string(words[1]), std::string(words[2])});
    return {};
  }

  Result<void> take_root(const Words& words) {
    if (words.size() != 2) return bad("root VKEY expected");
    Result<NoteKey> key = new_key(words[1], kNoteEd25519);
    if (!key) return key.error();
    trust_.roots.push_back(*std::move(key));
    return {};
  }

  // Its last three words are the lines of the closing.
  Result<void> take_closed(const Words& words) {
    if (words.size() != 5) return bad("closed ORIGIN SIZE ROOT ended|key-stolen expected");
    const auto is = [&](const NoteKey& log) { return log.name == words[1]; };
    if (std::ranges::none_of(trust_.logs, is)) return bad("no log of that name above");
    const auto closed = [&](const Closing& each) { return each.last.origin == words[1]; };
    if (std::ranges::any_of(trust_.closed, closed)) return bad("closed twice");
    std::string lines = "refledger-closing/v1\n";
    for (std::size_t at = 1; at < words.size(); ++at) lines += std::string(words[at]) + "\n";
    Result<Closing> closing = parse_closing(lines + "end\n");
    if (!closing) return closing.error();
    trust_.closed.push_back(*std::move(closing));
    return {};
  }

  Trust trust_;
  bool has_quorum_ = false;
  std::set<PublicKey> keys_;
  std::set<std::string> grouped_;
};

void format_group(const Trust& trust, const std::string& name, std::set<std::string>& done,
                  std::string& out) {
  const auto group = trust.groups.find(name);
  if (group == trust.groups.end() || !done.insert(name).second) return;
  std::string line = "group " + name + " " + std::to_string(group->second.threshold);
  for (const std::string& member : group->second.members) {
    format_group(trust, member, done, out);
    line += " " + member;
  }
  out += line + "\n";
}

Error at_line(std::size_t number, const std::string& detail) {
  return {Fault::malformed, "trust file, line " + std::to_string(number) + ": " + detail};
}

}  // namespace

Result<Trust> parse_trust(std::string_view text) {
  if (text.size() > kMaxTrust) return Error{Fault::malformed, "trust file: longer than 64 KiB"};
  Reader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::optional<std::string_view> line = take_line(text);
    if (!line) return at_line(number, "no line end");
    if (has_control_character(*line)) return at_line(number, "control character");
    const Words words = words_of(*line);
    if (words.empty() || words.front().starts_with('#')) continue;
    if (const Result<void> taken = reader.take(words); !taken) {
      return at_line(number, taken.error().detail);
    }
  }
  if (!reader.has_quorum()) return Error{Fault::malformed, "trust file: no quorum line"};
  return std::move(reader).trust();
}

std::string format_trust(const Trust& trust) {
  std::string out;
  for (const NoteKey& log : trust.logs) out += "log " + format_vkey(log) + "\n";
  for (const auto& [name, key] : trust.witnesses) {
    const auto url = trust.witness_urls.find(name);
    out += "witness " + name + " " + format_vkey(key) +
           (url == trust.witness_urls.end() ? "" : " " + url->second) + "\n";
  }
  std::set<std::string> done;
  for (const auto& [name, group] : trust.groups) format_group(trust, name, done, out);
  out += "quorum " + trust.quorum + "\n";
  for (const Trust::Issuer& issuer : trust.issuers) {
    out += "issuer " + issuer.iss + " " + issuer.kid + "\n";
  }
  for (const Closing& closing : trust.closed) {
    out += "closed " + closing.last.origin + " " + std::to_string(closing.last.size.leaves) + " " +
           to_base64(closing.last.root.view()) +
           (closing.key_stolen ? " key-stolen\n" : " ended\n");
  }
  for (const NoteKey& root : trust.roots) out += "root " + format_vkey(root) + "\n";
  return out;
}

}  // namespace refledger::format
