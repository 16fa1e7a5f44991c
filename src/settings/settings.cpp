#include "settings/settings.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "settings/sections.h"

namespace daybook {

namespace {

bool looks_secret(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.find("key") != lower.npos || lower.find("token") != lower.npos || lower.find("secret") != lower.npos ||
         lower.find("password") != lower.npos;
}

std::string mend_setting(std::string_view name, const std::vector<std::string_view>& known) {
  if (const auto near = nearest(name, known); !near.empty()) return "did you mean \"" + std::string(near) + "\"?";
  if (const auto homes = homes_of(name); !homes.empty()) return "it belongs to " + homes;
  if (looks_secret(name))
    return "keep secrets out of this file: OPENAI_API_KEY and S2_API_KEY come from the environment";
  return "it has " + joined({known.begin(), known.end()});
}

// One file being read.
class Reader {
 public:
  Reader(const std::string& source, Errors& errors) : source_(source), errors_(errors) {}

  template <typename S>
  void read_section(const Node& table, std::string_view heading, const Fields<S>& fields, S& to) {
    for (const Member& member : table.members) {
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const auto& known) { return known.name == member.name; });
      if (field != fields.end()) {
        field->read(member.value, reading(std::string(heading) + " " + member.name), to);
      } else {
        reading("").fault(member.line, member.column, std::string(heading) + " has no setting " + quoted(member.name),
                          mend_setting(member.name, names_of(fields)));
      }
    }
  }

  // Topics and authors: `name` and what else `required` names must be there, and no two share a slug.
  template <typename S>
  void read_repeated(const Node& list, std::string_view heading, const Fields<S>& fields,
                     const std::vector<std::string_view>& required, std::vector<S>& to) {
    if (is_too_long(list, reading(std::string(heading)))) return;
    std::vector<std::pair<std::string, int>> taken;  // slugs and their lines
    for (const Node& table : list.items) {
      S one;
      read_section(table, heading, fields, one);
      for (const auto name : required) require(table, heading, name);
      if (one.name.empty()) continue;
      one.slug = slug(one.name);
      const auto first =
          std::find_if(taken.begin(), taken.end(), [&](const auto& other) { return other.first == one.slug; });
      if (first != taken.end()) {
        report_twin(table, heading, one.name, first->second);
      } else {
        taken.emplace_back(one.slug, table.line);
        to.push_back(std::move(one));
      }
    }
  }

  void unknown_section(const Member& member, const std::vector<std::string>& headings) {
    std::string name = member.name;
    if (member.value.kind != Node::Kind::table && member.value.kind != Node::Kind::list) {
      const std::string homes = homes_of(name);
      reading("").fault(member.line, member.column, quoted(name) + " stands in no section",
                        homes.empty() ? "the sections are " + joined(headings) : "write it under " + homes);
      return;
    }
    std::vector<std::string_view> names;
    for (const Section& section : sections()) names.push_back(section.name);
    const auto near = nearest(name, names);
    std::string mend = "the sections are " + joined(headings);
    for (const Section& section : sections()) {
      if (section.name == near) mend = "did you mean " + section.heading() + "?";
    }
    reading("").fault(member.line, member.column, "there is no section [" + shortened(name) + "]", std::move(mend));
  }

  // True where `member` is written as its section must be: [site], [[topic]].
  bool well_written(const Member& member, const Section& section) {
    const bool list = member.value.kind == Node::Kind::list &&
                      std::all_of(member.value.items.begin(), member.value.items.end(),
                                  [](const Node& item) { return item.kind == Node::Kind::table; });
    if (section.repeated ? list : member.value.kind == Node::Kind::table) return true;
    reading("").fault(member.line, member.column,
                      quoted(member.name) + (section.repeated ? " must be a list of sections" : " must be one section"),
                      "write " + section.heading());
    return false;
  }

  Reading reading(std::string subject) { return {std::move(subject), source_, errors_}; }

 private:
  void require(const Node& table, std::string_view heading, std::string_view name) {
    const bool there = std::any_of(table.members.begin(), table.members.end(),
                                   [&](const Member& member) { return member.name == name; });
    if (!there)
      reading("").fault(table, std::string(heading) + " has no " + std::string(name),
                        "add a line: " + std::string(name) + " = \"...\"");
  }

  void report_twin(const Node& table, std::string_view heading, const std::string& name, int first_line) {
    const auto member = std::find_if(table.members.begin(), table.members.end(),
                                     [](const Member& candidate) { return candidate.name == "name"; });
    reading("").fault(member->value,
                      std::string(heading) + " " + quoted(name) + " has the address of the one in line " +
                          std::to_string(first_line) + ", \"" + slug(name) + "\"",
                      "take one away or give it another name; case, accents and punctuation make no difference");
  }

  const std::string& source_;
  Errors& errors_;
};

void read_interests_section(const Member& member, Reader& reader, Interests& interests) {
  if (member.name == "topic") {
    reader.read_repeated(member.value, "[[topic]]", topic_fields(), {"name", "keep"}, interests.topics);
  } else if (member.name == "author") {
    reader.read_repeated(member.value, "[[author]]", author_fields(), {"name"}, interests.authors);
  } else if (member.name == "select") {
    Select select;
    reader.read_section(member.value, "[select]", select_fields(), select);
    interests.cutoffs = select;
    interests.skip_keywords = std::move(select.skip_keywords);
  }
}

void read_any_section(const Member& member, Reader& reader, Settings& settings) {
  if (member.name == "site") {
    reader.read_section(member.value, "[site]", site_fields(), settings.site);
  } else if (member.name == "arxiv") {
    reader.read_section(member.value, "[arxiv]", arxiv_fields(), settings.arxiv);
  } else if (member.name == "llm") {
    reader.read_section(member.value, "[llm]", llm_fields(), settings.llm);
  } else if (member.name == "scoring") {
    reader.read_section(member.value, "[scoring]", scoring_fields(), settings.scoring);
  } else {
    read_interests_section(member, reader, settings.interests);
  }
}

bool is_of_interests(const Section& section) { return section.repeated || section.name == "select"; }

// Calls `read` with each section that is known and well written; the faults come out in the file's order.
template <typename Read>
void read_file(std::string_view toml, const std::string& source, Errors& errors, bool only_interests, Read read) {
  Errors found;
  if (const auto root = read_toml(toml, source, found)) {
    Reader reader(source, found);
    std::vector<std::string> headings;
    for (const Section& section : sections()) {
      if (!only_interests || is_of_interests(section)) headings.push_back(section.heading());
    }
    for (const Member& member : root->members) {
      const auto section = std::find_if(sections().begin(), sections().end(),
                                        [&](const Section& known) { return known.name == member.name; });
      if (section == sections().end()) {
        reader.unknown_section(member, headings);
      } else if (only_interests && !is_of_interests(*section)) {
        reader.reading("").fault(member.line, member.column, section->heading() + " is no part of interests",
                                 "move it to daybook.toml; here are " + joined(headings));
      } else if (reader.well_written(member, *section)) {
        read(member, reader);
      }
    }
  }
  report_in_order(std::move(found), errors);
}

}  // namespace

Settings read_settings(std::string_view toml, const std::string& source, Errors& errors) {
  Settings settings;
  read_file(toml, source, errors, false,
            [&](const Member& member, Reader& reader) { read_any_section(member, reader, settings); });
  return settings;
}

Interests read_interests(std::string_view toml, const std::string& source, Errors& errors) {
  Interests interests;
  read_file(toml, source, errors, true,
            [&](const Member& member, Reader& reader) { read_interests_section(member, reader, interests); });
  return interests;
}

}  // namespace daybook
