#include "settings/templates.h"

#include "support/catch.h"

using namespace daybook;

namespace {

Templates templates_of(std::map<std::string, TemplateText> texts, Errors& errors) { return {texts, {}, errors}; }

std::string rendered(const std::string& text, const Fields& fields) {
  Errors errors;
  const Templates templates = templates_of({{"t.html", {"t.html", text}}}, errors);
  REQUIRE(errors.empty());
  return Renderer(templates).render("t.html", fields);
}

std::string all(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) text += describe(error);
  return text;
}

}  // namespace

TEST_CASE("templates: a variable is escaped, a triple one is not", "[templates]") {
  CHECK(rendered("{{x}} {{{x}}} {{&x}}", Fields().set("x", "<a b=\"c\"> & d")) ==
        "&lt;a b=&quot;c&quot;&gt; &amp; d <a b=\"c\"> & d <a b=\"c\"> & d");
}

TEST_CASE("templates: a section repeats for each item, and sees its own names before those around it", "[templates]") {
  Fields fields;
  fields.set("root", "../");
  fields.set("items", Fields::List{Fields().set("name", "a"), Fields().set("name", "b").set("root", "./")});
  CHECK(rendered("{{#items}}{{root}}{{name}};{{/items}}", fields) == "../a;./b;");
}

TEST_CASE("templates: lists of one length inside each other keep to their own items", "[templates]") {
  const auto pair = [](const char* x, const char* y) {
    return Fields().set("inner", Fields::List{Fields().set("v", x), Fields().set("v", y)});
  };
  Fields fields;
  fields.set("outer", Fields::List{pair("1", "2"), pair("3", "4")});
  CHECK(rendered("{{#outer}}[{{#inner}}{{v}}{{/inner}}{{#inner}}{{v}}{{/inner}}]{{/outer}}", fields) == "[1212][3434]");
}

TEST_CASE("templates: an empty text, an empty list and false hide their section and show the inverted one",
          "[templates]") {
  Fields fields;
  fields.set("text", "").set("list", Fields::List{}).flag("off", false).flag("on", true).set("word", "w");
  CHECK(rendered("{{#text}}1{{/text}}{{#list}}2{{/list}}{{#off}}3{{/off}}{{#on}}4{{/on}}{{#word}}5{{word}}{{/word}}"
                 "{{^text}}a{{/text}}{{^list}}b{{/list}}{{^off}}c{{/off}}{{^on}}d{{/on}}",
                 fields) == "45wabc");
}

TEST_CASE("templates: a line that holds nothing but a section's tag leaves no empty line", "[templates]") {
  Fields fields;
  fields.set("items", Fields::List{Fields().set("n", "1"), Fields().set("n", "2")});
  CHECK(rendered("<ul>\n{{#items}}\n<li>{{n}}</li>\n{{/items}}\n</ul>\n", fields) ==
        "<ul>\n<li>1</li>\n<li>2</li>\n</ul>\n");
}

TEST_CASE("templates: a partial stands where it is named, and an owner's template takes the place of ours",
          "[templates]") {
  Errors errors;
  const Templates templates({{"day.html", {"templates/day.html", "{{> head.html}}\n<p>{{x}}</p>\n"}},
                             {"head.html", {"templates/head.html", "<h1>ours</h1>\n"}}},
                            {{"head.html", {"mine/head.html", "<h1>mine</h1>\n"}}}, errors);
  CHECK(all(errors).empty());
  CHECK(Renderer(templates).render("day.html", Fields().set("x", "y")) == "<h1>mine</h1>\n<p>y</p>\n");
}

TEST_CASE("templates: faults of syntax are named with file and line, in the file where they stand", "[templates]") {
  Errors errors;
  templates_of({{"a.html", {"mine/a.html", "<p>\n{{> part.html}}\n{{> prat.html}}\n"}},
                {"part.html", {"mine/part.html", "fine\n{{#days}}\n"}},
                {"b.html", {"mine/b.html", "{{/x}}\n{{#y}}{{/z}}\n{{=<% %>=}}\n{{}}\n{{oops\n"}},
                {"self.html", {"mine/self.html", "{{> self.html}}"}}},
               errors);
  CHECK(all(errors) ==
        "mine/a.html:3:1: error: there is no template \"prat.html\"\n  hint: did you mean \"part.html\"?\n"
        "mine/part.html:2:1: error: the section \"days\" is not closed\n  hint: close it with \"{{/days}}\"\n"
        "mine/b.html:1:1: error: the section \"x\" is closed but was not opened\n  hint: open it with \"{{#x}}\"\n"
        "mine/b.html:2:7: error: the section \"z\" is closed where \"y\" is open\n  hint: close \"y\" first\n"
        "mine/b.html:3:1: error: the delimiters of tags can't be changed here\n  hint: remove this tag\n"
        "mine/b.html:4:1: error: this tag is empty\n  hint: take it out\n"
        "mine/b.html:5:1: error: this tag is not closed\n  hint: close it with \"}}\"\n"
        "mine/self.html:1:1: error: the template \"self.html\" contains itself\n"
        "  hint: remove one of the two tags\n");
}

