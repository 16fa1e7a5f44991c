// Notices as arXiv's papers have them, and honest texts that look alike.
#include "paper/withdrawn.h"

#include <string>

#include "support/catch.h"

using namespace daybook;

namespace {

bool by_abstract(const std::string& abstract) {
  Paper paper;
  paper.abstract = abstract;
  return is_withdrawn(paper);
}

bool by_comments(const std::string& comments) {
  Paper paper;
  paper.abstract = "We invent a paper.";
  paper.comments = comments;
  return is_withdrawn(paper);
}

const std::string long_rest = " " + std::string(300, 'x') + ".";

}  // namespace

TEST_CASE("withdrawn papers: a notice that opens the abstract is found", "[withdrawn]") {
  for (const std::string notice :
       {"this paper has been withdrawn", "This paper has been withdrawn by the author due to an error in Lemma 2.",
        "This paper\n  is withdrawn since Theorem 4 is wrong.", "The paper is withdrawn. The proof has an error.",
        "The following paper has been withdrawn because there are mistakes.",
        "Paper is withdrawn due to further studies.",
        "[This paper has been withdrawn by the author due to newer results] As we know",
        "- Paper withdrawn by the author - Sensors for nothing", "This submission was withdrawn by the authors.",
        "arXiv admin note: This submission has been withdrawn by arXiv administrators due to its content",
        "This submissions has been withdrawn by arXiv administrators because of rights",
        "This manuscript is hereby withdrawn.", "This article has been withdrawn effective 18 November."}) {
    INFO(notice);
    CHECK(by_abstract(notice));
    CHECK(by_abstract(notice + long_rest));
    CHECK(by_comments(notice));
  }
}

TEST_CASE("withdrawn papers: the bare word is a notice where it opens a line of its own", "[withdrawn]") {
  for (const std::string notice :
       {"Withdrawn", "Withdrawn. Never submitted.", "Withdrawn by authors", "Withdrawn for revision",
        "Withdrawn by arXiv administrators due to the validity of its data"}) {
    INFO(notice);
    CHECK(by_abstract(notice));
    CHECK(by_comments(notice));
    CHECK_FALSE(by_abstract(notice + long_rest));
  }
}

TEST_CASE("withdrawn papers: comments may have the notice behind other sentences", "[withdrawn]") {
  CHECK(by_comments("12 pages; this paper has been withdrawn by the author"));
  CHECK(by_comments("4 figures. The paper has been withdrawn because it will undergo a major revision"));
  CHECK(by_comments("5 pages. arXiv admin note: withdrawn by arXiv due to its authorship"));
  CHECK(by_comments("This paper has been withdrawn by the authors from arXiv"));
}

TEST_CASE("withdrawn papers: an honest paper that speaks of withdrawal is none", "[withdrawn]") {
  for (const std::string text :
       {"We study whether a paper has been withdrawn from a benchmark.", "Withdrawn from the market, the drug is back.",
        "Many drugs have been withdrawn from the market.", "The plate is withdrawn from a bath.",
        "We show that when this paper has been withdrawn, reviewers change their minds.",
        "Papers are withdrawn from journals for many reasons.", "The work was withdrawn after its author had died.",
        "Symptoms such as social withdrawal are rated.", "Users may have their data withdrawn.", "",
        "arXiv admin note: substantial text overlap with arXiv:9901.00001"}) {
    INFO(text);
    CHECK_FALSE(by_abstract(text));
    CHECK_FALSE(by_comments(text));
  }
}

TEST_CASE("withdrawn papers: one that was withdrawn from a conference is none", "[withdrawn]") {
  for (const std::string comments :
       {"Withdrawn from ICML 2099 and submitted again", "This paper was withdrawn from ICLR 2099",
        "This paper was withdrawn by the authors from ICLR 2099", "Submitted to ICLR 2099 (withdrawn)",
        "Withdrawn ICLR 2099 submission", "Submitted to a journal, paper withdrawn",
        "A former version of this paper has been withdrawn", "Supersedes 9901.00001, which has been withdrawn"}) {
    INFO(comments);
    CHECK_FALSE(by_comments(comments));
  }
}
