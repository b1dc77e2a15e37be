// A QR code as an SVG path, for an authenticator app's camera.
#pragma once

#include <string>
#include <string_view>

namespace refledger::site {

struct QrPath {
  int size = 0;      ///< modules of a side, with the quiet zone
  std::string path;  ///< `d` of one <path>
};

QrPath qr_path(std::string_view text);

}  // namespace refledger::site
