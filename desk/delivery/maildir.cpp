// A maildir: tmp, new and cur below one folder.
//
// Order    sent only once file and name are on disk.  Sending again writes the same file again, or
//          finds that a reader has already moved it to cur.
// Source   cr.yp.to/proto/maildir.html
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "desk/delivery/transport.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"

namespace refledger::delivery {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool good() const { return number_ >= 0; }

 private:
  int number_;
};

Delivered failed(const char* step) {
  return {Outcome::not_sent,
          std::string("maildir: ") + step + ": " + std::generic_category().message(errno)};
}

bool write_all(int file, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.good() && ::fsync(opened.number()) == 0;
}

// A reader that has seen a message moves it to cur and appends ":2," and its marks.
bool is_in(const fs::path& cur, const std::string& name, std::error_code& error) {
  for (fs::directory_iterator at(cur, error), end; !error && at != end; at.increment(error)) {
    const std::string found = at->path().filename().string();
    if (found == name || found.rfind(name + ":", 0) == 0) return true;
  }
  return false;
}

class Maildir : public Transport {
 public:
  explicit Maildir(fs::path folder) : folder_(std::move(folder)) {}

  Delivered send(ByteView message, const Address&, const Address&,
                 std::string_view message_id) override {
    const std::string name = to_hex(sha256(bytes_of(message_id))).substr(0, 40) + ".refledger";
    std::error_code error;
    if (is_in(folder_ / "cur", name, error)) return {Outcome::sent, "maildir: already read"};
    if (error) return {Outcome::not_sent, "maildir: cur: " + error.message()};
    return put(message, folder_ / "tmp" / name, folder_ / "new" / name);
  }

 private:
  // A crash before the rename leaves a file in tmp, which the next attempt overwrites.
  Delivered put(ByteView message, const fs::path& tmp, const fs::path& fresh) const {
    const Descriptor file(
        ::open(tmp.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.good()) return failed("open");
    if (!write_all(file.number(), message)) return failed("write");
    if (::fsync(file.number()) != 0) return failed("fsync");
    if (::rename(tmp.c_str(), fresh.c_str()) != 0) return failed("rename");
    if (!sync_folder(fresh.parent_path())) return failed("fsync of new");
    return {Outcome::sent, "maildir"};
  }

  fs::path folder_;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_maildir(std::filesystem::path folder) {
  for (const char* part : {"tmp", "new", "cur"}) {
    if (Result<void> made = make_private_folder(folder / part); !made) return made.error();
  }
  return std::unique_ptr<Transport>(std::make_unique<Maildir>(std::move(folder)));
}

}  // namespace refledger::delivery
