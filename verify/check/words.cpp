// The words of the product for what the checks found.
#include <cstdlib>

#include "verify/check/check.h"

namespace refledger::verify {

const char* words_for(Verdict verdict) {
  switch (verdict) {
    case Verdict::genuine_and_valid:
      return "genuine and valid";
    case Verdict::genuine_no_longer_valid:
      return "genuine but no longer valid";
    case Verdict::not_this_document:
      return "not this document";
    case Verdict::unknown:
      return "unknown";
    case Verdict::cannot_check_now:
      return "cannot check now";
  }
  std::abort();
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::genuine_and_valid:
      return 0;
    case Verdict::not_this_document:
    case Verdict::unknown:
      return 1;
    case Verdict::cannot_check_now:
      return 3;
    case Verdict::genuine_no_longer_valid:
      return 4;
  }
  std::abort();
}

const char* name_of(Layer layer) {
  switch (layer) {
    case Layer::document:
      return "document";
    case Layer::record:
      return "record";
    case Layer::credential:
      return "credential";
    case Layer::disclosure:
      return "disclosure";
    case Layer::entry:
      return "entry";
    case Layer::proof:
      return "proof";
    case Layer::checkpoint:
      return "checkpoint";
    case Layer::keys:
      return "keys";
    case Layer::status:
      return "status";
  }
  std::abort();
}

const char* words_for(Remark remark) {
  switch (remark) {
    case Remark::no_independent_witness:
      return "no independent witness";
    case Remark::issuer_not_confirmed:
      return "issuer's identity not confirmed";
    case Remark::withdrawal_last_checked:
      return "withdrawal last checked";
    case Remark::trust_from_the_same_server:
      return "the log's key was taken from the server that is being checked";
    case Remark::signature_weaker_than_written_form:
      return "weaker signature than the written form";
    case Remark::sources_disagree:
      return "the sources disagree; in doubt the reference counts as withdrawn";
  }
  std::abort();
}

}  // namespace refledger::verify
