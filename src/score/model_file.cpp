#include "score/model_file.h"

#include <bit>

#include "score/rounded.h"

namespace daybook {

namespace {

constexpr std::string_view magic = "daybook model 1\n";
constexpr std::size_t least_scores = std::tuple_size_v<decltype(LocalModel::least_score)>;
constexpr std::size_t file_bytes = magic.size() + 8 + 4 + 8 * least_scores + 2 * (2 * buckets + 1) + 8;

template <typename Number>
void put(std::string& bytes, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

// Takes numbers off the front.
struct Bytes {
  std::string_view left;

  template <typename Number>
  Number take() {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
      number =
          static_cast<Number>(number | static_cast<Number>(Number{static_cast<unsigned char>(left[i])} << (8 * i)));
    left.remove_prefix(sizeof number);
    return number;
  }
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
  bytes.reserve(file_bytes);
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
  if (bytes.substr(0, magic.size()) != magic)
    return fault(source, "it is no model, or one of another version of Daybook");
  if (bytes.size() != file_bytes)
    return fault(source,
                 "it has " + std::to_string(bytes.size()) + " bytes where a model has " + std::to_string(file_bytes));
  Bytes rest{bytes.substr(bytes.size() - 8)};
  if (rest.take<std::uint64_t>() != checksum_of(bytes.substr(0, bytes.size() - 8)))
    return fault(source, "it is damaged: its checksum is not that of its content");
  rest.left = bytes.substr(magic.size());
  KeptModel kept;
  kept.evidence = rest.take<std::uint64_t>();
  kept.model.label_days = static_cast<int>(rest.take<std::uint32_t>());
  for (double& score : kept.model.least_score) score = std::bit_cast<double>(rest.take<std::uint64_t>());
  for (auto* numbers : {&kept.model.rarity.of, &kept.model.wanted.weights})
    for (float& number : *numbers) number = from_upper_half(rest.take<std::uint16_t>());
  kept.model.wanted.bias = from_upper_half(rest.take<std::uint16_t>());
  return kept;
}

}  // namespace daybook
