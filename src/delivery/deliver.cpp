#include "delivery/deliver.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/text.h"
#include "delivery/due.h"
#include "delivery/mail.h"
#include "feeds/feed_filter.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "site/topic_pages.h"
#include "store/archive.h"

namespace daybook {

namespace {

constexpr std::size_t why_bytes = 300;
constexpr int days_of_a_week = 7;

// The last days, as the site sums them up. Those that can't be read are named by a build.
Result<Summaries> recent_days(const DeliveryContext& context, Date on) {
  const Archive archive(context.options.archive);
  auto dates = archive.dates();
  if (!dates) return dates.error();
  std::erase_if(*dates, [&](Date date) { return date <= on - days_delivered - days_of_a_week; });
  DaysRead read = archive.read_all(*dates, context.jobs());
  Summaries days;
  for (const Date date : *dates)
    if (const auto day = read.days.find(date); day != read.days.end()) {
      take_current_names(day->second, context.parts.interests.topics);
      days.push_back(site_summary(day->second, context.parts));
    }
  return days;
}

// Delivers to one target after the other.
class Courier {
 public:
  Courier(const DeliveryContext& context, DeliveryLedger ledger, DueBy by)
      : context_(context), ledger_(std::move(ledger)), by_(std::move(by)) {}

  Exit deliver_to(const Target& target) {
    Exit exit = say_cut_off(target);
    const auto due = due_for(target.choice, ledger_.of(target.name), by_);
    if (due.empty()) return exit;
    if (target.missing) return worse(exit, context_.fail(*target.missing));
    for (const Due& one : due) exit = worse(exit, deliver_one(target, one));
    return exit;
  }

  void show(const Target& target) const {
    for (const std::string& key : unfinished(target))
      context_.console.print(key + " to " + target.name + ": not again, since the run that sent it was stopped");
    for (const Due& due : due_for(target.choice, ledger_.of(target.name), by_)) {
      const std::string head = due.delivery.key + " to " + target.name + ": ";
      context_.console.print(due.delivery.papers.empty() ? head + "nothing, since its feeds hold no paper of it"
                                                         : head + delivery_text(due.delivery));
    }
  }

 private:
  // What the ledger is told of a sending.
  struct Outcome {
    DeliveryState state = DeliveryState::sent;
    std::string why = {};
    std::vector<std::string> left = {};
  };

  Exit note(const Target& target, const Due& due, const Outcome& outcome) {
    DeliveryLine line{due.delivery.key, target.name, by_.now, outcome.state, outcome.why, due.scores};
    line.left = outcome.left;
    if (const auto present = now()) line.at = *present;
    if (outcome.state == DeliveryState::claimed) line.run = context_.options.claim;
    const auto wrote = ledger_.append(line);
    return wrote ? exit_done : context_.fail(wrote.error());
  }

  // Sendings that another process began and did not end. What a run claimed is told apart when it claims: by the time
  // it sends, another one may have claimed more.
  std::vector<std::string> unfinished(const Target& target) const {
    return by_.run.empty() ? cut_off(ledger_.of(target.name)) : std::vector<std::string>();
  }

  Exit say_cut_off(const Target& target) {
    Exit exit = exit_done;
    for (const std::string& key : unfinished(target)) {
      context_.console.warning({Kind::failed,
                                {target.name, 0, 0},
                                key + " may not have arrived: the run that sent it was stopped",
                                "no action needed; it is not sent again, so that nobody gets it twice"});
      Due due;
      due.delivery.key = key;
      exit = worse(exit, note(target, due, {DeliveryState::unknown, "the run that sent it was stopped"}));
    }
    return exit;
  }

  Exit deliver_one(const Target& target, const Due& due) {
    if (due.delivery.papers.empty()) return note(target, due, {DeliveryState::skipped});
    if (!context_.options.claim.empty()) return note(target, due, {DeliveryState::claimed});
    // Without the line it would be sent again.
    if (const Exit exit = note(target, due, {DeliveryState::sending}); exit != exit_done) return exit;
    const Sending sending = target.send(due);
    std::string why;
    // Without a server's own words, which may name a login: the ledger is public.
    for (const Error& fault : sending.faults)
      why += (why.empty() ? "" : "; ") + std::string(trim(fault.what.substr(0, fault.what.find('"'))));
    const Exit exit = note(target, due, {sending.state, abridged(one_line(why), why_bytes), sending.left});
    const std::string what = due.delivery.key + " to " + target.name;
    if (sending.state == DeliveryState::sent || sending.state == DeliveryState::partly) {
      context_.console.say(what + ": sent, " + counted(due.delivery.papers.size(), "paper", "papers"));
      for (const Error& fault : sending.faults) context_.console.warning(fault);
      return exit;
    }
    Exit worst = exit;
    for (Error fault : sending.faults) {
      fault.what = what + ": " + fault.what;
      if (fault.kind == Kind::misuse) fault.kind = Kind::failed;  // of the environment, not of the command line
      worst = worse(worst, context_.fail(fault));
    }
    return worst;
  }

  const DeliveryContext& context_;
  DeliveryLedger ledger_;
  DueBy by_;
};

Result<DeliveryLedger> open_ledger(const DeliveryContext& context) {
  Errors damaged;
  auto ledger = DeliveryLedger::open(context.options.archive, damaged);
  for (const Error& fault : damaged) context.console.warning(fault);
  return ledger;
}

// Calls work(courier, target) for each target.
template <typename Work>
Exit for_each_target(const DeliveryContext& context, Work work) {
  const auto targets = targets_of(context);
  if (targets.empty()) return exit_done;
  const auto present = now();
  if (!present) return context.fail(present.error());
  const auto days = recent_days(context, new_york_date(*present));
  if (!days) return context.fail(days.error());
  auto ledger = open_ledger(context);
  if (!ledger) return context.fail(ledger.error());
  Courier courier(context, std::move(*ledger), {*days, context.parts, *present, context.options.claimed});
  Exit exit = exit_done;
  for (const Target& target : targets) exit = worse(exit, work(courier, target));
  return exit;
}

}  // namespace

Exit deliver(const DeliveryContext& context) {
  return for_each_target(context, [](Courier& courier, const Target& target) { return courier.deliver_to(target); });
}

Exit show_deliveries(const DeliveryContext& context) {
  return for_each_target(context, [](Courier& courier, const Target& target) {
    courier.show(target);
    return exit_done;
  });
}

Exit write_mail(const DeliveryContext& context, const std::string& path) {
  const MailSettings& mail = context.settings.mail;
  if (mail.to.empty())
    return context.fail({Kind::misuse,
                         {context.options.config, 0, 0},
                         "there is no [mail] with a recipient",
                         "remove the # before [mail], to and from"});
  const auto present = now();
  if (!present) return context.fail(present.error());
  const auto days = recent_days(context, new_york_date(*present));
  if (!days) return context.fail(days.error());
  const auto due = due_for(mail, {}, {*days, context.parts, *present});
  if (due.empty())
    return context.fail({Kind::failed, {context.options.archive, 0, 0}, "there is no day of the last two weeks", ""});
  Renderer renderer(context.templates);
  const auto wrote = write_atomically(path, mail_message(due.back().delivery, mail, context.settings.site, renderer));
  if (!wrote) return context.fail(wrote.error());
  context.console.say("wrote " + path + ": " + due.back().delivery.title);
  return exit_done;
}

}  // namespace daybook
