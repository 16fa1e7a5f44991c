// A day as a mail: plain text that reads well in a terminal, and HTML without pictures, scripts and anything that a
// program would have to fetch. Both come from templates, mail.txt and mail.html.
#pragma once

#include <map>
#include <string>

#include "delivery/delivery.h"
#include "settings/settings.h"
#include "settings/templates.h"

namespace daybook {

// What both templates may show.
Fields mail_fields(const Delivery& delivery, const MailSettings& mail, const SiteSettings& site);

// The same for an invented day with everything set, by template: for Templates::check_names().
std::map<std::string, Fields> offered_mail_fields(const SiteSettings& site);

// A whole message (RFC 5322, in ASCII, with CRLF), the same whenever it is made: the date is the day's midnight in New
// York, a week's that of its Saturday; the Message-ID is the delivery's key and the site, so that a program that gets
// it twice can tell. `mail` must have passed the rules of the settings. In its subject, "{{title}}" is the day's.
std::string mail_message(const Delivery& delivery, const MailSettings& mail, const SiteSettings& site,
                         Renderer& renderer);

}  // namespace daybook
