#include "site/links.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace daybook {

namespace {

std::string padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

// Ids need no escapes in a query (RFC 3986 3.4).
std::string answer_url(const std::string& form, const std::string& title, const std::string& sign,
                       std::string_view paper_id) {
  if (form.empty()) return {};
  const std::string id(paper_id);
  return form + "&title=" + title + id + "&papers=" + sign + id;
}

}  // namespace

std::string year_path(int year) { return padded(year, 4) + '/'; }
std::string month_path(int year, int month) { return year_path(year) + padded(month, 2) + '/'; }
std::string day_path(Date date) { return month_path(date.year(), date.month()) + padded(date.day(), 2) + '/'; }
std::string week_path(IsoWeek week) { return year_path(week.year) + 'w' + padded(week.week, 2) + '/'; }
std::string card_path(Date date) { return day_path(date) + "card.png"; }
std::string topic_path(std::string_view slug) { return "topics/" + std::string(slug) + '/'; }
std::string api_path(Date date) {
  return "api/v1/" + month_path(date.year(), date.month()) + padded(date.day(), 2) + ".json";
}

std::string root_from(std::string_view path) {
  std::string root;
  for (auto folders = std::count(path.begin(), path.end(), '/'); folders > 0; --folders) root += "../";
  return root.empty() ? "./" : root;
}

std::string anchor(std::string_view paper_id) {
  std::string name = "p" + std::string(paper_id);
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

std::string root_path(const SiteSettings& site) {
  const auto scheme = site.url.find("://");
  const auto slash = site.url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return slash == std::string::npos ? "/" : site.url.substr(slash);
}

std::string absolute_url(const SiteSettings& site, std::string_view path) { return site.url + std::string(path); }
std::string abstract_url(std::string_view paper_id) { return "https://arxiv.org/abs/" + std::string(paper_id); }
std::string pdf_url(std::string_view paper_id) { return "https://arxiv.org/pdf/" + std::string(paper_id); }
std::string arxiv_doi(std::string_view paper_id) { return "10.48550/arXiv." + std::string(paper_id); }
std::string doi_url(std::string_view paper_id) { return "https://doi.org/" + arxiv_doi(paper_id); }

std::string html_url(std::string_view paper_id) {
  const bool has_html = paper_id.find('/') == std::string_view::npos && paper_id >= "2312";
  return has_html ? "https://arxiv.org/html/" + std::string(paper_id) : "";
}

std::string like_url(const std::string& form, std::string_view paper_id) {
  return answer_url(form, "More+like+", "%2B+", paper_id);
}
std::string dislike_url(const std::string& form, std::string_view paper_id) {
  return answer_url(form, "Not+for+me:+", "-+", paper_id);
}
std::string forget_url(const std::string& form, std::string_view paper_id) {
  return answer_url(form, "Forget+", "forget+", paper_id);
}

std::string tag_uri(const SiteSettings& site, std::string_view name) {
  std::string_view address = site.id_base.empty() ? site.url : site.id_base;
  if (const auto scheme = address.find("://"); scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  const auto slash = std::min(address.find('/'), address.size());
  const std::string_view host = address.substr(0, slash);
  std::string uri = "tag:" + ascii_lower(host.substr(0, host.find(':'))) + ",2026:";
  uri.append(slash < address.size() ? address.substr(slash) : "/").append(name);
  return uri;
}

std::string long_date(Date date) { return std::string(weekday_name(date.weekday())) + ", " + plain_date(date); }

std::string plain_date(Date date) { return std::to_string(date.day()) + ' ' + month_title(date.year(), date.month()); }

std::string date_range(Date first, Date last) {
  const auto text = [](Date date) { return std::to_string(date.day()) + ' ' + std::string(month_name(date.month())); };
  if (first == last) return text(first);
  if (first.year() == last.year() && first.month() == last.month())
    return std::to_string(first.day()) + "–" + text(last);
  return text(first) + " – " + text(last);
}

std::string money(double dollars) {
  // In whole cents, or ten-thousandths where that would be none of them: no locale has a say in integers.
  const auto fraction = [](long long value, long long unit, std::size_t width) {
    return "$" + std::to_string(value / unit) + '.' + padded(static_cast<int>(value % unit), width);
  };
  const long long cents = std::llround(dollars * 100);
  return cents == 0 && dollars > 0 ? fraction(std::llround(dollars * 10000), 10000, 4) : fraction(cents, 100, 2);
}

std::string month_title(int year, int month) { return std::string(month_name(month)) + ' ' + std::to_string(year); }

}  // namespace daybook
