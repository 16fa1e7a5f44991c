#include "rank/words.h"

#include "core/text.h"
#include "support/catch.h"

using namespace daybook;

TEST_CASE("words: the forms of a word have one stem", "[words]") {
  const std::vector<std::vector<std::string_view>> families = {
      {"quantization", "quantized", "quantizing", "quantize", "quantisation"},
      {"prune", "pruned", "pruning", "prunes"},
      {"sparse", "sparsity", "sparsify", "sparsification"},
      {"compress", "compressed", "compressing", "compression", "compresses"},
      {"expert", "experts"},
      {"theory", "theories"},
      {"distill", "distilled", "distillation", "distilling"},
      {"efficient", "efficiency", "efficiently"},
      {"moe", "moes"},
      {"cache", "caches", "cached", "caching"},
  };
  for (const auto& family : families) {
    for (const auto form : family) {
      INFO(form);
      CHECK(stemmed(form) == stemmed(family[0]));
    }
  }
}

TEST_CASE("words: different words keep different stems", "[words]") {
  CHECK(stemmed("general") != stemmed("generative"));
  CHECK(stemmed("bias") != stemmed("bia"));
  CHECK(stemmed("ring") == "ring");
  CHECK(stemmed("bed") == "bed");
  CHECK(stemmed("loss") == "loss");
  CHECK(stemmed("species") != stemmed("special"));
}

TEST_CASE("words: every string has a stem", "[words]") {
  for (const std::string_view word : {"", "s", "ss", "ing", "ed", "ies", "ion", "4", "α", "ly"}) {
    INFO(word);
    CHECK(stemmed(word).size() <= word.size());
  }
}

TEST_CASE("words: hyphens, stop words and case make no difference to a phrase", "[words]") {
  CHECK(words("Mixture-of-Experts").stems == words("a mixture of the experts").stems);
  CHECK(words("pre-training").stems == words("Pretraining").stems);
  CHECK(words("fine tuned").stems == words("fine-tuned").stems);
  CHECK(words("Poincaré").stems == words("poincare").stems);
  CHECK(words("").stems.empty());
  CHECK(words("of the and").stems.empty());
}

TEST_CASE("words: a sentence's end stands between its last word and the next", "[words]") {
  const Words text = words("Sparse. Low rank!? Yes, this; pre.");
  CHECK(text.stems ==
        std::vector<Stem>{hashed("spars"), 0, hashed("low"), hashed("rank"), 0, hashed("yes"), 0, hashed("pre"), 0});
}

TEST_CASE("words: each word knows where it stands", "[words]") {
  const std::string plain = "The Élan of fine-tuning";
  const Words text = words(plain);
  REQUIRE(text.spans.size() == 2);
  CHECK(plain.substr(text.spans[0].begin, text.spans[0].end - text.spans[0].begin) == "Élan");
  CHECK(plain.substr(text.spans[1].begin, text.spans[1].end - text.spans[1].begin) == "fine-tuning");
}

TEST_CASE("words: letters fold to what they are without case and accent", "[words]") {
  CHECK(folded("ÉÀÇ Øystein ŁÓDŹ Nguyễn Ơ Ș Ω") == "eac oystein lodz nguyen o s ω");
  CHECK(folded("e\xCC\x81") == "e");
  CHECK(folded("墨羽 α 7") == "墨羽 α 7");
}
