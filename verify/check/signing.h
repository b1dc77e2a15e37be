// How a reference is signed, against the form that its law asks for.
//
// Source   The rule packs (render/letter/rules), which a verifier does not have: Swiss references
// of
//          every kind are signed (OR 330a, 346a), German ones in writing (GewO 109; since 2025
//          also in electronic form, § 126a BGB, if the employee agrees), Austrian ones likewise
//          (AngG 39).  A German confirmation is not the reference that the law means.
#pragma once

#include "ledger/credential/credential.h"

namespace refledger::verify {

/// A company seal is nobody's signature; a qualified one of a person stands for it where the law
/// said so on the document's date.  False where the claims say neither mode nor kind.
bool is_weaker_than_written(const credential::Claims& claims);

}  // namespace refledger::verify
