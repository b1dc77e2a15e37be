#include <iostream>
#include <map>

#include "desk/accounts/kinds.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/control.h"
#include "tools/refledger/secret_input.h"
#include "tools/refledger/source_tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kSourceHelp = R"(refledger source WHAT [options] --config FILE [--json]

The systems that tell of people (Personio) and of the company (bexio). Nothing
is ever written there. A running desk is asked to do it.

  source list              the accounts, and how they are
  source add KIND          connects one: personio or bexio. It is tested first, and
                           kept only if it works
      --name NAME          how it is called here (default: the kind)
      --credentials FILE   {"client_id":…,"client_secret":…} or {"token":…}; - is
                           standard input; without it they are asked for
      --url URL, --api auto|v1|v2, --ca FILE
                           another address, API version, or authority to trust
      --map FIELD=KEY[,FIELD=KEY…]
                           custom attributes; see `source attributes`
  source set NAME          other credentials, address or API version, with the same
                           options; nothing changes unless the test passes
  source test NAME         what works, what is missing and what to do
  source attributes NAME   what the credential may read: key, label, type, a sample's
                           shape; nobody's values
  source map NAME FIELD=KEY
                           reads a reference field from a custom attribute, by key;
                           FIELD= ends that
  source what NAME         what is asked for, and what for
  source webhook           address and token of the webhook that HR may register
  source company           the company's data beside the settings, and which of them
                           the letterhead takes (issuer.from)
  source remove NAME       disconnects: the credentials are destroyed

  --language de|fr|it|en   of what a test found and what is asked for (default en)
  --untested               add, set, map: without asking the other system; an account
                           is read only once `source test` has passed
  --offline                company: what was told last
  --yes                    remove: do not ask

Exit: 0 done, 1 failed or the test did not pass, 2 wrong use.
)";

Result<Json> ask(const Arguments& arguments, const std::string& path, const Json& body) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return settings.error();
  return command(*settings, path, body);
}

int print(const Arguments& arguments, const Json& answer, const std::string& text, bool good) {
  std::cout << (arguments.has("--json") ? answer.dump(2) + "\n" : text);
  return good ? 0 : kExitFailed;
}

std::string language_of(const Arguments& arguments) { return arguments.value("--language", "en"); }

const accounts::Kind* kind_named(const std::string& name) {
  for (const accounts::Kind& kind : accounts::kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

// "a=b,c=d"
Result<Json> mapping_in(const std::string& text) {
  Json mapping = Json::object();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    const std::string pair = text.substr(from, end - from);
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{Fault::malformed, "--map takes FIELD=KEY, separated by commas"};
    }
    mapping[pair.substr(0, equals)] = pair.substr(equals + 1);
    from = end + 1;
  }
  return mapping;
}

Json to_json(const accounts::Credentials& credentials, bool has_client_id) {
  if (!has_client_id) return {{"token", credentials.secret}};
  return {{"client_id", credentials.id}, {"client_secret", credentials.secret}};
}

// From a file, from standard input, or from the terminal.
Result<Json> credentials_of(const Arguments& arguments, bool has_client_id) {
  const std::string file = arguments.value("--credentials");
  if (file.empty()) {
    const Result<accounts::Credentials> typed = ask_for_credentials(has_client_id);
    if (!typed) return typed.error();
    return to_json(*typed, has_client_id);
  }
  const Result<std::string> text = read_secret(file);
  if (!text) return text.error();
  const Result<accounts::Credentials> given = accounts::credentials_from_json(*text);
  if (!given) return given.error();
  return to_json(*given, !given->id.empty());
}

void take_connection(const Arguments& arguments, Json& body) {
  if (const std::string url = arguments.value("--url"); !url.empty()) body["url"] = url;
  if (const std::string api = arguments.value("--api"); !api.empty()) body["api"] = api;
  if (const std::string file = arguments.value("--ca"); !file.empty()) {
    body["ca_file"] = std::filesystem::absolute(file).string();
  }
  body["untested"] = arguments.has("--untested");
}

int print_outcome(const Arguments& arguments, const Result<Json>& answer, const char* done) {
  if (!answer) return failed(answer.error());
  const bool stored = answer->value("stored", false);
  std::string text = report_table(*answer, language_of(arguments));
  if (!stored) {
    text += "Nothing was changed: the test did not pass.\n";
  } else {
    text += done;
    if (!answer->value("tested", false)) text += " It is read once `source test` has passed.";
    text += "\n";
  }
  return print(arguments, *answer, text, stored);
}

int list(const Arguments& arguments) {
  const Result<Json> answer = ask(arguments, "/source/list", Json::object());
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, sources_table(*answer), true);
}

int add(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "add which kind?"});
  const std::string& name = arguments.words[1];
  const accounts::Kind* const kind = kind_named(name);
  if (kind == nullptr) return wrong_use({Fault::malformed, "there is no kind of source " + name});
  Json body{{"kind", name}, {"name", arguments.value("--name", name)}};
  const Result<Json> mapping = mapping_in(arguments.value("--map"));
  if (!mapping) return wrong_use(mapping.error());
  body["mapping"] = *mapping;
  take_connection(arguments, body);
  Result<Json> credentials = credentials_of(arguments, kind->has_client_id);
  if (!credentials) return failed(credentials.error());
  body["credentials"] = *std::move(credentials);
  return print_outcome(arguments, ask(arguments, "/source/add", body), "Connected.");
}

