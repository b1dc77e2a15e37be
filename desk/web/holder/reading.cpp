// The draft as the person sees it before anything is issued, and what they may say to it.
#include "desk/case/leaver_side.h"
#include "desk/web/holder/pages.h"

namespace refledger::site {
namespace {

constexpr const char* kHere = "/holder/draft";

Json values_of(const Context& context, const desk::DraftView& view) {
  Json comments = Json::array();
  for (const desk::Comment& one : view.hearing.comments) {
    comments.push_back({{"at", context.time(one.at)}, {"text", one.text}});
  }
  Json values{{"title", context.text("holder.draft_title")},
              {"holder", view.holder},
              {"until", context.time(view.good_until)},
              {"address", view.address},
              {"changed", view.changed},
              {"comments", std::move(comments)}};
  if (view.asks_consent) {
    values["consent"] = {{"given", view.has_consented}, {"open", !view.has_consented}};
  }
  return values;
}

/// Runs `work` with the code and the PIN that this browser gave.
template <class Work>
http::Response with_code(Context& context, HolderShared& shared, Work work) {
  const std::optional<Opened> opened = shared.grants.of(context.session, context.now);
  if (!opened) return context.redirect("/holder");
  return work(desk::LeaverSide(*shared.parts.desk), *opened);
}

http::Response gone(Context& context, const Error& error) {
  if (error.fault == Fault::storage) return context.failed(error);
  if (error.fault != Fault::conflict) return context.redirect("/holder");
  context.flash("bad", context.text("holder.issued_meanwhile"));
  return context.redirect("/holder");
}

http::Response show(Context& context, HolderShared& shared) {
  return with_code(context, shared, [&](desk::LeaverSide side, const Opened& opened) {
    const Result<desk::DraftView> view = side.draft(opened.code, opened.pin);
    if (!view) return gone(context, view.error());
    return context.page("holder_draft", values_of(context, *view));
  });
}

http::Response document(Context& context, HolderShared& shared) {
  return with_code(context, shared, [&](desk::LeaverSide side, const Opened& opened) {
    const Result<Bytes> file = side.document(opened.code, opened.pin);
    if (!file && file.error().fault == Fault::malformed) {
      context.flash("bad", context.text("holder.draft_not_whole"));
      return context.redirect(kHere);
    }
    if (!file) return gone(context, file.error());
    http::Response response(200, "application/pdf", std::string(text_of(*file)));
    response.set("Content-Disposition", "inline; filename=\"draft.pdf\"");
    response.set("Cache-Control", "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    return response;
  });
}

http::Response after(Context& context, const Result<void>& done, const char* said,
                     const char* unusable) {
  if (done) {
    context.flash("good", context.text(said));
    return context.redirect(kHere);
  }
  const Fault fault = done.error().fault;
  if (fault != Fault::malformed && fault != Fault::out_of_range) {
    return gone(context, done.error());
  }
  context.flash("bad", context.text(unusable));
  return context.redirect(kHere);
}

http::Response say(Context& context, HolderShared& shared) {
  return with_code(context, shared, [&](desk::LeaverSide side, const Opened& opened) {
    return after(context, side.say(opened.code, opened.pin, context.form.raw("text")),
                 "holder.said_comment", "holder.comment_unusable");
  });
}

http::Response send_to(Context& context, HolderShared& shared) {
  return with_code(context, shared, [&](desk::LeaverSide side, const Opened& opened) {
    return after(context, side.send_to(opened.code, opened.pin, context.form.get("to")),
                 "holder.said_where", "holder.where_unusable");
  });
}

http::Response consent(Context& context, HolderShared& shared) {
  return with_code(context, shared, [&](desk::LeaverSide side, const Opened& opened) {
    const bool given = context.form.get("consent") == "yes";
    return after(context, side.consent(opened.code, opened.pin, given), "holder.said_consent",
                 "holder.draft_not_whole");
  });
}

}  // namespace

void add_reading(Area& area, const SharedHolder& shared) {
  const auto with = [&](auto function) {
    return [shared, function](Context& context) { return function(context, *shared); };
  };
  const Who anybody = Who::everybody();
  area.routes.push_back({Method::get, kHere, anybody, "", with(show)});
  area.routes.push_back({Method::get, "/holder/draft.pdf", anybody, "", with(document)});
  area.routes.push_back({Method::post, "/holder/draft/say", anybody, "", with(say)});
  area.routes.push_back({Method::post, "/holder/draft/address", anybody, "", with(send_to)});
  area.routes.push_back({Method::post, "/holder/draft/consent", anybody, "", with(consent)});
}

}  // namespace refledger::site
