// Who signs a document with a key that is not here.
#pragma once

#include <string>

namespace refledger::desk {

struct Signers {
  std::string chain = {};         ///< PEM: the signer's certificate and those above; empty: nobody
  std::string second_chain = {};  ///< of the other one of two people, who signs afterwards
  bool seal_first = false;        ///< the employer's seal signs before the person

  bool operator==(const Signers&) const = default;
};

}  // namespace refledger::desk
