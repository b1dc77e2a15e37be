#include "render/seal/status.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include <algorithm>

namespace refledger::seal {
namespace {

using std::chrono::seconds;

void free_texts(STACK_OF(OPENSSL_STRING) * texts) { X509_email_free(texts); }
using Texts = std::unique_ptr<STACK_OF(OPENSSL_STRING), Freer<free_texts>>;
using Points = std::unique_ptr<CRL_DIST_POINTS, Freer<CRL_DIST_POINTS_free>>;
using OcspRequest = std::unique_ptr<OCSP_REQUEST, Freer<OCSP_REQUEST_free>>;
using OcspResponse = std::unique_ptr<OCSP_RESPONSE, Freer<OCSP_RESPONSE_free>>;
using OcspBasic = std::unique_ptr<OCSP_BASICRESP, Freer<OCSP_BASICRESP_free>>;
using CertId = std::unique_ptr<OCSP_CERTID, Freer<OCSP_CERTID_free>>;
using List = std::unique_ptr<X509_CRL, Freer<X509_CRL_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;

constexpr std::size_t max_answer = 64 * 1024;
constexpr std::size_t max_list = 512 * 1024;
constexpr std::size_t max_address = 1024;
constexpr long clocks_may_differ = 300;

Error refused(std::string why) {
  return openssl_error(Fault::refused, "certificate status: " + std::move(why));
}
Error unclear(std::string why) {
  return openssl_error(Fault::upstream, "certificate status: " + std::move(why));
}

std::time_t seconds_of(UtcMillis now) {
  return std::chrono::floor<seconds>(now).time_since_epoch().count();
}

// ---- where to ask -------------------------------------------------------------------------------

bool is_http(std::string_view address) {
  return address.size() <= max_address &&
         (address.starts_with("http://") || address.starts_with("https://"));
}

std::string responder_of(X509* certificate) {
  const Texts texts(X509_get1_ocsp(certificate));
  for (int at = 0; texts && at < sk_OPENSSL_STRING_num(texts.get()); ++at) {
    if (const std::string one = sk_OPENSSL_STRING_value(texts.get(), at); is_http(one)) return one;
  }
  return {};
}

std::string address_in(const DIST_POINT* point) {
  if (point->distpoint == nullptr || point->distpoint->type != 0) return {};
  const GENERAL_NAMES* names = point->distpoint->name.fullname;
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, at);
    if (name->type != GEN_URI) continue;
    const ASN1_STRING* text = name->d.uniformResourceIdentifier;
    const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    std::string one(data, static_cast<std::size_t>(ASN1_STRING_length(text)));
    if (is_http(one)) return one;
  }
  return {};
}

std::string list_of(X509* certificate) {
  const Points points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int at = 0; points && at < sk_DIST_POINT_num(points.get()); ++at) {
    std::string one = address_in(sk_DIST_POINT_value(points.get(), at));
    if (!one.empty()) return one;
  }
  return {};
}

// A whole address is a base and what is below it: exchange() takes them apart.
Result<std::string> fetched(const std::string& address, const client::Request& message,
                            std::size_t most, const StatusSettings& settings) {
  Result<client::Endpoint> endpoint = client::parse_base_url(address);
  if (!endpoint) return unclear("an address is not a usable one");
  endpoint->timeout = settings.timeout;
  endpoint->ca_file = settings.ca_file;
  endpoint->signed_content = true;
  client::Request asked = message;
  asked.target = endpoint->path.empty() ? "/" : "";
  const Result<client::Answer> answer = client::exchange(*endpoint, asked, most);
  if (!answer) return unclear(answer.error().detail);
  if (answer->status != 200) return unclear("answered " + std::to_string(answer->status));
  return answer->body;
}

// ---- OCSP ---------------------------------------------------------------------------------------

// SHA-1 names the certificate here and protects nothing; many responders know no other.
CertId id_of(X509* certificate, X509* issuer) {
  return CertId(OCSP_cert_to_id(EVP_sha1(), certificate, issuer));
}

Bytes question_about(X509* certificate, X509* issuer) {
  const OcspRequest request(OCSP_REQUEST_new());
  CertId id = id_of(certificate, issuer);
  if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr) return {};
  id.release();  // the request's from here on
  return encoded(i2d_OCSP_REQUEST, request.get());
}

OcspBasic basic_in(ByteView response) {
  const unsigned char* at = response.data();
  const OcspResponse whole(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(response.size())));
  if (!whole || at != response.data() + response.size() ||
      OCSP_response_status(whole.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    return nullptr;
  }
  const Bytes again = encoded(i2d_OCSP_RESPONSE, whole.get());
  if (!std::equal(again.begin(), again.end(), response.begin(), response.end())) return nullptr;
  return OcspBasic(OCSP_response_get1_basic(whole.get()));
}

// By the issuer itself, or by a responder whose certificate the issuer made for that.
bool is_signed(OCSP_BASICRESP* basic, X509* issuer, UtcMillis now) {
  const Store store(X509_STORE_new());
  if (!store || X509_STORE_add_cert(store.get(), issuer) != 1) return false;
  X509_VERIFY_PARAM* how = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(how, seconds_of(now));
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
  STACK_OF(X509)* others = sk_X509_new_null();
  const bool good = others != nullptr && sk_X509_push(others, issuer) > 0 &&
                    OCSP_basic_verify(basic, others, store.get(), 0) == 1;
  sk_X509_free(others);
  return good;
}

