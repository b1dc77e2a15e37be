// A log's side: its checkpoint is shown to witnesses, and their cosignatures are gathered.
//
// Order    Every witness is asked at the same time and by itself; one that does not answer holds up
//          nobody else, and is asked again with the next checkpoint.
// Errors   None: who did not cosign is named in the report, with the reason.
// Threads  One call of collect() at a time.
// Source   c2sp.org/tlog-witness, tlog-policy
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/format/trust.h"

namespace refledger::witness {

/// Posts `body` to `url`; the answer's status and body.
struct Posted {
  unsigned status = 0;
  std::string body;
};
using Post = std::function<Result<Posted>(const std::string& url, const std::string& body)>;

/// That the log's first `from` entries are those of the checkpoint's tree.
using Prove = std::function<Result<std::vector<TreeHash>>(TreeSize from)>;

struct Collected {
  std::string note;  ///< the checkpoint with every cosignature that was got and holds
  bool quorum = false;
  std::map<std::string, std::string> failed;  ///< why, by the witness's name in the policy
};

class Collector {
 public:
  /// The witnesses of `policy` that have a URL.
  Collector(format::Trust policy, Post post) : policy_(std::move(policy)), post_(std::move(post)) {}

  Collected collect(const std::string& signed_checkpoint, const Prove& prove);

 private:
  struct Cosigned {
    std::string line;
    TreeSize known;  ///< what the witness is known to have cosigned
  };
  /// What is asked of every witness alike.
  struct Question {
    format::Note note;
    std::string signed_checkpoint;
    TreeSize size;
    const Prove& prove;
  };
  Result<Cosigned> ask(const std::string& name, TreeSize known, const Question& question) const;

  format::Trust policy_;
  Post post_;
  std::map<std::string, TreeSize> known_;  // the size that each witness cosigned last
};

/// Over HTTP, for ten seconds at most; plain http is enough, since every answer is a signature.
Post post_over_http();

}  // namespace refledger::witness
