#include "desk/web/account/qr.h"

#include <qrcodegen/qrcodegen.hpp>

namespace refledger::site {

QrPath qr_path(std::string_view text) {
  using qrcodegen::QrCode;
  constexpr int kQuiet = 4;
  const QrCode code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
  QrPath made;
  made.size = code.getSize() + 2 * kQuiet;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      made.path += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h1v1h-1z";
    }
  }
  return made;
}

}  // namespace refledger::site
