#include "render/pdf/objects.h"

namespace refledger::pdf {

Object text_object(std::string_view utf8) { return Object::newUnicodeString(std::string(utf8)); }

Object rectangle_object(const Box& box) {
  return Object::newArray({Object::newReal(box.left, 3), Object::newReal(box.bottom, 3),
                           Object::newReal(box.left + box.width, 3),
                           Object::newReal(box.bottom + box.height, 3)});
}

Object date_object(Date day) {
  std::string digits = format_date(day);
  std::erase(digits, '-');
  return Object::newString("D:" + digits + "000000Z");
}

Object name_object(const std::string& name) { return Object::newName(name); }

Object number_object(std::size_t number) {
  return Object::newInteger(static_cast<long long>(number));
}

Object indirect(QPDF& pdf, const std::string& source) {
  return pdf.makeIndirectObject(Object::parse(source));
}

Object stream(QPDF& pdf, const Deflated& data, const std::string& source) {
  Object made = Object::newStream(&pdf);
  made.replaceDict(Object::parse(source));
  made.replaceStreamData(data.data, name_object("/FlateDecode"), Object::newNull());
  return made;
}

Object stream(QPDF& pdf, std::string_view data, const std::string& source) {
  return stream(pdf, deflated(bytes_of(data)), source);
}

void pack(Object stream) {
  const std::shared_ptr<Buffer> plain = stream.getRawStreamData();
  stream.replaceStreamData(deflated({plain->getBuffer(), plain->getSize()}).data,
                           name_object("/FlateDecode"), Object::newNull());
}

}  // namespace refledger::pdf
