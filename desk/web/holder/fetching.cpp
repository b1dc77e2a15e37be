// The holders' page: code and PIN, then the files, and what one may ask for.
#include "desk/case/leaver_side.h"
#include "desk/web/holder/pages.h"

namespace refledger::site {
namespace {

http::Response door(Context& context, const std::string& wrong, unsigned status) {
  return context.page("holder_door",
                      {{"title", context.text("holder.door_title")},
                       {"typed", context.form.get("code")},
                       {"wrong", wrong}},
                      status);
}

std::string key_of(const Error& error) {
  if (error.fault == Fault::malformed) return "holder.code_mistyped";
  return error.fault == Fault::refused ? "holder.pin_wrong" : "holder.code_unknown";
}

http::Response knock(Context& context, HolderShared& shared) {
  const std::string& peer = context.request.peer;
  if (!shared.guesses.may_try(peer, context.now)) {
    return door(context, context.text("holder.throttled"), 429);
  }
  Opened opened{context.form.get("code"), context.form.get("pin")};
  const Result<desk::HolderFiles> files = shared.parts.desk->claim(opened.code, opened.pin);
  // Right code and PIN, and no files: it is the draft that they open.
  const bool early = !files && files.error().fault == Fault::conflict &&
                     desk::LeaverSide(*shared.parts.desk).draft(opened.code, opened.pin);
  if (!files && !early) {
    if (files.error().fault == Fault::storage) return context.failed(files.error());
    shared.guesses.wrong(peer, context.now);
    return door(context, context.text(key_of(files.error())), 403);
  }
  shared.grants.give(context.session, std::move(opened), context.now);
  return context.redirect(early ? "/holder/draft" : "/holder/files");
}

Result<desk::HolderFiles> files_of(Context& context, HolderShared& shared) {
  const std::optional<Opened> opened = shared.grants.of(context.session, context.now);
  if (!opened) return Error{Fault::not_found, "no code was given"};
  return shared.parts.desk->claim(opened->code, opened->pin);
}

http::Response show_files(Context& context, HolderShared& shared) {
  const Result<desk::HolderFiles> files = files_of(context, shared);
  if (!files) {
    if (files.error().fault == Fault::storage) return context.failed(files.error());
    return context.redirect("/holder");
  }
  return context.page("holder_files", {{"title", context.text("holder.files_title")},
                                       {"holder", files->holder},
                                       {"until", context.time(files->good_until)},
                                       {"verifier", shared.parts.verifier},
                                       {"asked", files->wishes.size()}});
}

http::Response file(std::string_view type, std::string_view name, ByteView bytes) {
  http::Response response(200, type, std::string(text_of(bytes)));
  response.set("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
  response.set("Cache-Control", "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  return response;
}

http::Response give_file(Context& context, HolderShared& shared) {
  const Result<desk::HolderFiles> files = files_of(context, shared);
  if (!files) {
    if (files.error().fault == Fault::storage) return context.failed(files.error());
    return context.redirect("/holder");
  }
  const std::string& what = context.path.at("file");
  if (what == "reference.refproof") return file("application/json", what, files->proof);
  if (what == "reference.sd-jwt") {
    return file("application/dc+sd-jwt", what, bytes_of(files->credential));
  }
  if (what != "reference.pdf") return context.refuse(404, "frame.not_found");
  const std::optional<Opened> opened = shared.grants.of(context.session, context.now);
  if (!opened) return context.redirect("/holder");
  if (Result<void> noted = shared.parts.desk->claimed(opened->code, opened->pin); !noted) {
    return context.failed(noted.error());
  }
  return file("application/pdf", what, files->document);
}

http::Response ask_for(Context& context, HolderShared& shared) {
  const std::optional<Opened> opened = shared.grants.of(context.session, context.now);
  if (!opened) return context.redirect("/holder");
  const bool erase = context.form.get("wish") == "erasure";
  const desk::Wish wish = erase ? desk::Wish::erasure : desk::Wish::correction;
  if (Result<void> noted = shared.parts.desk->wish(opened->code, opened->pin, wish); !noted) {
    return context.failed(noted.error());
  }
  context.flash("good", context.text("holder.asked"));
  return context.redirect("/holder/files");
}

http::Response leave(Context& context, HolderShared& shared) {
  shared.grants.end(context.session);
  return context.redirect("/holder");
}

}  // namespace

void add_fetching(Area& area, const SharedHolder& shared) {
  const auto with = [&](auto function) {
    return [shared, function](Context& context) { return function(context, *shared); };
  };
  const Who anybody = Who::everybody();
  area.routes.push_back({Method::get, "/holder", anybody, "",
                         [](Context& context) { return door(context, "", 200); }});
  area.routes.push_back({Method::post, "/holder", anybody, "", with(knock)});
  area.routes.push_back({Method::get, "/holder/files", anybody, "", with(show_files)});
  area.routes.push_back({Method::get, "/holder/files/{file}", anybody, "", with(give_file)});
  area.routes.push_back({Method::post, "/holder/ask", anybody, "", with(ask_for)});
  area.routes.push_back({Method::post, "/holder/leave", anybody, "", with(leave)});
}

}  // namespace refledger::site
