// A day's message to a chat: the request, and what the service's reply means. An address may be a secret, or have one
// in it, so that none is ever in an error.
#pragma once

#include <string>

#include "core/date.h"
#include "core/http.h"
#include "core/result.h"
#include "delivery/delivery.h"
#include "settings/settings.h"
#include "settings/templates.h"

namespace daybook {

// `url` is what the variable `url_env` has. A token before its host, "https://TOKEN@ntfy.sh/papers", becomes the header
// `Authorization: Bearer TOKEN` (RFC 6750, 2.1). As many papers as the service takes are in the message, the others a
// number and a link. The same day makes the same request.
//
// Errors: `url` is no address that the kind can use (Kind::misuse); the owner's chat.txt makes a text that is too long
// even without papers (Kind::failed).
Result<Request> webhook_request(const WebhookSettings& webhook, const std::string& url, const Delivery& delivery,
                                Renderer& renderer);

// Done where the service says that it has the message. Otherwise Kind::later for what may pass (no reply, 408, 425,
// 429, 5xx) and Kind::failed for what the owner has to mend (a wrong address, a token that is not valid, a refused
// message).
Result<Done> webhook_verdict(const WebhookSettings& webhook, const std::string& url, const Result<Response>& response,
                             Instant now);

}  // namespace daybook
