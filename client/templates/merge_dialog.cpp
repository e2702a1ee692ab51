// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/merge_dialog.h"

#include "client/design/theme.h"
#include "client/templates/compare_view.h"
#include "client/templates/template_content.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int linesOfEditor = 8;

QWidget *side(const QString &title, const QString &before, const QString &after)
{
    auto *heading = new Label(title, TextStyle::Caption, ColorRole::Text2);
    heading->setElided(true);
    auto *view = new CompareView;
    view->setAccessibleName(title);
    view->setStyle(CompareView::Style::Paired);
    view->setNumbered(false);
    view->setFitsContent(true);
    view->setFocusPolicy(Qt::NoFocus); // reads only; the choice above has the focus
    view->setTexts(before, after);
    return layout::box(layout::column({heading, view, layout::stretch()}, Length::Space4));
}

} // namespace

MergeDialog::MergeDialog(const std::optional<TemplateVersion> &base, const TemplateVersion &theirs,
                         const NewTemplateVersion &mine, QWidget *parent)
    : Dialog(tr("Version %1 was saved meanwhile").arg(theirs.version), Length::DialogLarge, parent),
      m_theirs(theirs),
      m_mine(mine),
      m_base(base ? base->version : 0),
      m_banner(new Banner),
      m_open(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    const QSize room = parent->window()->size() - QSize(px(Length::Space56), px(Length::Space56)) * 2;
    setFixedWidth(std::max(px(Length::DialogLarge), room.width()));
    const QString age = amounts::age(theirs.createdAt, QDateTime::currentDateTimeUtc());
    auto *text =
        new Label((theirs.note.isEmpty() ? tr("%1 saved it %2 ago.").arg(theirs.authorName, age)
                                         : tr("%1 saved it %2 ago: “%3”.").arg(theirs.authorName, age, theirs.note))
                  + u' ' + tr("Choose for each part what becomes of it. Your text stays a draft until it is saved."));
    text->setWordWrap(true);
    body()->addWidget(text);
    body()->addWidget(m_banner);

    auto *column = layout::column({}, Length::Space20);
    for (const merge::Block &block :
         merge::blocks(base ? contentOf(*base) : NewTemplateVersion{}, contentOf(theirs), mine))
        if (block.origin != merge::Origin::Same && block.origin != merge::Origin::Alike)
            column->addWidget(makeRow(block));
    column->addStretch();
    auto *scroll = layout::scrolling(layout::box(column));
    scroll->setMinimumHeight(std::max(px(Length::ChartMinimum), room.height() - 4 * px(Length::Space56)));
    body()->addWidget(scroll, 1);
    body()->addWidget(m_open);
    auto *take =
        new Button(tr("Discard mine and take version %1").arg(theirs.version), u"undo-2"_s, ButtonVariant::Ghost);
    body()->addLayout(layout::row({take, layout::stretch()}));
    connect(take, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT takeTheirsRequested();
    });
    addCancel(tr("Go on editing"));
    m_save = addMain(tr("Save as version %1").arg(theirs.version + 1));
    m_save->setAutoDefault(false);
    renew();
    if (!m_rows.isEmpty())
        m_rows.first().choice->setFocus();
}

QString MergeDialog::title(merge::Part part) const
{
    switch (part) {
    case merge::Part::System:
        return tr("System prompt");
    case merge::Part::User:
        return tr("User prompt");
    case merge::Part::Examples:
        return tr("Examples");
    case merge::Part::Variables:
        return tr("Variables");
    case merge::Part::Model:
        return tr("Model");
    case merge::Part::Parameters:
        return tr("Parameters");
    }
    return {};
}

QString MergeDialog::origin(merge::Origin origin) const
{
    switch (origin) {
    case merge::Origin::Theirs:
        return tr("only %1 changed it").arg(m_theirs.authorName);
    case merge::Origin::Mine:
        return tr("only you changed it");
    case merge::Origin::Conflict:
        return tr("both changed it");
    case merge::Origin::Same:
    case merge::Origin::Alike:
        break;
    }
    return {};
}

