// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/case_conflict_dialog.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRows = 200; // that are decided one by one; the others go with the last word for all
constexpr qsizetype mostShown = 300; // characters

QString shownCell(const QString &text, const QString &empty)
{
    return text.isEmpty() ? empty : text.size() > mostShown ? text.left(mostShown) + u'…' : text;
}

} // namespace

CaseConflictDialog::CaseConflictDialog(const QList<CellConflict> &conflicts, QWidget *parent)
    : Dialog(tr("Changed by both of you"), Length::DialogLarge, parent),
      m_conflicts(conflicts)
{
    auto *intro = new Label(tr("Somebody else has changed %n cell(s) that you have changed too. What stands is chosen "
                               "here; all else is put together.",
                               nullptr, int(conflicts.size())),
                            TextStyle::Body, ColorRole::Text2);
    intro->setWordWrap(true);
    auto *theirs = new Button(tr("All theirs"));
    auto *mine = new Button(tr("All mine"));
    connect(theirs, &QPushButton::clicked, this, [this] { takeAll(false); });
    connect(mine, &QPushButton::clicked, this, [this] { takeAll(true); });
    auto *rows = layout::column({}, Length::Space16);
    for (const CellConflict &one : conflicts.first(std::min(mostRows, conflicts.size())))
        rows->addWidget(makeRow(one));
    rows->addStretch();
    QWidget *area = layout::scrolling(layout::box(rows));
    area->setMinimumHeight(px(Length::CodeLines) * 2);
    body()->addWidget(intro);
    body()->addWidget(layout::box(layout::row({theirs, mine, layout::stretch()})));
    body()->addWidget(area, 1);
    addCancel(tr("Decide later"));
    addMain(tr("Save"));
}

QWidget *CaseConflictDialog::makeRow(const CellConflict &one)
{
    const QString column = one.column == caseColumns::expected ? tr("Expected output")
        : one.column == caseColumns::tags                      ? tr("Tags")
                                                               : one.column;
    const QString where =
        tr("Case %1").arg(QLocale().toString(one.number)) + (column.isEmpty() ? QString() : u" · "_s + column);
    const QString empty = tr("(empty)"), removed = tr("(removed)"), kept = tr("(kept, with changes)");
    const bool isRemoval = one.isRemovedByMe || one.isRemovedByThem;
    auto *choice = new SegmentedControl(tr("%1: whose").arg(where));
    choice->setChoices({tr("Theirs"), tr("Mine")});
    m_choices << choice;
    const auto text = [](const QString &shown) {
        auto *label = new Label(shown);
        label->setWordWrap(true);
        return label;
    };
    const auto side = [&](const QString &title, const QString &shown) {
        return layout::column({new Label(title, TextStyle::Caption, ColorRole::Text3), text(shown)}, Length::Space4);
    };
    return layout::box(layout::column(
        {layout::row({new Label(where, TextStyle::BodyStrong), layout::stretch(), choice}),
         layout::row(
             {layout::wide(side(tr("Theirs"),
                                isRemoval ? (one.isRemovedByThem ? removed : kept) : shownCell(one.theirs, empty))),
              layout::wide(
                  side(tr("Mine"), isRemoval ? (one.isRemovedByMe ? removed : kept) : shownCell(one.mine, empty)))},
             Length::Space16)},
        Length::Space6));
}

void CaseConflictDialog::takeAll(bool mine)
{
    for (SegmentedControl *choice : std::as_const(m_choices))
        choice->setCurrent(mine ? 1 : 0);
    for (CellConflict &one : m_conflicts)
        one.takesMine = mine;
}

void CaseConflictDialog::accept()
{
    for (qsizetype i = 0; i < m_choices.size(); ++i)
        m_conflicts[i].takesMine = m_choices[i]->current() == 1;
    Dialog::accept();
    Q_EMIT decided(m_conflicts);
}
