#include "render/pdf/tags.h"

#include "render/pdf/content.h"

namespace refledger::pdf {
namespace {

class Tree {
 public:
  Tree(QPDF& pdf, const Layout& layout, std::vector<Object> pages, const LinkTarget& target)
      : pdf_(pdf), layout_(layout), pages_(std::move(pages)), target_(target) {}

  void add() {
    add_elements();
    for (std::size_t page = 0; page < layout_.pages.size(); ++page) add_marks(page);
    for (std::size_t at = 0; at < layout_.elements.size(); ++at) {
      if (layout_.elements[at].tag == Tag::link) add_link(at);
    }
    finish();
  }

 private:
  void add_elements() {
    root_ = indirect(pdf_, "<</Type/StructTreeRoot>>");
    kids_.resize(layout_.elements.size());
    page_of_.assign(layout_.elements.size(), no_page);
    const Object kind = name_object("/StructElem");
    for (std::size_t at = 0; at < layout_.elements.size(); ++at) {
      const Element& element = layout_.elements[at];
      Object made = pdf_.makeIndirectObject(Object::newDictionary({{"/Type", kind}}));
      made.replaceKey("/S", name_object(name_of(element.tag)));
      made.replaceKey("/P", at == 0 ? root_ : elements_[element.parent]);
      if (element.tag == Tag::figure) describe_figure(made, element);
      if (element.tag == Tag::list) {
        made.replaceKey("/A", Object::parse("<</O/List/ListNumbering/None>>"));
      }
      if (at != 0) kids_[element.parent].push_back(made);
      elements_.push_back(made);
    }
  }

  static void describe_figure(Object made, const Element& element) {
    made.replaceKey("/Alt", text_object(element.alternative));
    Object attributes = Object::parse("<</O/Layout/Placement/Block>>");
    attributes.replaceKey("/BBox", rectangle_object(element.box));
    made.replaceKey("/A", attributes);
  }

  // An element's own page is that of its first mark; marks elsewhere name theirs.
  void add_marks(std::size_t page) {
    Object by_number = Object::newArray();
    std::size_t number = 0;
    for (const Mark& mark : layout_.pages[page].marks) {
      if (mark.artifact != Artifact::none) continue;
      if (page_of_[mark.element] == no_page) {
        page_of_[mark.element] = page;
        elements_[mark.element].replaceKey("/Pg", pages_[page]);
      }
      kids_[mark.element].push_back(reference(page_of_[mark.element] == page, page, number));
      by_number.appendItem(elements_[mark.element]);
      ++number;
    }
    pages_[page].replaceKey("/StructParents", number_object(page));
    pages_[page].replaceKey("/Tabs", name_object("/S"));
    add_parents(page, by_number);
  }

  Object reference(bool same_page, std::size_t page, std::size_t number) {
    if (same_page) return number_object(number);
    Object made = Object::parse("<</Type/MCR>>");
    made.replaceKey("/Pg", pages_[page]);
    made.replaceKey("/MCID", number_object(number));
    return made;
  }

  void add_link(std::size_t at) {
    const Element& element = layout_.elements[at];
    Object annotation = indirect(pdf_, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]>>");
    annotation.replaceKey("/StructParent", number_object(next_));
    annotation.replaceKey("/Rect", rectangle_object(element.box));
    annotation.replaceKey("/Contents", text_object(target_.description));
    annotation.replaceKey("/P", pages_[element.page]);
    Object action = Object::parse("<</Type/Action/S/URI>>");
    action.replaceKey("/URI", Object::newString(target_.address));
    annotation.replaceKey("/A", action);

    Object kid = Object::parse("<</Type/OBJR>>");
    kid.replaceKey("/Obj", annotation);
    kid.replaceKey("/Pg", pages_[element.page]);
    kids_[at].push_back(kid);
    pages_[element.page].replaceKey("/Annots", Object::newArray({annotation}));
    add_parents(next_, elements_[at]);
  }

  void add_parents(std::size_t key, Object parents) {
    parents_.appendItem(number_object(key));
    parents_.appendItem(parents.isArray() ? pdf_.makeIndirectObject(parents) : parents);
    next_ = key + 1;
  }

  void finish() {
    for (std::size_t at = 0; at < elements_.size(); ++at) {
      Object kids = kids_[at].size() == 1 ? kids_[at].front() : Object::newArray(kids_[at]);
      elements_[at].replaceKey("/K", kids);
    }
    Object by_key = indirect(pdf_, "<<>>");
    by_key.replaceKey("/Nums", parents_);
    root_.replaceKey("/K", elements_.front());
    root_.replaceKey("/ParentTree", by_key);
    root_.replaceKey("/ParentTreeNextKey", number_object(next_));
    pdf_.getRoot().replaceKey("/StructTreeRoot", root_);
  }

  static constexpr std::size_t no_page = static_cast<std::size_t>(-1);
  QPDF& pdf_;
  const Layout& layout_;
  std::vector<Object> pages_;
  const LinkTarget& target_;
  Object root_;
  std::vector<Object> elements_;
  std::vector<std::vector<Object>> kids_;
  std::vector<std::size_t> page_of_;
  Object parents_ = Object::newArray();
  std::size_t next_ = 0;
};

}  // namespace

void add_tags(QPDF& pdf, const Layout& layout, std::vector<Object> pages,
              const LinkTarget& target) {
  Tree(pdf, layout, std::move(pages), target).add();
}

}  // namespace refledger::pdf
