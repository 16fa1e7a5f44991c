#include "library/opinions.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("feedback: opinions are read with their signs, addresses and comments", "[feedback]") {
  Errors errors;
  const auto opinions = read_opinions(
      "\xEF\xBB\xBF# What I think\r\n"
      "9901.00001\r\n"
      "+ 9901.00002v3   # nice\r\n"
      "\r\n"
      "-9901.00003\r\n"
      "- https://arxiv.org/abs/hep-th/9901001#comments\t# not for me\r\n"
      "  + arXiv:9901.00004#mine\r\n"
      "https://arxiv.org/pdf/9901.00005.pdf",
      "feedback.txt", errors);
  CHECK(errors.empty());
  const std::vector<Opinion> expected = {{"9901.00001", Stance::like, 2},    {"9901.00002", Stance::like, 3},
                                         {"9901.00003", Stance::dislike, 5}, {"hep-th/9901001", Stance::dislike, 6},
                                         {"9901.00004", Stance::like, 7},    {"9901.00005", Stance::like, 8}};
  CHECK(opinions == expected);
}

TEST_CASE("feedback: an opinion that is given twice is one, a paper liked and disliked counts for neither",
          "[feedback]") {
  Errors errors;
  const auto opinions =
      read_opinions("9901.00001\n- 9901.00002\n+ 9901.00001v2\n9901.00002\n9901.00003\n", "feedback.txt", errors);
  CHECK(opinions == std::vector<Opinion>{{"9901.00001", Stance::like, 1}, {"9901.00003", Stance::like, 5}});
  REQUIRE(errors.size() == 1);
  CHECK(describe(errors[0]) ==
        "feedback.txt:4: error: 9901.00002 is liked here and disliked in line 2\n"
        "  hint: remove one of the two lines; until then neither counts\n");
}

TEST_CASE("feedback: an empty file of opinions has none", "[feedback]") {
  Errors errors;
  CHECK(read_opinions("", "feedback.txt", errors).empty());
  CHECK(read_opinions("# nothing yet", "feedback.txt", errors).empty());
  CHECK(errors.empty());
}

TEST_CASE("feedback: an opinion names its paper in any of arXiv's ways, and by no other host", "[feedback]") {
  Errors errors;
  const auto opinions = read_opinions(
      "https://doi.org/10.48550/arXiv.9901.00001\n- arXiv:9901.00002v2 [cs.LG]\nhttps://arxiv.org/html/9901.00003v1\n"
      "https://www.alphaxiv.org/abs/9901.00004\n",
      "feedback.txt", errors);
  CHECK(errors.empty());
  CHECK(opinions == std::vector<Opinion>{{"9901.00001", Stance::like, 1},
                                         {"9901.00002", Stance::dislike, 2},
                                         {"9901.00003", Stance::like, 3},
                                         {"9901.00004", Stance::like, 4}});
  CHECK(read_opinions("https://arxiv.org.evil.example/abs/9901.00001\n10.1234/arXiv.9901.00001", "feedback.txt", errors)
            .empty());
  CHECK(errors.size() == 2);
}

TEST_CASE("feedback: an issue takes back what was said, the file does not", "[feedback]") {
  constexpr std::string_view text = "forget 9901.00001\nForget\thttps://arxiv.org/abs/9901.00002\nforget\n+ 9901.00003";
  Errors errors;
  CHECK(read_opinions_of_issue(text, "issue", errors) == std::vector<Opinion>{{"9901.00001", Stance::forget, 1},
                                                                              {"9901.00002", Stance::forget, 2},
                                                                              {"9901.00003", Stance::like, 4}});
  CHECK(errors.size() == 1);
  CHECK(read_opinions_of_issue("forget 9901.00001\n9901.00001", "issue", errors).empty());
  CHECK(errors.back().what == "9901.00001 is liked here and forgotten in line 1");
}
