// The sentences people read: what HR has to do, and the mail that brings a reference.
//
// Shape    German, French, Italian and English; German for Switzerland is written with "ss".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/case/case.h"
#include "ingest/source/fields.h"

namespace refledger::desk {

enum class Tongue { english, german, french, italian };
/// "en", "de", "fr", "it".
std::optional<Tongue> tongue_named(std::string_view language);
std::string_view pick(const ingest::Wording& wording, Tongue tongue);
/// `text` with `value` in the place of {}.
std::string filled(std::string_view text, std::string_view value);

/// One plain sentence that says what HR has to do; empty for Waiting::nothing.
std::string waiting_text(Waiting waiting, std::string_view field, Tongue tongue);

/// One sentence about what changed after the reference was issued; empty if nothing did.
std::string changes_text(const std::vector<Change>& changes, Tongue tongue);

struct NoticeTexts {
  std::string subject;
  std::string text;
};
/// Tells HR that these cases will be issued by themselves: ids, and nothing about anybody.
NoticeTexts planned_texts(const std::vector<std::string>& case_ids, Tongue tongue);

/// Tells HR which attributes the HR system delivers no longer: their keys, and nothing about
/// anybody.
NoticeTexts lost_texts(const std::vector<std::string>& attributes, Tongue tongue);

struct MailTexts {
  std::string subject;
  std::string text;      ///< LF line ends
  std::string pdf_name;  ///< ASCII, says nothing about the person
  std::string proof_name;
};

struct MailNames {
  std::string holder;
  std::string employer;
  std::string signatory;
  std::string verifier;  ///< address of the page that checks without a connection
  std::string title;     ///< the document's own, in its language
};

/// `swiss`: "ss" for the sharp s.
MailTexts mail_texts(Tongue tongue, bool swiss, const MailNames& names);

}  // namespace refledger::desk
