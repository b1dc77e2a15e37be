// What Personio says when it refuses: enough to act on, and nothing about anybody.
//
// Shape    v1  {"success":false,"error":{"code":0,"message":"…"}}, or an array of them
//          v2  {"errors":[{"title":"…","detail":"…","type":null}]}, {"error":"…",
//              "error_description":"…"}, {"title":"…","detail":"…"} or {"message":"…"}
// Order    Words with digits, "@" or quotation marks are left out: our requests hold no personal
//          data but ids, so what an answer can repeat of one is an id or an address.
// Source   developer.personio.de: errors; reports of users on other shapes
#pragma once

#include <string>
#include <string_view>

namespace refledger::ingest::personio {

/// One short line of plain words; empty where there are none.
std::string refusal_in(std::string_view body);

}  // namespace refledger::ingest::personio
