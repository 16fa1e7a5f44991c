#include "rank/model_file.h"

#include <algorithm>
#include <bit>

#include "rank/rounded.h"

namespace daybook {

namespace {

constexpr std::string_view magic = "daybook model 2\n";
constexpr std::size_t most_nets = 8;

template <typename Number>
void put(std::string& bytes, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

// Takes numbers off the front; past the end they are 0.
struct Bytes {
  std::string_view left;
  bool is_short = false;

  template <typename Number>
  Number take() {
    is_short = is_short || left.size() < sizeof(Number);
    if (is_short) return 0;
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
      number =
          static_cast<Number>(number | static_cast<Number>(Number{static_cast<unsigned char>(left[i])} << (8 * i)));
    left.remove_prefix(sizeof number);
    return number;
  }

  float fraction() { return from_upper_half(take<std::uint16_t>()); }
};

void put_space(std::string& bytes, const LatentSpace& space) {
  put(bytes, static_cast<std::uint32_t>(space.rows.size()));
  for (std::size_t bucket = 0; bucket < space.row_of.size(); bucket += 8) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits |= (space.row_of[bucket + i] == LatentSpace::no_row ? 0U : 1U) << i;
    put(bytes, static_cast<std::uint8_t>(bits));
  }
  for (const float step : space.steps) put(bytes, upper_half(step));
  for (const LatentSpace::Row& row : space.rows)
    for (const std::int8_t number : row) put(bytes, static_cast<std::uint8_t>(number));
}

// Whether it is one.
bool take_space(Bytes& bytes, LatentSpace& space) {
  const std::size_t rows = bytes.take<std::uint32_t>();
  if (rows == 0) return true;
  if (rows > LatentSpace::most_rows) return false;
  space.row_of.assign(buckets, LatentSpace::no_row);
  std::uint16_t row = 0;
  for (std::size_t bucket = 0; bucket < buckets; bucket += 8) {
    const unsigned bits = bytes.take<std::uint8_t>();
    for (std::size_t i = 0; i < 8; ++i)
      if (((bits >> i) & 1U) != 0) space.row_of[bucket + i] = row++;
  }
  space.steps.resize(rows);
  for (float& step : space.steps) step = bytes.fraction();
  space.rows.resize(rows);
  for (LatentSpace::Row& coordinates : space.rows)
    for (std::int8_t& number : coordinates) number = static_cast<std::int8_t>(bytes.take<std::uint8_t>());
  return row == rows;
}

void put_nets(std::string& bytes, const LocalModel& model) {
  put(bytes, static_cast<std::uint32_t>(model.nets.size()));
  put(bytes, upper_half(model.nets_part));
  for (const Net& net : model.nets) each_number(net, [&](float number) { put(bytes, upper_half(number)); });
}

// Whether there are as many as it says.
bool take_nets(Bytes& bytes, LocalModel& model) {
  const std::size_t nets = bytes.take<std::uint32_t>();
  if (nets > most_nets) return false;
  model.nets_part = bytes.fraction();
  model.nets.resize(nets);
  for (Net& net : model.nets) each_number(net, [&](float& number) { number = bytes.fraction(); });
  return true;
}

std::uint64_t checksum_of(std::string_view bytes) {
  Checksum sum;
  sum.add(bytes);
  return sum.value();
}

Error fault(const std::string& source, const std::string& what) {
  return {Kind::failed, {source, 0, 0}, what, "nothing: the model is learned again"};
}

}  // namespace

void Checksum::add(std::string_view bytes) {
  for (const char c : bytes) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
}

void Checksum::add(std::uint64_t number) {
  for (unsigned i = 0; i < 8; ++i) value_ = (value_ ^ ((number >> (8 * i)) & 0xFFU)) * 0x100000001B3U;
}

std::string write_model(const KeptModel& kept) {
  const LocalModel& model = kept.model;
  std::string bytes(magic);
  put(bytes, kept.evidence);
  put(bytes, static_cast<std::uint32_t>(model.label_days));
  for (const double score : model.least_score) put(bytes, std::bit_cast<std::uint64_t>(score));
  for (const auto* numbers : {&model.rarity.of, &model.wanted.weights})
    for (const float number : *numbers) put(bytes, upper_half(number));
  put(bytes, upper_half(model.wanted.bias));
  put_space(bytes, model.space);
  put_nets(bytes, model);
  put(bytes, checksum_of(bytes));
  return bytes;
}

Result<KeptModel> read_model(std::string_view bytes, const std::string& source) {
  if (bytes.substr(0, magic.size()) != magic)
    return fault(source, "it is no model, or one of another version of Daybook");
  const std::size_t content = std::max(magic.size() + 8, bytes.size()) - 8;
  Bytes sum{bytes.substr(std::min(content, bytes.size()))};
  if (sum.take<std::uint64_t>() != checksum_of(bytes.substr(0, content)))
    return fault(source, "it is damaged: its checksum is not that of its content");
  Bytes rest{bytes.substr(magic.size(), content - magic.size())};
  KeptModel kept;
  kept.evidence = rest.take<std::uint64_t>();
  kept.model.label_days = static_cast<int>(rest.take<std::uint32_t>());
  for (double& score : kept.model.least_score) score = std::bit_cast<double>(rest.take<std::uint64_t>());
  for (auto* numbers : {&kept.model.rarity.of, &kept.model.wanted.weights})
    for (float& number : *numbers) number = rest.fraction();
  kept.model.wanted.bias = rest.fraction();
  if (!take_space(rest, kept.model.space) || !take_nets(rest, kept.model) || rest.is_short || !rest.left.empty())
    return fault(source, "it is not laid out as a model is");
  return kept;
}

}  // namespace daybook
