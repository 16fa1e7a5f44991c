#include "rank/model_file.h"

#include <algorithm>
#include <bit>

#include "rank/rounded.h"

namespace daybook {

namespace {

constexpr std::string_view any_version = "daybook model ";
constexpr std::string_view magic = "daybook model 3\n";

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
  put(bytes, checksum_of(bytes));
  return bytes;
}

Result<KeptModel> read_model(std::string_view bytes, const std::string& source) {
  if (bytes.substr(0, any_version.size()) != any_version) return fault(source, "it is no model");
  if (bytes.substr(0, magic.size()) != magic) return KeptModel();
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
  if (rest.is_short || !rest.left.empty()) return fault(source, "it is not laid out as a model is");
  return kept;
}

}  // namespace daybook
