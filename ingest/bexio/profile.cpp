#include "ingest/bexio/profile.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/core/text.h"

namespace refledger::ingest::bexio {
namespace {

constexpr std::size_t kMaxText = 200;
constexpr double kMaxExact = 9007199254740992.0;  // 2^53: beyond it a double skips integers

constexpr Wording kForName{"Firma im Briefkopf", "Raison sociale dans l'en-tête",
                           "Ragione sociale nell'intestazione", "Company name in the letterhead"};
constexpr Wording kForAddress{"Adresse im Briefkopf", "Adresse dans l'en-tête",
                              "Indirizzo nell'intestazione", "Address in the letterhead"};
constexpr Wording kForRegister{"Registernummern im Briefkopf", "Numéros de registre dans l'en-tête",
                               "Numeri di registro nell'intestazione",
                               "Register numbers in the letterhead"};
constexpr Wording kForLogo{"Logo im Briefkopf", "Logo dans l'en-tête", "Logo nell'intestazione",
                           "Logo in the letterhead"};

constexpr std::array<ProfileField, 10> kFields{{
    {"name", "name", kForName},
    {"address", "street", kForAddress},
    {"address_nr", "street", kForAddress},
    {"postcode", "postcode", kForAddress},
    {"city", "city", kForAddress},
    {"country_name", "country", kForAddress},
    {"ust_id_nr", "uid", kForRegister},
    {"mwst_nr", "vat", kForRegister},
    {"trade_register_nr", "register_number", kForRegister},
    {"logo_base64", "logo", kForLogo},
}};

Error bad(const char* why) { return {Fault::malformed, why}; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// A whole number as text: some clients see the postcode as 8640, some as "8640".
Result<std::string> number_text(const Json& value) {
  const double number = value.get<double>();
  if (number < 0 || number >= kMaxExact || number != std::floor(number)) {
    return bad("not a whole number");
  }
  return std::to_string(static_cast<std::uint64_t>(number));
}

// Empty where nothing is told.
Result<std::string> text_in(const Json& profile, const char* key) {
  const auto found = profile.find(key);
  if (found == profile.end() || found->is_null()) return std::string();
  if (found->is_number()) return number_text(*found);
  if (!found->is_string()) return bad("not a text");
  const std::string text(trimmed(found->get_ref<const std::string&>()));
  if (text.size() > kMaxText) return bad("longer than 200 bytes");
  if (!is_one_line(text)) return bad("more than one line");
  return text;
}

bool is_number_mark(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '-' || c == '/' || c == ' ';
}

// Another country's number: what it means is not ours to judge.
Result<std::string> foreign_number(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() > 40 || !std::all_of(text.begin(), text.end(), is_number_mark) ||
      std::none_of(text.begin(), text.end(), digit)) {
    return bad("not a register number");
  }
  return std::string(text);
}

bool begins_as_uid(std::string_view text) {
  return text.size() >= 3 && (text[0] == 'C' || text[0] == 'c') &&
         (text[1] == 'H' || text[1] == 'h') && (text[2] == 'E' || text[2] == 'e');
}

// The first nine digits after CHE; `rest` is what follows them.
std::string uid_digits(std::string_view text, std::string_view& rest) {
  std::string digits;
  std::size_t at = 3;
  for (; at < text.size() && digits.size() < 9; ++at) {
    if (text[at] >= '0' && text[at] <= '9') {
      digits.push_back(text[at]);
    } else if (text[at] != '-' && text[at] != '.' && text[at] != ' ') {
      break;
    }
  }
  rest = trimmed(text.substr(at));
  return digits;
}

// eCH-0097: weights 5 4 3 2 7 6 5 4, modulo 11; a check value of 10 is never given out.
bool is_uid(std::string_view digits) {
  static constexpr std::array<int, 8> kWeights{5, 4, 3, 2, 7, 6, 5, 4};
  if (digits.size() != 9) return false;
  int sum = 0;
  for (std::size_t at = 0; at < kWeights.size(); ++at) sum += kWeights[at] * (digits[at] - '0');
  return (11 - sum % 11) % 11 == digits[8] - '0';
}

Result<std::string> swiss_number(std::string_view text, std::string_view& rest) {
  const std::string digits = uid_digits(text, rest);
  if (!is_uid(digits)) return bad("not a UID number");
  return "CHE-" + digits.substr(0, 3) + "." + digits.substr(3, 3) + "." + digits.substr(6);
}

Result<std::string> to_postcode(std::string_view text) {
  if (text.size() > 12 || !std::all_of(text.begin(), text.end(), is_number_mark)) {
    return bad("not a postcode");
  }
  return std::string(text);
}

Result<Value<Logo>> to_logo(const Json& encoded, UtcMillis read_at) {
  if (!encoded.is_string()) return bad("not a text");
  const std::string& text = encoded.get_ref<const std::string&>();
  if (text.size() > (kMaxLogoBytes / 3 + 1) * 4) return bad("larger than 1 MiB");
  Result<Bytes> bytes = from_base64(text, "logo");
  if (!bytes) return bad("not base64");
  if (bytes->size() > kMaxLogoBytes) return bad("larger than 1 MiB");
  const std::optional<ImageType> type = sniff_image(*bytes);
  if (!type) return bad("neither PNG, GIF nor JPEG");
  return Value<Logo>{Logo{*std::move(bytes), *type}, {"bexio", "logo_base64", read_at}};
}

// Takes the profile field by field; what cannot be used is noted and does not hold up the rest.
class Taker {
 public:
  Taker(const Json& profile, UtcMillis read_at) : profile_(profile) { company_.read_at = read_at; }

