// What is said once, on the next page that somebody opens.
//
// Shape    By session, for as long as the process runs: it outlives the site, so that a site that
//          is built anew still says what the one before was told to.
// Units    At most twenty a session and a thousand sessions; what is beyond that is not said.
// Threads  Any.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace refledger::site {

struct Flash {
  std::string tone;  ///< "good", "bad" or "plain"
  std::string text;
};

class Flashes {
 public:
  void add(const std::string& session, Flash flash);
  std::vector<Flash> take(const std::string& session);

 private:
  std::mutex alone_;
  std::map<std::string, std::vector<Flash>> by_session_;
};

}  // namespace refledger::site
