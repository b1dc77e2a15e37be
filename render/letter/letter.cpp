#include "render/letter/letter.h"

namespace refledger::letter {

std::string Section::text() const {
  std::string all;
  for (const std::string& paragraph : paragraphs) {
    if (!all.empty()) all += '\n';
    all += paragraph;
  }
  return all;
}

std::string Letter::text() const {
  std::string all = title;
  for (const Section& section : sections) {
    const char* between = "\n\n";
    for (const std::string& paragraph : section.paragraphs) {
      all += between;
      if (section.list) all += std::string(list_mark) + " ";
      all += paragraph;
      if (section.list) between = "\n";
    }
  }
  return all;
}

}  // namespace refledger::letter