QWidget *MergeDialog::makeRow(const merge::Block &block)
{
    const qsizetype index = m_rows.size();
    const bool isConflict = block.origin == merge::Origin::Conflict;
    const QString name = title(block.part);
    auto *heading = new Label(name, TextStyle::Emphasis);
    auto *who = new Label(origin(block.origin), TextStyle::Small, isConflict ? ColorRole::Warning : ColorRole::Text2);
    auto *choice = new SegmentedControl(tr("What becomes of: %1").arg(name));
    choice->setChoices({tr("Theirs"), tr("Mine"), tr("Edit both")});
    auto *edit = new QPlainTextEdit;
    edit->setAccessibleName(tr("%1, merged").arg(name));
    edit->setFont(theme().font(TextStyle::MonoEditor));
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(linesOfEditor * theme().lineHeight(TextStyle::MonoEditor));
    edit->setPlainText(block.merged.value_or(block.mine));
    auto *field = new FormField({}, edit);
    field->setHelp(block.merged ? tr("Both changes are in it.") : tr("It begins with yours."));
    auto *sides =
        layout::row({layout::wide(side(m_base ? tr("Base, v%1").arg(m_base) : tr("Base"), block.base, block.base)),
                     layout::wide(side(tr("Theirs, v%1").arg(m_theirs.version), block.base, block.theirs)),
                     layout::wide(side(tr("Mine"), block.base, block.mine))},
                    Length::Space12);
    m_rows.append({block, choice, edit, field});
    connect(choice, &SegmentedControl::chosen, this, [this, index](int chosen) { choose(index, chosen); });
    connect(edit, &QPlainTextEdit::textChanged, field, [field] { field->setError({}); });
    auto *row = layout::box(
        layout::column({layout::row({heading, who, layout::stretch(), choice}), sides, field}, Length::Space8));
    // What only one of us changed is his. Of what both changed, only both changes together go without asking.
    const int first = block.origin == merge::Origin::Theirs ? Theirs
        : block.origin == merge::Origin::Mine               ? Mine
        : block.merged                                      ? Edited
                                                            : -1;
    choice->setCurrent(first);
    field->setVisible(first == Edited);
    return row;
}

void MergeDialog::choose(qsizetype row, int choice)
{
    m_rows[row].field->setVisible(choice == Edited);
    if (choice == Edited)
        m_rows[row].edit->setFocus(Qt::OtherFocusReason);
    renew();
}

void MergeDialog::renew()
{
    const auto open =
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.choice->current() < 0; });
    m_open->setText(open > 0 ? tr("%n part(s) still to be decided", nullptr, int(open)) : tr("All parts are decided."));
    m_save->setEnabled(open == 0);
}

QString MergeDialog::textOf(const Row &row) const
{
    const int choice = row.choice->current();
    return choice == Theirs ? row.block.theirs : choice == Edited ? row.edit->toPlainText() : row.block.mine;
}

NewTemplateVersion MergeDialog::content() const
{
    NewTemplateVersion result = m_mine;
    for (const Row &row : m_rows)
        merge::setText(result, row.block.part, textOf(row)); // unreadable: mine stays
    result.baseVersion = m_theirs.version;
    return result;
}

void MergeDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    for (const Row &row : std::as_const(m_rows)) {
        NewTemplateVersion probe;
        if (const auto error = merge::setText(probe, row.block.part, textOf(row))) {
            row.field->setError(error->errors.isEmpty() ? error->detail : error->errors.first().message);
            return row.edit->setFocus(Qt::OtherFocusReason);
        }
    }
    m_banner->hide();
    m_save->setEnabled(false);
    Q_EMIT saveRequested(content());
}

void MergeDialog::showError(const ApiError &error)
{
    renew();
    QStringList lines{error.detail};
    for (const json::Problem &problem : error.errors)
        lines << problem.pointer + u": "_s + problem.message;
    m_banner->show(Tone::Danger, u"circle-alert"_s, lines.join(u' '));
}
