// The order's file: JSON in, strictly.
#include <algorithm>
#include <array>

#include "desk/case/order.h"
#include "render/letter/data.h"

namespace refledger::letter {

// Found by Node::word.
static const char* name_of(Salutation salutation) {
  switch (salutation) {
    case Salutation::female:
      return "female";
    case Salutation::male:
      return "male";
    case Salutation::neutral:
      return "neutral";
  }
  std::abort();
}

}  // namespace refledger::letter

namespace refledger::desk {
namespace {

using letter::Node;

constexpr std::size_t kMaxLine = 400;
constexpr std::size_t kMaxText = 8000;
constexpr std::size_t kMaxItems = 60;
constexpr std::size_t kMaxAbsences = 400;
constexpr int kMaxDepth = 8;

constexpr std::array kSalutations{letter::Salutation::female, letter::Salutation::male,
                                  letter::Salutation::neutral};
constexpr std::array kModes{letter::SigningMode::company_seal, letter::SigningMode::qualified,
                            letter::SigningMode::by_hand};
constexpr std::array kKinds{letter::AbsenceKind::illness,   letter::AbsenceKind::accident,
                            letter::AbsenceKind::maternity, letter::AbsenceKind::parental,
                            letter::AbsenceKind::service,   letter::AbsenceKind::unpaid,
                            letter::AbsenceKind::other};

// Reads members that may be absent, and notes which stand there.
class OrderReader {
 public:
  OrderReader(const Node& root, Order& order) : root_(root), order_(&order) {}

  void read() {
    root_.only({"v",
                "case",
                "by",
                "to",
                "type",
                "country",
                "language",
                "given_name",
                "family_name",
                "salutation",
                "academic_title",
                "birthdate",
                "place_of_origin",
                "employer_description",
                "functions",
                "employed_from",
                "employed_to",
                "ratings",
                "leaving_reason",
                "absence_mention",
                "training",
                "health_cover",
                "thanks",
                "wishes",
                "grounds",
                "blocks",
                "edited",
                "document_date",
                "signing",
                "signatories",
                "absences",
                "overrides",
                "qr"});
    root_.member("v").number(1, 1);
    order_->by = root_.member("by").text(kMaxLine);
    if (root_.has("case")) order_->case_id = root_.member("case").text(64);
    if (root_.has("qr")) order_->with_qr = root_.member("qr").flag();
    if (root_.has("to")) order_->to = root_.member("to").text(kMaxLine);
    order_->reference.type = root_.member("type").text(64);
    read_person();
    read_employment();
    read_texts();
    read_signing();
    read_decisions();
  }

 private:
  bool typed(const char* name) {
    if (!root_.has(name)) return false;
    order_->typed.insert(name);
    return true;
  }
  void text(const char* name, std::string& into, std::size_t longest = kMaxLine) {
    if (typed(name)) into = root_.member(name).text(longest);
  }
  void text(const char* name, std::optional<std::string>& into, std::size_t longest = kMaxLine) {
    if (typed(name)) into = root_.member(name).text(longest);
  }
  void flag(const char* name, bool& into) {
    if (typed(name)) into = root_.member(name).flag();
  }
  void date(const char* name, Date& into) {
    if (typed(name)) into = root_.member(name).date();
  }
  void date(const char* name, std::optional<Date>& into) {
    if (typed(name)) into = root_.member(name).date();
  }
  template <class Act>
  void items(const char* name, std::size_t most, Act act) {
    if (!typed(name)) return;
    const Node list = root_.member(name);
    std::size_t count = 0;
    list.each_item([&](const Node& item) {
      if (++count > most) return list.wrong("too many");
      act(item);
    });
  }
  void texts_by_name(const char* name, std::map<std::string, std::string>& into) {
    if (!typed(name)) return;
    const Node object = root_.member(name);
    object.each_member([&](const std::string& key, const Node& value) {
      if (into.size() >= kMaxItems || key.size() > 64) return object.wrong("too many");
      into[key] = value.text(kMaxText);
    });
  }

