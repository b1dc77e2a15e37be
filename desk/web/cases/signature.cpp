// A signature that is made elsewhere: what is to be signed, by whom and until when, and where the
// signature comes in.
#include "desk/web/cases/pages.h"
#include "ledger/core/encoding.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxSignature = std::size_t{64} * 1024;

std::string only_letters(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') letters += c;
  }
  return letters;
}

// Base64 as programs print it, with the lines around it that PEM has, or hex.
Result<Bytes> typed_signature(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  if (const std::size_t begin = text.find(kBegin); begin != std::string_view::npos) {
    const std::size_t from = text.find('\n', begin);
    const std::size_t to = text.find("-----END", begin);
    if (from == std::string_view::npos || to == std::string_view::npos || to < from) {
      return Error{Fault::malformed, "signature_text: not whole"};
    }
    text = text.substr(from, to - from);
  }
  const std::string letters = only_letters(text);
  if (Result<Bytes> hex = from_hex(letters, "signature_text")) return hex;
  return from_base64(letters, "signature_text");
}

Result<Bytes> signature_in(const Form& form) {
  const Upload* file = form.upload("signature");
  if (file != nullptr && !file->content.empty()) {
    if (file->content.size() > kMaxSignature) {
      return Error{Fault::out_of_range, "signature_text: too long"};
    }
    if (file->content.starts_with("-----BEGIN ")) return typed_signature(file->content);
    return copy_of(bytes_of(file->content));
  }
  const std::string typed = form.raw("signature_text");
  if (typed.empty() || typed.size() > kMaxSignature) {
    return Error{Fault::malformed, "signature_text: missing"};
  }
  return typed_signature(typed);
}

http::Response page(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  const desk::Actor actor = actor_of(context);
  Result<desk::Dossier> dossier = pages.desk().dossier(id, actor);
  if (!dossier) return context.failed(dossier.error());
  Result<std::optional<desk::AskedSignature>> asked = pages.desk().asked_signature(id, actor);
  if (!asked) return context.failed(asked.error());
  if (!*asked) return context.redirect("/cases/" + id);
  const desk::AskedSignature& one = **asked;
  const Result<Date> today = pages.today(context.now);
  const bool late = today && *today > one.last_day;
  const Json head = head_of(context, pages, *dossier, "case");
  return context.page("case_signature",
                      {{"title", head["person"]},
                       {"head", head},
                       {"base_of", "/cases/" + id + "/"},
                       {"version", std::to_string(dossier->sheet.version)},
                       {"signer", one.signer},
                       {"number", one.of > 1 ? said(context, "signature_number",
                                                    {{"number", std::to_string(one.number)},
                                                     {"of", std::to_string(one.of)}})
                                             : ""},
                       {"last_day", context.date(one.last_day)},
                       {"digest", to_base64(one.asked.digest)},
                       {"document_digest", to_base64(one.asked.document)},
                       {"late", late},
                       {"in_time", !late}});
}

http::Response take(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  const std::string back = "/cases/" + id + "/signature";
  const Result<Bytes> signature = signature_in(context.form);
  Result<desk::Issued> taken =
      signature ? pages.desk().assemble(id, *signature, actor_of(context)) : signature.error();
  if (!taken) {
    if (taken.error().fault == Fault::storage) return context.failed(taken.error());
    const bool no_fit = taken.error().fault == Fault::malformed;
    context.flash("bad",
                  no_fit ? said(context, "error_signature") : error_said(context, taken.error()));
    return context.redirect(back);
  }
  const bool more = taken->signature.has_value();
  context.flash("good", said(context, more ? "done_signature_next" : "done_signature"));
  return context.redirect(more ? back : "/cases/" + id);
}

// The document whose day is over, anew by the same number.
http::Response again(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  const Result<desk::Issued> anew =
      pages.desk().issue(id, 0, actor_of(context), signers_in(context.form));
  if (!anew && anew.error().fault == Fault::storage) return context.failed(anew.error());
  context.flash(anew ? "good" : "bad",
                anew ? said(context, "done_prepare") : error_said(context, anew.error()));
  return context.redirect("/cases/" + id + "/signature");
}

// `what` of the signature that is asked for, as a file.
template <class Pick>
Handler file_of(const SharedPages& pages, const char* type, const char* name, Pick pick) {
  return [pages, type, name, pick](Context& context) {
    const Result<std::optional<desk::AskedSignature>> asked =
        pages->desk().asked_signature(context.path.at("id"), actor_of(context));
    if (!asked) return context.failed(asked.error());
    if (!*asked) return context.refuse(404, "frame.not_found");
    http::Response response(200, type, std::string(text_of(pick(**asked))));
    response.set("Content-Disposition", std::string("attachment; filename=\"") + name + "\"");
    return response;
  };
}

}  // namespace

desk::Signers signers_in(const Form& form) {
  return {form.raw("chain"), form.raw("second_chain"), form.get("seal_first") == "yes"};
}

void add_signature(Area& area, const SharedPages& pages) {
  const Who writers = Who::with(kWriters);
  area.routes.push_back({Method::get, "/cases/{id}/signature", writers, "case.seen",
                         [pages](Context& context) { return page(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/signature", writers, "case.signature",
                         [pages](Context& context) { return take(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/signature/again", writers, "case.prepared",
                         [pages](Context& context) { return again(context, *pages); }});
  area.routes.push_back({Method::get, "/cases/{id}/signature/attributes.der", writers, "case.seen",
                         file_of(pages, "application/octet-stream", "attributes.der",
                                 [](const desk::AskedSignature& one) -> const Bytes& {
                                   return one.asked.signed_attributes;
                                 })});
  area.routes.push_back(
      {Method::get, "/cases/{id}/signature/document.pdf", writers, "case.document_seen",
       file_of(pages, "application/pdf", "unsigned.pdf",
               [](const desk::AskedSignature& one) -> const Bytes& { return one.file; })});
}

}  // namespace refledger::site