Result<void> is_good_now(OCSP_BASICRESP* basic, X509* certificate, X509* issuer, UtcMillis now) {
  const CertId id = id_of(certificate, issuer);
  int status = -1;
  int reason = 0;
  ASN1_GENERALIZEDTIME* revoked = nullptr;
  ASN1_GENERALIZEDTIME* from = nullptr;
  ASN1_GENERALIZEDTIME* until = nullptr;
  if (!id ||
      OCSP_resp_find_status(basic, id.get(), &status, &reason, &revoked, &from, &until) != 1) {
    return unclear("the answer is about another certificate");
  }
  const std::time_t at = seconds_of(now);
  const bool of_now =
      from != nullptr && ASN1_TIME_cmp_time_t(from, at + clocks_may_differ) <= 0 &&
      (until == nullptr || ASN1_TIME_cmp_time_t(until, at - clocks_may_differ) >= 0);
  if (!of_now) return unclear("the answer is not of now");
  if (status == V_OCSP_CERTSTATUS_GOOD) return {};
  return status == V_OCSP_CERTSTATUS_REVOKED ? refused("revoked")
                                             : unclear("the responder does not know it");
}

}  // namespace

Result<Status> good_by_answer(ByteView response, X509* certificate, X509* issuer, UtcMillis now) {
  ERR_clear_error();
  const OcspBasic basic = basic_in(response);
  if (!basic) return unclear("the answer is not that of a responder");
  if (!is_signed(basic.get(), issuer, now)) return unclear("the answer's signature does not hold");
  if (auto good = is_good_now(basic.get(), certificate, issuer, now); !good) return good.error();
  Status status{copy_of(response), {}, {}};
  X509* signer = nullptr;
  STACK_OF(X509)* others = sk_X509_new_null();
  if (others != nullptr) sk_X509_push(others, issuer);
  const bool found = OCSP_resp_get0_signer(basic.get(), &signer, others) == 1;
  if (found && X509_cmp(signer, issuer) != 0) {
    status.responder = encoded(i2d_X509, signer);
    const bool unchecked = X509_get_ext_by_NID(signer, NID_id_pkix_OCSP_noCheck, -1) >= 0;
    sk_X509_free(others);
    ERR_clear_error();
    return unchecked ? Result<Status>(std::move(status))
                     : refused("the responder's own certificate would have to be checked");
  }
  sk_X509_free(others);
  ERR_clear_error();
  return found ? Result<Status>(std::move(status))
               : unclear("the answer's signature does not hold");
}

Result<Status> good_by_list(ByteView list, X509* certificate, X509* issuer, UtcMillis now) {
  ERR_clear_error();
  const unsigned char* at = list.data();
  const List parsed(d2i_X509_CRL(nullptr, &at, static_cast<long>(list.size())));
  if (!parsed || at != list.data() + list.size() ||
      encoded(i2d_X509_CRL, parsed.get()) != copy_of(list)) {
    return unclear("what came is no revocation list");
  }
  if (X509_NAME_cmp(X509_CRL_get_issuer(parsed.get()), X509_get_subject_name(issuer)) != 0 ||
      X509_CRL_verify(parsed.get(), X509_get0_pubkey(issuer)) != 1) {
    return unclear("the list's signature does not hold");
  }
  // One for some certificates only, or for changes since another, says nothing about the rest.
  for (const int part : {NID_issuing_distribution_point, NID_delta_crl}) {
    if (X509_CRL_get_ext_by_NID(parsed.get(), part, -1) >= 0) {
      return unclear("the list is not a whole one");
    }
  }
  const std::time_t time = seconds_of(now);
  const ASN1_TIME* until = X509_CRL_get0_nextUpdate(parsed.get());
  if (ASN1_TIME_cmp_time_t(X509_CRL_get0_lastUpdate(parsed.get()), time + clocks_may_differ) > 0 ||
      until == nullptr || ASN1_TIME_cmp_time_t(until, time - clocks_may_differ) < 0) {
    return unclear("the list is not of now");
  }
  X509_REVOKED* entry = nullptr;
  if (X509_CRL_get0_by_cert(parsed.get(), &entry, certificate) != 0) return refused("revoked");
  ERR_clear_error();
  return Status{{}, copy_of(list), {}};
}

bool tells_status(X509* certificate) {
  return !responder_of(certificate).empty() || !list_of(certificate).empty();
}

Result<Status> ask_status(X509* certificate, X509* issuer, const StatusSettings& settings,
                          UtcMillis now) {
  if (const std::string address = responder_of(certificate); !address.empty()) {
    client::Request message;
    message.body = text_of(question_about(certificate, issuer));
    message.media_type = "application/ocsp-request";
    message.answer_type = "application/ocsp-response";
    const Result<std::string> answer = fetched(address, message, max_answer, settings);
    if (!answer) return answer.error();
    return good_by_answer(bytes_of(*answer), certificate, issuer, now);
  }
  if (const std::string address = list_of(certificate); !address.empty()) {
    client::Request message;
    message.answer_type = "application/pkix-crl";
    const Result<std::string> list = fetched(address, message, max_list, settings);
    if (!list) return list.error();
    return good_by_list(bytes_of(*list), certificate, issuer, now);
  }
  return refused("a certificate says neither where its responder is nor its revocation list");
}

}  // namespace refledger::seal
