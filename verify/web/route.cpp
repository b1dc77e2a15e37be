#include "verify/web/route.h"

#include <array>
#include <cctype>
#include <optional>

namespace refledger::web {
namespace {

// Tolerant on purpose: a mail gateway's mangling is looked through, whatever stands around it.
std::string decode_once(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (escape) {
      out.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

bool holds_fragment(std::string_view text) {
  std::string now{text};
  for (int round = 0; round < 8; ++round) {
    if (now.find('#') != std::string::npos) return true;
    std::string next = decode_once(now);
    if (next == now) return false;
    now = std::move(next);
  }
  return true;  // encoded beyond reason: nothing we ever wrote, so read no further
}

Route reference_route(std::string_view rest) {
  const std::size_t slash = rest.find('/');
  const std::string id{rest.substr(0, slash)};
  if (slash == std::string_view::npos) return {Page::reference, id};
  const std::string_view part = rest.substr(slash);
  if (part == "/record") return {Page::record, id};
  if (part == "/proof") return {Page::proof, id};
  if (part == "/receipt") return {Page::receipt, id};
  if (part == "/withdrawal") return {Page::withdrawal, id};
  return {};
}

std::optional<Route> fixed_route(std::string_view path) {
  struct Fixed {
    std::string_view path;
    Page page;
  };
  static constexpr std::array kFixed{
      Fixed{"/", Page::entrance},
      Fixed{"/log/checkpoint", Page::checkpoint},
      Fixed{"/log/closing", Page::closing},
      Fixed{"/log/predecessor", Page::predecessor},
      Fixed{"/keys", Page::keys},
      Fixed{"/.well-known/refledger", Page::well_known},
      Fixed{"/.well-known/jwt-vc-issuer", Page::issuer_metadata},
      Fixed{"/vct/employment-reference/1", Page::type_metadata},
      Fixed{"/verifier.html", Page::verifier},
  };
  for (const Fixed& fixed : kFixed) {
    if (fixed.path == path) return Route{fixed.page, {}};
  }
  return {};
}

std::optional<Route> prefix_route(std::string_view path) {
  struct Prefix {
    std::string_view start;
    Page page;
    std::size_t keep;  ///< characters of the start that belong to the rest
  };
  static constexpr std::array kPrefixes{
      Prefix{"/d/", Page::document, 0},
      Prefix{"/log/tile/", Page::tile, 5},
      Prefix{"/log/proof/", Page::log_proof, 0},
      Prefix{"/log/consistency/", Page::consistency, 0},
      Prefix{"/status/", Page::status, 0},
      Prefix{"/.well-known/jwt-vc-issuer/", Page::issuer_metadata, 1},
      Prefix{"/page/", Page::asset, 0},
  };
  for (const Prefix& prefix : kPrefixes) {
    if (!path.starts_with(prefix.start)) continue;
    return Route{prefix.page, std::string{path.substr(prefix.start.size() - prefix.keep)}};
  }
  return {};
}

}  // namespace

Route route_of(std::string_view path, std::string_view query) {
  if (holds_fragment(path) || holds_fragment(query)) return {Page::burnt, {}};
  if (path.starts_with("/v/") || path.starts_with("/V/")) return reference_route(path.substr(3));
  if (const std::optional<Route> fixed = fixed_route(path)) return *fixed;
  return prefix_route(path).value_or(Route{});
}

bool open_to_other_sites(Page page) {
  switch (page) {
    case Page::checkpoint:
    case Page::closing:
    case Page::predecessor:
    case Page::tile:
    case Page::log_proof:
    case Page::consistency:
    case Page::status:
    case Page::keys:
    case Page::well_known:
    case Page::issuer_metadata:
      return true;
    case Page::entrance:
    case Page::reference:
    case Page::record:
    case Page::proof:
    case Page::receipt:
    case Page::withdrawal:
    case Page::document:
    case Page::type_metadata:
    case Page::verifier:
    case Page::asset:
    case Page::burnt:
    case Page::none:
      return false;
  }
  return false;
}

}  // namespace refledger::web
