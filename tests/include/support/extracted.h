// What a reader extracts from one of our files: text by the fonts' Unicode maps, by structure.
//
// Source   ISO 32000-1 §9.10 (extraction), §14.6 to 14.8 (marked content, structure)
#pragma once

#define POINTERHOLDER_TRANSITION 4
#include <gtest/gtest.h>

#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <string>
#include <vector>

namespace refledger::test {

using Object = QPDFObjectHandle;

inline std::string data_of(Object stream) {
  const std::shared_ptr<Buffer> buffer = stream.getStreamData(qpdf_dl_generalized);
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

/// Code to UTF-16BE of a map that has bfchar sections alone.
inline std::map<unsigned, std::string> unicode_of(Object font) {
  std::map<unsigned, std::string> codes;
  std::istringstream map(data_of(font.getKey("/ToUnicode")));
  const auto hex = [](const std::string& token) { return token.substr(1, token.size() - 2); };
  bool inside = false;
  for (std::string token; map >> token;) {
    if (token == "beginbfchar") inside = true;
    if (token == "endbfchar") inside = false;
    if (!inside || token.front() != '<') continue;
    std::string text;
    map >> text;
    text = hex(text);
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
      bytes += static_cast<char>(std::stoi(text.substr(at, 2), nullptr, 16));
    }
    codes[static_cast<unsigned>(std::stoul(hex(token), nullptr, 16))] = bytes;
  }
  return codes;
}

/// One page's marked content.
class PageText : public Object::ParserCallbacks {
 public:
  explicit PageText(Object page) : fonts_(page.getKey("/Resources").getKey("/Font")) {
    Object::parseContentStream(page.getKey("/Contents"), this);
  }

  std::map<int, std::string> by_number;          ///< UTF-8 by marked-content number
  std::map<int, std::string> tag_by_number;      ///< "/P"
  std::map<std::string, std::string> artifacts;  ///< UTF-8 by subtype or type: "/Header"
  int untagged = 0;                              ///< things drawn outside any mark
  int nested = 0;                                ///< marks inside marks
  int unmapped = 0;                              ///< codes without Unicode

  void handleObject(Object object) override {
    if (!object.isOperator()) return operands_.push_back(object);
    act(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  void act(const std::string& name) {
    if (name == "BDC" || name == "BMC") begin();
    if (name == "EMC") end();
    if (name == "Tf") font_ = unicode_of(fonts_.getKey(operands_[0].getName()));
    if (name == "TJ") {
      for (Object& part : operands_[0].getArrayAsVector()) {
        if (part.isString()) add(part.getStringValue());
      }
    }
    for (const char* drawn : {"TJ", "Tj", "f", "Do", "S", "re", "sh"}) {
      if (name == drawn && depth_ == 0) ++untagged;
    }
  }
  void begin() {
    if (++depth_ > 1) ++nested;
    utf16_.clear();
    properties_ = operands_.size() > 1 ? operands_[1] : Object::newDictionary();
    tag_ = operands_[0].getName();
  }
  void end() {
    --depth_;
    const std::string text = Object::newString("\xFE\xFF" + utf16_).getUTF8Value();
    if (tag_ == "/Artifact") {
      Object kind = properties_.getKey(properties_.hasKey("/Subtype") ? "/Subtype" : "/Type");
      artifacts[kind.isName() ? kind.getName() : ""] += text;
      return;
    }
    const int number = static_cast<int>(properties_.getKey("/MCID").getIntValue());
    by_number[number] = text;
    tag_by_number[number] = tag_;
  }
  void add(const std::string& codes) {
    for (std::size_t at = 0; at + 1 < codes.size(); at += 2) {
      const unsigned code =
          static_cast<unsigned char>(codes[at]) * 256u + static_cast<unsigned char>(codes[at + 1]);
      const auto found = font_.find(code);
      if (found == font_.end() || found->second.empty()) ++unmapped;
      if (found != font_.end()) utf16_ += found->second;
    }
  }

  Object fonts_;
  std::vector<Object> operands_;
  std::map<unsigned, std::string> font_;
  Object properties_;
  std::string tag_;
  std::string utf16_;
  int depth_ = 0;
};

/// An element of the structure tree and the text below it.
struct TaggedText {
  std::string type;  ///< "/P"
  std::string text;
};

/// The file's structure, in reading order; elements that hold elements come without their text.
class Reading {
 public:
  explicit Reading(QPDF& pdf) {
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
      pages_.push_back(page.getObjectHandle());
      texts_.emplace_back(page.getObjectHandle());
    }
    collect(pdf.getRoot().getKey("/StructTreeRoot").getKey("/K"));
  }
  const std::vector<PageText>& pages() const { return texts_; }
  const std::vector<TaggedText>& elements() const { return elements_; }

  /// Text of all elements, one line each, without dividing hyphens and final spaces.
  std::string text() const {
    std::string all;
    for (const TaggedText& element : elements_) {
      std::string text = element.text;
      for (std::size_t at = 0; (at = text.find("\xC2\xAD")) != std::string::npos;) {
        text.erase(at, 2);
      }
      all += text;
      if (!text.empty() && text.back() != ' ') all += '\n';
    }
    return all;
  }

 private:
  std::size_t page_index(Object page) const {
    for (std::size_t at = 0; at < pages_.size(); ++at) {
      if (page.isSameObjectAs(pages_[at])) return at;
    }
    ADD_FAILURE() << "an element without a page";
    return 0;
  }
  void collect(Object element) {
    const std::size_t own = elements_.size();
    elements_.push_back({element.getKey("/S").getName(), {}});
    Object kids = element.getKey("/K");
    for (Object& kid : kids.isArray() ? kids.getArrayAsVector() : std::vector{kids}) {
      if (kid.isInteger()) {
        elements_[own].text += texts_[page_index(element.getKey("/Pg"))].by_number.at(
            static_cast<int>(kid.getIntValue()));
      } else if (kid.isDictionaryOfType("/MCR")) {
        elements_[own].text += texts_[page_index(kid.getKey("/Pg"))].by_number.at(
            static_cast<int>(kid.getKey("/MCID").getIntValue()));
      } else if (kid.isDictionary() && kid.hasKey("/S")) {
        EXPECT_TRUE(kid.getKey("/P").isSameObjectAs(element));
        collect(kid);
      }
    }
  }

  std::vector<Object> pages_;
  std::vector<PageText> texts_;
  std::vector<TaggedText> elements_;
};

}  // namespace refledger::test