// Whether the account has a client id; its kind tells.
Result<bool> has_client_id(const Arguments& arguments, const std::string& name) {
  const Result<Json> all = ask(arguments, "/source/list", Json::object());
  if (!all) return all.error();
  for (const Json& each : *all) {
    if (each.value("name", "") != name) continue;
    const accounts::Kind* const kind = kind_named(each.value("kind", ""));
    return kind != nullptr && kind->has_client_id;
  }
  return Error{Fault::not_found, "no account " + name + ": refledger source add"};
}

int set(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "set which account?"});
  Json body{{"name", arguments.words[1]}};
  take_connection(arguments, body);
  const bool other = body.contains("url") || body.contains("api") || body.contains("ca_file");
  if (!arguments.value("--credentials").empty() || !other) {
    const Result<bool> with_id = has_client_id(arguments, arguments.words[1]);
    if (!with_id) return failed(with_id.error());
    Result<Json> credentials = credentials_of(arguments, *with_id);
    if (!credentials) return failed(credentials.error());
    body["credentials"] = *std::move(credentials);
  }
  return print_outcome(arguments, ask(arguments, "/source/set", body), "Changed.");
}

int test(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "test which account?"});
  const Result<Json> answer = ask(arguments, "/source/test", {{"name", arguments.words[1]}});
  if (!answer) return failed(answer.error());
  const bool passed = answer->value("passed", false);
  return print(arguments, *answer,
               report_table(*answer, language_of(arguments)) +
                   (passed ? "The connection works.\n" : "The connection does not work.\n"),
               passed);
}

int attributes(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "of which account?"});
  const Result<Json> answer = ask(arguments, "/source/attributes", {{"name", arguments.words[1]}});
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, attributes_table(*answer), true);
}

int map(const Arguments& arguments) {
  if (arguments.words.size() != 3) {
    return wrong_use({Fault::malformed, "map takes an account and FIELD=KEY"});
  }
  const std::string& pair = arguments.words[2];
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos) return wrong_use({Fault::malformed, "not FIELD=KEY"});
  const Result<Json> answer = ask(arguments, "/source/map",
                                  {{"name", arguments.words[1]},
                                   {"field", pair.substr(0, equals)},
                                   {"key", pair.substr(equals + 1)},
                                   {"untested", arguments.has("--untested")}});
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, mapping_table(*answer), true);
}

int webhook(const Arguments& arguments) {
  const Result<Json> answer = ask(arguments, "/webhook", Json::object());
  if (!answer) return failed(answer.error());
  if (arguments.has("--json")) {
    std::cout << answer->dump(2) << "\n";
    return 0;
  }
  std::cout << "Register this in Personio (Settings, Integrations, Webhooks), with the events of\n"
               "persons and employments:\n\n"
            << "  address         " << answer->value("url", "") << "\n"
            << "  authentication  Token\n"
            << "  token           " << answer->value("token", "") << "\n";
  return 0;
}

int what(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "of which account?"});
  const Result<Json> answer = ask(arguments, "/source/what", {{"name", arguments.words[1]}});
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, what_table(*answer, language_of(arguments)), true);
}

int company(const Arguments& arguments) {
  if (arguments.words.size() != 1) return wrong_use({Fault::malformed, "company takes no name"});
  const Result<Json> answer =
      ask(arguments, "/source/company", {{"offline", arguments.has("--offline")}});
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, company_table(*answer), true);
}

int remove(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "remove which account?"});
  if (!arguments.has("--yes")) {
    std::cerr << "The credentials are destroyed. Disconnect " << arguments.words[1] << "? [y/N] ";
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y" && answer != "yes") {
      std::cerr << "Nothing was changed.\n";
      return kExitFailed;
    }
  }
  const Result<Json> answer = ask(arguments, "/source/remove", {{"name", arguments.words[1]}});
  if (!answer) return failed(answer.error());
  return print(arguments, *answer, "Disconnected.\n", true);
}

int run_source(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(
      given,
      {"--config", "--name", "--credentials", "--url", "--api", "--ca", "--map", "--language"},
      {"--json", "--untested", "--offline", "--yes"}, 3);
  if (!arguments) return wrong_use(arguments.error());
  static const std::map<std::string, int (*)(const Arguments&)> kWhat{{"list", list},
                                                                      {"add", add},
                                                                      {"set", set},
                                                                      {"test", test},
                                                                      {"attributes", attributes},
                                                                      {"map", map},
                                                                      {"what", what},
                                                                      {"company", company},
                                                                      {"webhook", webhook},
                                                                      {"remove", remove}};
  if (arguments->words.empty()) return wrong_use({Fault::malformed, "source what?"});
  const auto found = kWhat.find(arguments->words.front());
  if (found == kWhat.end()) {
    return wrong_use({Fault::malformed, "no command source " + arguments->words.front()});
  }
  const std::string language = language_of(*arguments);
  if (language != "de" && language != "fr" && language != "it" && language != "en") {
    return wrong_use({Fault::malformed, "--language takes de, fr, it or en"});
  }
  return found->second(*arguments);
}

}  // namespace

Command source_command() {
  return {"source", "connect the HR system and others, test them, map attributes", kSourceHelp,
          run_source};
}

}  // namespace refledger::tools