TEST_CASE("templates: an owner's file with nearly the name of one of ours is a slip of the pen", "[templates]") {
  Errors errors;
  const Templates templates({{"month.html", {"templates/month.html", ""}}},
                            {{"mounth.html", {"mine/mounth.html", ""}}, {"banner.html", {"mine/banner.html", ""}}},
                            errors);
  CHECK(all(errors) ==
        "mine/mounth.html: error: no template of Daybook is called \"mounth.html\"\n"
        "  hint: did you mean \"month.html\"?\n");
}

TEST_CASE("templates: a file or a tag with the name of an earlier version's template is told what shows it now",
          "[templates]") {
  const TemplateTexts ours = {{"paper.html", {"templates/paper.html", ""}}, {"meta.html", {"templates/meta.html", ""}}};
  Errors errors;
  const Templates left_over(ours, {{"scores.html", {"mine/scores.html", ""}}}, errors);
  CHECK(all(errors) ==
        "mine/scores.html: error: Daybook has no template \"scores.html\" any more\n"
        "  hint: meta.html and notes.html show what it showed; move your changes there, and delete this file\n");
  errors.clear();
  const TemplateText old_paper = {"mine/paper.html", "<h2></h2>\n{{> scores.html}}\n"};
  const Templates half_copied(ours, {{"paper.html", old_paper}}, errors);
  CHECK(all(errors) ==
        "mine/paper.html:2:1: error: there is no template \"scores.html\"\n"
        "  hint: meta.html and notes.html show what it showed; name them instead\n");
  errors.clear();
  const Templates copied(ours, {{"paper.html", old_paper}, {"scores.html", {"mine/scores.html", ""}}}, errors);
  CHECK(all(errors).empty());
}

TEST_CASE("templates: an owner's own partial may have nearly the name of one of ours", "[templates]") {
  Errors errors;
  const Templates templates({{"day.html", {"templates/day.html", "<p>{{x}}</p>\n"}}},
                            {{"day.html", {"mine/day.html", "{{> nav.html}}\n<p>{{x}}</p>\n"}},
                             {"nav.html", {"mine/nav.html", "<nav></nav>\n"}}},
                            errors);
  CHECK(all(errors).empty());
  CHECK(Renderer(templates).render("day.html", Fields().set("x", "y")) == "<nav></nav>\n<p>y</p>\n");
}

TEST_CASE("templates: a partial that is nowhere is an error, whatever is near", "[templates]") {
  Errors errors;
  const Templates templates({{"page.html", {"templates/page.html", ""}}},
                            {{"page.html", {"mine/page.html", "{{> nav.html}}"}}}, errors);
  CHECK(all(errors) ==
        "mine/page.html:1:1: error: there is no template \"nav.html\"\n"
        "  hint: add it to the folder, or remove this tag\n");
}

TEST_CASE("templates: a name that nothing offers is an error with file and line, inside lists too", "[templates]") {
  Errors errors;
  const Templates templates = templates_of({{"t.html",
                                             {"mine/t.html",
                                              "{{title}}\n{{#papers}}\n{{title}} {{titel}}\n{{/papers}}\n{{name}}\n"
                                              "{{#nope}}{{x}}{{/nope}}{{#names}}{{n}}{{/names}}"}}},
                                           errors);
  Fields offered;
  offered.set("title", "t")
      .set("papers", Fields::List{Fields().set("name", "n").set("names", Fields::List{Fields().set("m", "m")})});
  templates.check_names("t.html", offered, errors);
  CHECK(all(errors) ==
        "mine/t.html:3:11: error: there is no \"titel\" to show here\n  hint: did you mean \"title\"?\n"
        "mine/t.html:5:1: error: there is no \"name\" to show here\n  hint: it can be shown inside {{#papers}}\n"
        "mine/t.html:6:1: error: there is no \"nope\" to show here\n"
        "  hint: the names are listed in templates/README.md of Daybook's repository\n"
        "mine/t.html:6:24: error: there is no \"names\" to show here\n  hint: it can be shown inside {{#papers}}\n"
        "mine/t.html:6:34: error: there is no \"n\" to show here\n  hint: did you mean \"m\"?\n");
}
