// bexio's company profile, the one thing that is read there.
//
// Source   docs.bexio.com 2.0/company_profile; a recording of 2026-06-18
#pragma once

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

Reply answer_bexio(const World& world, const http::Request& request);

/// Of Seewald Instrumente AG, with a logo; `sparse`: null where a real account had null.
Json bexio_profile(bool sparse);

}  // namespace refledger::sandbox
