// pdf_attacks FOLDER: writes each attack as a PDF, and the root to trust, for other people's tools.
#include <filesystem>
#include <iostream>

#include "attacks.h"
#include "ledger/core/file.h"

int main(int count, char** arguments) {
  using namespace refledger;
  if (count != 2) {
    std::cerr << "pdf_attacks FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder(arguments[1]);
  std::filesystem::create_directories(folder);
  bool good = write_file(folder / "root.pem", bytes_of(verify::authority().root_pem)).has_value();
  good &= write_file(folder / "original.pdf", bytes_of(verify::original())).has_value();
  for (const verify::Attack& attack : verify::attacks()) {
    good &= write_file(folder / (attack.name + ".pdf"), bytes_of(attack.file)).has_value();
  }
  return good ? 0 : 1;
}
