#include "render/pdf/qr.h"

#include <qrcodegen/qrcodegen.hpp>
#include <string>

namespace refledger::pdf {
namespace {

using qrcodegen::QrCode;
using qrcodegen::QrSegment;

constexpr int max_version = 10;  // 57 modules: 34 mm, still beside the text

bool is_alphanumeric(char letter) {
  return std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:").find(letter) !=
         std::string_view::npos;
}

QrSegment segment_of(const std::string& text) {
  if (is_alphanumeric(text.front())) return QrSegment::makeAlphanumeric(text.c_str());
  return QrSegment::makeBytes({text.begin(), text.end()});
}

// `HTTPS://HOST/V/ID`, `#`, `SECRET`: three segments need fewer bits than one of bytes.
std::vector<QrSegment> segments_of(std::string_view text) {
  std::vector<QrSegment> segments;
  std::string current;
  for (const char letter : text) {
    if (!current.empty() && is_alphanumeric(current.front()) != is_alphanumeric(letter)) {
      segments.push_back(segment_of(current));
      current.clear();
    }
    current += letter;
  }
  if (!current.empty()) segments.push_back(segment_of(current));
  // Each change of mode costs a header; text of another shape is shorter as bytes.
  if (segments.size() > 3) return {QrSegment::makeBytes({text.begin(), text.end()})};
  return segments;
}

std::vector<ModuleRun> dark_runs(const QrCode& code) {
  std::vector<ModuleRun> runs;
  for (int row = 0; row < code.getSize(); ++row) {
    for (int column = 0; column < code.getSize(); ++column) {
      if (!code.getModule(column, row)) continue;
      const int begin = column;
      while (column < code.getSize() && code.getModule(column, row)) ++column;
      runs.push_back({row, begin, column});
    }
  }
  return runs;
}

}  // namespace

Result<QrModules> qr_modules(std::string_view text) {
  if (text.empty()) return Error{Fault::malformed, "QR code: no text"};
  try {
    const QrCode code =
        QrCode::encodeSegments(segments_of(text), QrCode::Ecc::QUARTILE, 1, max_version, -1, false);
    return QrModules{code.getSize(), dark_runs(code)};
  } catch (const qrcodegen::data_too_long&) {
    return Error{Fault::out_of_range, "QR code: text too long"};
  }
}

}  // namespace refledger::pdf