  void read_person() {
    letter::Reference& reference = order_->reference;
    text("country", reference.country, 2);
    text("language", reference.language, 2);
    text("given_name", reference.given_name);
    text("family_name", reference.family_name);
    if (typed("salutation")) reference.salutation = root_.member("salutation").word(kSalutations);
    text("academic_title", reference.academic_title);
    date("birthdate", reference.birthdate);
    text("place_of_origin", reference.place_of_origin);
  }

  void read_employment() {
    letter::Reference& reference = order_->reference;
    date("employed_from", reference.employed_from);
    date("employed_to", reference.employed_to);
    text("employer_description", reference.employer_description, kMaxText);
    items("functions", kMaxItems,
          [&](const Node& item) { reference.functions.push_back(function_from(item)); });
    items("ratings", kMaxItems, [&](const Node& item) {
      item.only({"criterion", "grade", "evidence"});
      reference.ratings.push_back(
          {item.member("criterion").text(64), item.member("grade").number(1, 5),
           item.has("evidence") ? item.member("evidence").text_or_empty(kMaxText) : ""});
    });
    items("training", kMaxItems,
          [&](const Node& item) { reference.training.push_back(item.text(kMaxLine)); });
  }

  static letter::Function function_from(const Node& item) {
    item.only({"title", "department", "workload", "from", "to", "tasks"});
    letter::Function function;
    function.title = item.member("title").text(kMaxLine);
    if (item.has("department")) function.department = item.member("department").text(kMaxLine);
    if (item.has("workload")) function.workload = item.member("workload").text(kMaxLine);
    if (item.has("from")) function.from = item.member("from").date();
    if (item.has("to")) function.to = item.member("to").date();
    if (item.has("tasks")) {
      const Node tasks = item.member("tasks");
      tasks.each_item([&](const Node& task) {
        if (function.tasks.size() >= kMaxItems) return tasks.wrong("too many");
        function.tasks.push_back(task.text(kMaxLine));
      });
    }
    return function;
  }

  void read_texts() {
    letter::Reference& reference = order_->reference;
    text("leaving_reason", reference.leaving_reason, kMaxText);
    text("absence_mention", reference.absence_mention, kMaxText);
    flag("health_cover", reference.health_cover);
    flag("thanks", reference.thanks);
    flag("wishes", reference.wishes);
    texts_by_name("grounds", reference.grounds);
    texts_by_name("blocks", reference.blocks);
    texts_by_name("edited", reference.edited);
  }

  void read_signing() {
    letter::Reference& reference = order_->reference;
    date("document_date", reference.document_date);
    if (typed("signing")) reference.signing = root_.member("signing").word(kModes);
    items("signatories", 2, [&](const Node& item) {
      item.only({"name", "function", "rank"});
      reference.signatories.push_back(
          {item.member("name").text(kMaxLine),
           item.has("function") ? item.member("function").text_or_empty(kMaxLine) : "",
           item.has("rank") ? item.member("rank").text_or_empty(kMaxLine) : ""});
    });
  }

  void read_decisions() {
    items("absences", kMaxAbsences, [&](const Node& item) {
      item.only({"kind", "from", "to"});
      order_->absences.push_back(
          {item.member("kind").word(kKinds), item.member("from").date(), item.member("to").date()});
    });
    items("overrides", kMaxItems, [&](const Node& item) {
      item.only({"finding", "section", "excerpt", "reason"});
      order_->decisions.push_back(
          {item.member("finding").text(64),
           item.has("section") ? item.member("section").text_or_empty(64) : "",
           item.has("excerpt") ? item.member("excerpt").text_or_empty(kMaxText) : "",
           item.member("reason").text(kMaxText)});
    });
  }

  const Node& root_;
  Order* order_;
};

}  // namespace

Result<Order> parse_order(std::string_view text) {
  const Result<Json> json = parse_json(text, kMaxOrder, "order", kMaxDepth);
  if (!json) return json.error();
  if (!json->is_object()) return Error{Fault::malformed, "order: an object is expected"};
  letter::Trouble trouble("order");
  Order order;
  OrderReader(Node(&*json, "", trouble), order).read();
  if (trouble.first()) return *trouble.first();
  return order;
}

}  // namespace refledger::desk