  void take(const char* key, const char* field,
            Result<std::string> (*meaning)(std::string_view) = nullptr) {
    Result<std::string> text = text_in(profile_, key);
    if (text && !text->empty() && meaning != nullptr) text = meaning(*text);
    keep(field, key, text);
  }

  void take_street() {
    Result<std::string> street = text_in(profile_, "address");
    const Result<std::string> number = text_in(profile_, "address_nr");
    if (!number) return keep("street", "address_nr", number);
    if (street && !street->empty() && !number->empty()) *street += " " + *number;
    keep("street", "address", street);
  }

  void take_logo() {
    const auto found = profile_.find("logo_base64");
    if (found == profile_.end() || found->is_null() || *found == "") return;
    Result<Value<Logo>> logo = to_logo(*found, company_.read_at);
    if (logo) {
      company_.logo = *std::move(logo);
    } else {
      company_.unusable.push_back("logo: " + logo.error().detail);
    }
  }

  Company company() && { return std::move(company_); }

 private:
  void keep(const char* field, const char* key, const Result<std::string>& text) {
    if (!text) {
      company_.unusable.push_back(std::string(field) + ": " + text.error().detail);
    } else if (!text->empty()) {
      company_.fields[field] = {*text, {"bexio", key, company_.read_at}};
    }
  }

  const Json& profile_;
  Company company_;
};

// The list answer holds one object, the single answer is it.
Result<Json> profile_in(Json parsed) {
  if (parsed.is_array()) {
    if (parsed.size() != 1) return Error{Fault::malformed, "bexio: not one company profile"};
    parsed = Json(std::move(parsed[0]));
  }
  if (!parsed.is_object()) return Error{Fault::malformed, "bexio: no company profile"};
  return parsed;
}

}  // namespace

std::span<const ProfileField> profile_fields() { return kFields; }

Result<std::string> to_uid(std::string_view text) {
  if (!begins_as_uid(text)) return foreign_number(text);
  std::string_view rest;
  Result<std::string> number = swiss_number(text, rest);
  if (number && !rest.empty()) return bad("not a UID number");
  return number;
}

Result<std::string> to_vat(std::string_view text) {
  if (!begins_as_uid(text)) return foreign_number(text);
  std::string_view rest;
  Result<std::string> number = swiss_number(text, rest);
  if (!number || rest.empty()) return number;
  if (rest != "MWST" && rest != "TVA" && rest != "IVA") return bad("not a VAT number");
  return *number + " " + std::string(rest);
}

Result<Company> parse_profile(std::string_view body, UtcMillis read_at) {
  Result<Json> parsed = parse_json(body, kMaxProfileBytes, "bexio: company profile");
  if (!parsed) return parsed.error();
  const Result<Json> profile = profile_in(*std::move(parsed));
  if (!profile) return profile.error();
  Taker taker(*profile, read_at);
  taker.take("name", "name");
  taker.take_street();
  taker.take("postcode", "postcode", to_postcode);
  taker.take("city", "city");
  taker.take("country_name", "country");
  taker.take("ust_id_nr", "uid", to_uid);
  taker.take("mwst_nr", "vat", to_vat);
  taker.take("trade_register_nr", "register_number", foreign_number);
  taker.take_logo();
  Company company = std::move(taker).company();
  if (company.field("name") == nullptr) {
    return Error{Fault::malformed, "bexio: the company profile has no usable name"};
  }
  return company;
}

}  // namespace refledger::ingest::bexio
