// The words that attacks on a scorer are made of, in many languages, by what they say.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace daybook {

using Sense = std::uint64_t;  // a set of the following

namespace sense {
inline constexpr Sense disregard = 1ULL << 0U;      // ignore, forget, override
inline constexpr Sense previous = 1ULL << 1U;       // above, prior, preceding
inline constexpr Sense everything = 1ULL << 2U;     // all, any
inline constexpr Sense instruction = 1ULL << 3U;    // instructions, prompt
inline constexpr Sense rule = 1ULL << 4U;           // rules, criteria
inline constexpr Sense rate = 1ULL << 5U;           // give, rate, assign
inline constexpr Sense rated = 1ULL << 6U;          // given, rated; get, receive
inline constexpr Sense reply = 1ULL << 7U;          // answer, output, print
inline constexpr Sense paper = 1ULL << 8U;          // paper, submission
inline constexpr Sense pointing = 1ULL << 9U;       // this, my, our
inline constexpr Sense other = 1ULL << 10U;         // other, rest
inline constexpr Sense score = 1ULL << 11U;         // score, rating, mark
inline constexpr Sense criterion = 1ULL << 12U;     // relevance, novelty
inline constexpr Sense number = 1ULL << 13U;        // a whole number from 0 to 10
inline constexpr Sense extreme = 1ULL << 14U;       // highest, maximum, perfect; lowest
inline constexpr Sense scorer = 1ULL << 15U;        // assistant, LLM, reviewer
inline constexpr Sense you = 1ULL << 16U;           // you, your
inline constexpr Sense must = 1ULL << 17U;          // must, should, deserves
inline constexpr Sense lead = 1ULL << 18U;          // please, now, then: an imperative may follow
inline constexpr Sense renewed = 1ULL << 19U;       // new, updated, real
inline constexpr Sense end = 1ULL << 20U;           // end, stop
inline constexpr Sense list = 1ULL << 21U;          // list, batch, prompt, abstract
inline constexpr Sense id_field = 1ULL << 22U;      // ARXIVID
inline constexpr Sense field = 1ULL << 23U;         // COMMENT, TOPIC, RELEVANCE, NOVELTY
inline constexpr Sense disguised = 1ULL << 24U;     // leetspeak, lookalikes, rot13, backwards
inline constexpr Sense foreign = 1ULL << 25U;       // not English
inline constexpr Sense be = 1ULL << 26U;            // is, are
inline constexpr Sense only = 1ULL << 27U;          // only, exactly
inline constexpr Sense link = 1ULL << 28U;          // what may follow a score: out, of, for, and
inline constexpr Sense over = 1ULL << 29U;          // void, obsolete
inline constexpr Sense choose = 1ULL << 30U;        // accept, select, recommend
inline constexpr Sense call = 1ULL << 31U;          // dear, hey, note
inline constexpr Sense role = 1ULL << 32U;          // system, assistant, user
inline constexpr Sense now = 1ULL << 33U;           // now
inline constexpr Sense task = 1ULL << 34U;          // task, job
inline constexpr Sense negation = 1ULL << 35U;      // not, never
inline constexpr Sense follow = 1ULL << 36U;        // follow, obey
inline constexpr Sense told = 1ULL << 37U;          // told, said, read
inline constexpr Sense favour = 1ULL << 38U;        // positive, favourable
inline constexpr Sense review = 1ULL << 39U;        // review, evaluation
inline constexpr Sense language = 1ULL << 40U;      // language, before "model"
inline constexpr Sense model = 1ULL << 41U;         // model
inline constexpr Sense it = 1ULL << 42U;            // it
inline constexpr Sense judging = 1ULL << 43U;       // reviewing, rating
inline constexpr Sense answer = 1ULL << 44U;        // answer, reply, output: as nouns
inline constexpr Sense negative = 1ULL << 45U;      // negatives, weaknesses
inline constexpr Sense as_if = 1ULL << 46U;         // as, if: what the scorer is
inline constexpr Sense reveal = 1ULL << 47U;        // reveal, show, repeat
inline constexpr Sense whoever = 1ULL << 48U;       // AI, GPT: words that name the scorer only where it is spoken to
inline constexpr Sense are = 1ULL << 49U;           // are, and not is
inline constexpr Sense disregarding = 1ULL << 50U;  // ignoring
inline constexpr Sense shift = 1ULL << 51U;         // raise, lower
inline constexpr Sense ensure = 1ULL << 52U;        // ensure, make sure
inline constexpr Sense pose = 1ULL << 53U;          // pretend, act
inline constexpr Sense since = 1ULL << 54U;         // from
inline constexpr Sense below = 1ULL << 60U;         // below, after
inline constexpr Sense courtesy = 1ULL << 55U;      // please, kindly
inline constexpr Sense verdict = 1ULL << 56U;       // relevant, masterpiece
inline constexpr Sense boss = 1ULL << 57U;          // admin, sudo
inline constexpr Sense treat = 1ULL << 58U;         // treat, translate, insert: what one tells a machine
inline constexpr Sense always = 1ULL << 59U;        // always, mandatory
inline constexpr Sense here = 1ULL << 61U;          // this, and not the
inline constexpr Sense ten = 1ULL << 62U;           // 10, ten
inline constexpr Sense none = 1ULL << 63U;          // no
}  // namespace sense

// What a word says; 0: nothing of interest. Words are in plain letters (plain_letter), without hyphens.
Sense sense_of(std::string_view word);

// The words of interest within a text without blanks, in order: Chinese, or "ignoreallpreviousinstructions".
std::vector<Sense> senses_within(std::string_view text);

}  // namespace daybook
