#include "rank/net.h"

#include <cmath>
#include <utility>

#include "rank/xorshift.h"
#include "support/catch.h"

using namespace daybook;

namespace {

// Wanted where the first two coordinates have one sign: no plane divides these from the others.
std::vector<PointLesson> lessons(std::size_t count, std::uint64_t seed) {
  Xorshift random(seed);
  std::vector<PointLesson> made(count);
  for (PointLesson& lesson : made) {
    for (float& coordinate : lesson.point) coordinate = 0.03F * random.normal();
    lesson.point[0] = random.uniform() < 0.5F ? -0.3F : 0.3F;
    lesson.point[1] = random.uniform() < 0.5F ? -0.3F : 0.3F;
    lesson.wanted = (lesson.point[0] > 0) == (lesson.point[1] > 0);
  }
  return made;
}

double part_right(const Net& net, const std::vector<PointLesson>& asked) {
  double right = 0;
  for (const PointLesson& lesson : asked) right += (net.value(lesson.point) > 0) == lesson.wanted ? 1 : 0;
  return right / static_cast<double>(asked.size());
}

}  // namespace

TEST_CASE("a net tells apart what no plane does") {
  const Net net = learn_net(lessons(3000, 1), 1);
  CHECK(part_right(net, lessons(500, 2)) > 0.95);
}

TEST_CASE("a net's value is the logarithm of the odds") {
  std::vector<PointLesson> one_in_four(4000);
  for (std::size_t i = 0; i < one_in_four.size(); ++i) {
    one_in_four[i].point[0] = 1;
    one_in_four[i].wanted = i % 4 == 0;
  }
  const double odds = std::exp(learn_net(one_in_four, 1).value(one_in_four[0].point));
  CHECK(odds > 0.25);
  CHECK(odds < 0.45);
}

TEST_CASE("lessons of little weight are learned from little") {
  std::vector<PointLesson> contradicting = lessons(3000, 1);
  for (const PointLesson& lesson : lessons(3000, 1)) contradicting.push_back({lesson.point, !lesson.wanted, 0.05F});
  CHECK(part_right(learn_net(contradicting, 1), lessons(500, 2)) > 0.95);
}

TEST_CASE("the same lessons and seed make the same net, another seed another") {
  const std::vector<PointLesson> all = lessons(300, 1);
  CHECK(learn_net(all, 1) == learn_net(all, 1));
  CHECK_FALSE(learn_net(all, 1) == learn_net(all, 2));
}

TEST_CASE("few lessons, or none, do no harm") {
  for (const std::size_t count : {0U, 1U, 31U, 33U})
    CHECK(std::isfinite(learn_net(lessons(count, 1), 1).value(lessons(1, 2)[0].point)));
}

TEST_CASE("each of a net's numbers is visited once") {
  Net net;
  int visited = 0;
  each_number(net, [&](float& number) { number = static_cast<float>(++visited); });
  CHECK(visited == 2177);
  CHECK(net.to_hidden[0][0] == 1);
  CHECK(net.bias == 2177);
  int checked = 0;
  each_number(std::as_const(net), [&](float number) { checked += number == static_cast<float>(checked + 1) ? 1 : 0; });
  CHECK(checked == 2177);
}
