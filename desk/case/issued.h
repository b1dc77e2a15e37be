// What becomes of an order: how far it came, what the checks say, and what HR gets in its hands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/case/case.h"
#include "render/letter/absence.h"
#include "render/letter/checks.h"
#include "render/seal/seal.h"

namespace refledger::desk {

/// For whoever signs elsewhere.
struct AskedSignature {
  seal::ToBeSigned asked;
  Date last_day;       ///< a signature that comes later is not taken
  std::string signer;  ///< as their certificate names them
  unsigned number = 1;
  unsigned of = 1;  ///< signatures on the document
  Bytes file;       ///< the document as it will be, without this signature
};

struct Issued {
  std::string case_id;  ///< empty: no case was opened
  Stage stage = Stage::open;
  Waiting waiting = Waiting::nothing;
  std::string reference_id;  ///< 26 characters, once identified
  std::string waiting_for;   ///< what HR has to do, in its language; empty if nothing
  std::string refused;       ///< why it was not issued: the findings that stand in the way
  std::vector<letter::Finding> findings;
  std::vector<letter::Override> decisions;
  std::optional<letter::AbsenceAdvice> absences;
  std::string rules;              ///< "CH, valid from 2017-01-01"
  bool reviewed = false;          ///< by a lawyer
  std::optional<Bytes> document;  ///< test document, sealed document, or the print to be signed
  std::optional<AskedSignature> signature;
};

}  // namespace refledger::desk
