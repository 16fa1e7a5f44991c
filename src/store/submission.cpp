#include "store/submission.h"

#include "day/json_fields.h"

namespace daybook {

constexpr auto json_fields(Type<Submission>) {
  return std::tuple(
      required("date", &Submission::date), required("number", &Submission::number, WholeRange{1, 1'000'000}),
      required("submitted", &Submission::on), field("endpoint", &Submission::endpoint),
      field("token", &Submission::token), field("id", &Submission::id), field("end", &Submission::end),
      field("without_schema", &Submission::without_schema), field("queue_tokens", &Submission::queue_tokens));
}

std::string write_submission(const Submission& submission) {
  std::string text = write_json(submission) + '\n';
  for (const Exchange& request : submission.requests) text += write_exchange(request);
  return text;
}

std::optional<Submission> read_submission(std::string_view text) {
  auto submission = read_json<Submission>(std::string(text.substr(0, text.find('\n'))), "");
  if (!submission) return std::nullopt;
  submission->requests = read_journal(text).exchanges;
  return std::move(*submission);
}

}  // namespace daybook
