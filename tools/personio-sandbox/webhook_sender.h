// Sends what waits in Webhooks, on a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tools/personio-sandbox/webhooks.h"

namespace refledger::sandbox {

class WebhookSender {
 public:
  /// Calls `with_webhooks` with what shall be done to the webhooks; it locks around it, and both
  /// outlive the sender.
  using WithWebhooks = std::function<void(const std::function<void(Webhooks&)>&)>;
  explicit WebhookSender(WithWebhooks with_webhooks);
  ~WebhookSender();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::sandbox
