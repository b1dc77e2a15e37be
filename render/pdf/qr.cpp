#include "render/pdf/qr.h"

#include <qrcodegen/qrcodegen.hpp>
#include <string>

#include "render/pdf/qr_mask.h"

namespace refledger::pdf {
namespace {

using qrcodegen::QrCode;
using qrcodegen::QrSegment;

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

std::vector<ModuleLine> rows_of(const QrCode& code) {
  std::vector<ModuleLine> rows(static_cast<std::size_t>(code.getSize()), 0);
  for (int row = 0; row < code.getSize(); ++row) {
    for (int column = 0; column < code.getSize(); ++column) {
      if (code.getModule(column, row)) {
        rows[static_cast<std::size_t>(row)] |= ModuleLine{1} << column;
      }
    }
  }
  return rows;
}

// The library would choose the mask itself, in ten times the time.
QrCode best_masked(std::string_view text) {
  const std::vector<QrSegment> segments = segments_of(text);
  const auto masked = [&](int mask) {
    return QrCode::encodeSegments(segments, QrCode::Ecc::QUARTILE, 1, max_version, mask, false);
  };
  QrCode first = masked(0);
  const int best = best_mask(rows_of(first));
  return best == 0 ? first : masked(best);
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
    const QrCode code = best_masked(text);
    return QrModules{code.getSize(), dark_runs(code)};
  } catch (const qrcodegen::data_too_long&) {
    return Error{Fault::out_of_range, "QR code: text too long"};
  }
}

}  // namespace refledger::pdf
