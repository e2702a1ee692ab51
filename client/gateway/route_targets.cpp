// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/route_targets.h"

#include "client/design/theme.h"
#include "client/gateway/gateway_looks.h"
#include "client/gateway/route_target_row.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QApplication>
#include <QBoxLayout>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostTargets = 16;

} // namespace

RouteTargets::RouteTargets(QWidget *parent)
    : QWidget(parent),
      m_layout(layout::column({}, Length::Space2)),
      m_modelTitle(new Label({}, TextStyle::Caption, ColorRole::Text3)),
      m_weightTitle(new Label({}, TextStyle::Caption, ColorRole::Text3)),
      m_timeoutTitle(new Label({}, TextStyle::Caption, ColorRole::Text3)),
      m_add(new Button({}, u"plus"_s))
{
    m_add->setControlSize(ControlSize::Small);
    m_modelTitle->setText(tr("Targets"));
    m_weightTitle->setText(tr("Weight, share of calls"));
    m_timeoutTitle->setText(tr("Time-out (s)"));
    m_add->setText(tr("Add target"));
    const auto titles = layout::row({m_modelTitle, layout::stretch(), m_weightTitle, m_timeoutTitle});
    layout::inset(titles, {Length::Space4, Length::Space4, Length::Space40, Length::Space4});
    setLayout(layout::column({titles, m_layout, layout::row({m_add, layout::stretch()})}, Length::Space4));
    connect(m_add, &QPushButton::clicked, this, &RouteTargets::add);
    const std::pair<Qt::Key, int> moves[] = {{Qt::Key_Up, -1}, {Qt::Key_Down, 1}};
    for (const auto &[key, by] : moves) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::ALT | key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, step = by] { moveFocused(step); });
    }
}

void RouteTargets::setOffered(const QStringList &models)
{
    m_offered = models;
    for (RouteTargetRow *row : std::as_const(m_rows))
        row->setOffered(models);
}

void RouteTargets::setTargets(const QList<RouteTarget> &targets)
{
    for (RouteTargetRow *row : std::exchange(m_rows, {}))
        delete row;
    for (const RouteTarget &target : targets)
        insert(target);
    renew();
}

void RouteTargets::setWeighted(bool weighted)
{
    m_weighted = weighted;
    renew();
}

QList<RouteTarget> RouteTargets::targets() const
{
    QList<RouteTarget> targets;
    for (const RouteTargetRow *row : m_rows)
        targets << row->target();
    return targets;
}

bool RouteTargets::isValid() const
{
    const bool hasWeight =
        !m_weighted || std::any_of(m_rows.begin(), m_rows.end(), [](auto *row) { return row->weight() > 0; });
    return !m_rows.isEmpty() && hasWeight
        && std::all_of(m_rows.begin(), m_rows.end(), [](auto *row) { return row->isValid(); });
}

void RouteTargets::showProblem(int index, const QString &problem)
{
    if (index >= 0 && index < m_rows.size())
        m_rows[index]->setProblem(problem);
    Q_EMIT resized();
}

RouteTargetRow *RouteTargets::insert(const RouteTarget &target)
{
    auto *row = new RouteTargetRow(target);
    row->setOffered(m_offered);
    m_rows << row;
    m_layout->addWidget(row);
    connect(row, &RouteTargetRow::edited, this, [this, row] {
        row->setProblem({});
        renew();
        Q_EMIT edited();
    });
    connect(row, &RouteTargetRow::removeRequested, this, [this, row] { remove(row); });
    connect(row->grip(), &RouteGrip::dragBegun, this, [this, row] { beginDrag(row); });
    connect(row->grip(), &RouteGrip::draggedTo, this,
            [this, row](const QPoint &global) { dragTo(row, mapFromGlobal(global).y()); });
    connect(row->grip(), &RouteGrip::dragEnded, this, &RouteTargets::endDrag);
    return row;
}

void RouteTargets::add()
{
    RouteTargetRow *row = insert({});
    renew();
    row->stops()[1]->setFocus();
    Q_EMIT resized();
    Q_EMIT edited();
}

void RouteTargets::remove(RouteTargetRow *row)
{
    const qsizetype at = m_rows.indexOf(row);
    m_rows.removeAt(at);
    row->hide();
    row->deleteLater();
    renew();
    m_rows[std::min(at, m_rows.size() - 1)]->grip()->setFocus();
    Q_EMIT resized();
    Q_EMIT edited();
}

// ---- moving

void RouteTargets::moveFocused(int by)
{
    for (int i = 0; i < m_rows.size(); ++i)
        if (m_rows[i]->isAncestorOf(QApplication::focusWidget()))
            return move(i, i + by);
}

void RouteTargets::move(int from, int to)
{
    if (to < 0 || to >= m_rows.size() || from == to)
        return;
    m_rows.move(from, to);
    m_layout->removeWidget(m_rows[to]);
    m_layout->insertWidget(to, m_rows[to]);
    layout()->activate(); // where the others are now counts for what is dragged
    renew();
    Q_EMIT edited();
}

void RouteTargets::beginDrag(RouteTargetRow *row)
{
    m_before = m_rows;
    row->setLifted(true);
}

// The others make way as the pointer passes their middle.
void RouteTargets::dragTo(RouteTargetRow *row, int y)
{
    const int from = int(m_rows.indexOf(row));
    int to = from;
    while (to > 0 && y < m_rows[to - 1]->geometry().center().y())
        --to;
    while (to + 1 < m_rows.size() && y > m_rows[to + 1]->geometry().center().y())
        ++to;
    move(from, to);
}

void RouteTargets::endDrag(bool keep)
{
    for (RouteTargetRow *row : std::as_const(m_rows))
        row->setLifted(false);
    if (!keep)
        for (int to = 0; to < m_before.size(); ++to)
            move(int(m_rows.indexOf(m_before[to])), to);
    m_before.clear();
}

void RouteTargets::renew()
{
    QList<int> weights;
    for (const RouteTargetRow *row : std::as_const(m_rows))
        weights << row->weight();
    const QList<int> shares = sharesOf(weights);
    QWidget *last = nullptr;
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setPosition(i, int(m_rows.size()), m_weighted, shares[i]);
        for (QWidget *stop : m_rows[i]->stops()) {
            if (last)
                setTabOrder(last, stop);
            last = stop;
        }
    }
    if (last)
        setTabOrder(last, m_add);
    m_weightTitle->setVisible(m_weighted);
    m_add->setEnabled(m_rows.size() < mostTargets);
}
