// The box with the QR code: the same size, place and words on every document of an issuer.
//
// Errors   as qr_modules()
#pragma once

#include "render/pdf/pdf.h"
#include "render/pdf/typesetter.h"

namespace refledger::pdf {

class VerificationBox {
 public:
  static Result<VerificationBox> make(const QrBlock& qr, const letter::Letter& letter,
                                      const Typesetter& typesetter);

  double height() const { return height_; }
  /// On the last page of `layout`, from `bottom` up.
  void add_to(Layout& layout, double bottom) const;

 private:
  VerificationBox(const QrBlock& qr, const letter::Letter& letter, const Typesetter& typesetter,
                  QrModules modules);
  double captions_height() const;
  void add_code(Layout& layout, double bottom) const;
  void add_captions(Layout& layout, double top) const;
  void add_typed(Layout& layout, const std::string& label, const std::string& value,
                 double y) const;

  const QrBlock& qr_;
  const letter::Letter& letter_;
  const Typesetter& typesetter_;
  QrModules modules_;
  double text_x_ = 0;
  double line_width_ = 0;
  double indent_ = 0;    ///< of the typed values, after their labels
  double captions_ = 0;  ///< their height
  double height_ = 0;
};

}  // namespace refledger::pdf
