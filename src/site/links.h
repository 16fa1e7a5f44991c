// Where everything is. Paths are relative to the site's root, folders end in '/'.
#pragma once

#include <string>
#include <string_view>

#include "core/date.h"
#include "settings/settings.h"

namespace daybook {

std::string year_path(int year);                // "2025/"
std::string month_path(int year, int month);    // "2025/08/"
std::string day_path(Date date);                // "2025/08/05/"
std::string week_path(IsoWeek week);            // "2025/w32/"
std::string card_path(Date date);               // "2025/08/05/card.png", the day's picture
std::string topic_path(std::string_view slug);  // "topics/model-compression/"
std::string api_path(Date date);                // "api/v1/2025/08/05.json"

// The way back to the root from a path: "../../" from "2025/08/"; "./" from the root itself.
std::string root_from(std::string_view path);

// A paper's place on its day's page: "p2508.01625", "phep-th_9901001".
std::string anchor(std::string_view paper_id);

// Where the site's root is on its host: "/daybook/".
std::string root_path(const SiteSettings& site);
std::string absolute_url(const SiteSettings& site, std::string_view path);
std::string abstract_url(std::string_view paper_id);  // on arxiv.org
std::string pdf_url(std::string_view paper_id);
// arXiv's HTML version, which it makes of papers since December 2023; empty for older ones.
// https://info.arxiv.org/about/accessible_HTML.html
std::string html_url(std::string_view paper_id);
std::string arxiv_doi(std::string_view paper_id);  // "10.48550/arXiv.2508.01625", https://info.arxiv.org/help/doi.html
std::string doi_url(std::string_view paper_id);    // "https://doi.org/10.48550/arXiv.2508.01625"

// The issue form `form` (SiteParts::feedback_form) with a paper and the owner's word on it filled in; empty where
// `form` is. Two taps send it. The form's one field, "papers", has the lines of config/feedback.txt.
// https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue
std::string like_url(const std::string& form, std::string_view paper_id);
std::string dislike_url(const std::string& form, std::string_view paper_id);
std::string forget_url(const std::string& form, std::string_view paper_id);  // takes either back

// A permanent id (RFC 4151): "tag:owner.github.io,2026:/daybook/papers/2508.01625". It depends on the site's id_base
// (its url where that is empty) and `name` alone: the year is the one in which Daybook began to mint them, never the
// entry's or today's.
std::string tag_uri(const SiteSettings& site, std::string_view name);

std::string long_date(Date date);               // "Tuesday, 5 August 2025"
std::string plain_date(Date date);              // "5 August 2025"
std::string date_range(Date first, Date last);  // "19–29 May", "28 May – 3 June"; of one day "19 May"
std::string month_title(int year, int month);   // "August 2025"
std::string money(double dollars);              // "$0.22"; "$0.0042" where cents would say nothing

}  // namespace daybook
