// A day whose papers have everything that spoils a format.
#pragma once

#include <string>

#include "site/samples.h"

namespace daybook::samples {

inline Day trap_day() {
  const auto paper = [](const std::string& id, const std::string& title) {
    Entry one = entry(id, "maps", 9, monday);
    one.paper.title = title;
    return one;
  };
  Day day;
  day.date = monday;
  day.status = Status::partial;
  day.why = "The LLM said \"no\" & left.";
  day.counts = {30, 20, 1, 6, 1};
  day.usage = Usage{"model", 2, 300, 0, 40, 0.1, 0.1, 0.2};
  day.topics = {{"maps", "Maps & <things>"}};
  day.papers = {
      paper("9901.00001", "LoRA & {K}-FAC, \"N:M\": 100% of $x^{2} < y_{i,j}$ for 5\\$ in \\'Etudes~1"),
      paper("hep-th/9901002", "<b>Bold</b> \\& 2$\\frac{1}{2}$ of $\\mathcal{O}(\\sqrt{n}K^{1/4})$ \\\\ twice"),
      paper("9901.00003", "An unclosed { and a $\\text{formula}}$ too many"),
      paper("9901.00004",
            "\xF0\x9F\x97\xBA in \xE6\xB7\xB1\xE5\xBA\xA6,\n  $\\begin{pmatrix} a \\\\ b \\end{pmatrix}$"),
      paper("9901.00005", "\xE2\x80\xAE\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \x01 \xFF end"),
  };
  day.papers[0].paper.authors = {"Ada Imagined",      "Aart van der Molenveld",
                                 "Tom Ashgrove Jr.",  "The Invented Collaboration",
                                 "J\\\"org \\'Etude", "Seed",
                                 "Ashgrove, Tom",     ""};
  day.papers[0].paper.version = 0;
  day.papers[0].score.novelty.reset();
  day.papers[1].paper.authors.assign(300, "Nobody O'Invented");
  day.papers[1].paper.abstract = "It costs $5 and $10, $$a<b$$ and\n\\begin{align} a &= b \\end{align} \"quoted\".";
  day.papers[1].paper.announce_type = AnnounceType::replace_cross;
  day.papers[1].paper.journal_ref = "J. Inv. {1} & 2";
  day.papers[1].paper.doi = "10.0000/a_b%c";
  day.papers[2].paper.authors = {};
  day.papers[2].paper.categories = {};
  day.papers[3].paper.authors = {"\xE6\xB7\xB1\xE5\xBA\xA6", "\xF0\x9F\x97\xBA Map"};
  day.papers[4].paper.authors = {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\x9C\xD7\x95\xD7\x99"};
  day.papers[4].score = {};
  day.near_misses = {paper("9901.00006", "Nearly $\\alpha$ & \\'etude")};
  return day;
}

}  // namespace daybook::samples
