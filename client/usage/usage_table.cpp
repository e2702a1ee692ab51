// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_table.h"

#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<UsageLine>> makeColumns(UsageGroup group)
{
    using L = UsageLine;
    const auto number = [](const QString &id, qint64 UsageRow::*member, int width) {
        return column<L>(
            id, {}, [member](const L &line) { return line.sums.*member; }, CellKind::Number, width);
    };
    QList<TableColumn<L>> columns;
    if (group == UsageGroup::Day)
        columns.append(column<L>(
            u"day"_s, {},
            [](const L &line) { return QDate::fromString(line.sums.day.value_or(QString()), Qt::ISODate); },
            [](const L &line) {
                return QLocale().toString(QDate::fromString(line.sums.day.value_or(QString()), Qt::ISODate),
                                          QLocale::ShortFormat);
            },
            CellKind::Strong, 120));
    columns.append(
        column<L>(u"name"_s, {}, &L::name, group == UsageGroup::User ? CellKind::Person : CellKind::Strong, 220));
    if (group == UsageGroup::User)
        columns.last().extra = [](const L &line) { return QVariant::fromValue(PersonLook{line.id, line.name}); };
    columns.last().stretches = true;
    columns += {number(u"calls"_s, &UsageRow::calls, 90),
                number(u"failed"_s, &UsageRow::failedCalls, 90),
                number(u"input"_s, &UsageRow::inputTokens, 120),
                number(u"output"_s, &UsageRow::outputTokens, 120),
                column<L>(
                    u"cost"_s, {}, [](const L &line) { return line.sums.costNanos; },
                    [](const L &line) { return amounts::cost(line.sums.costNanos); }, CellKind::Number, 110),
                number(u"unpriced"_s, &UsageRow::unpricedCalls, 110)};
    return columns;
}

} // namespace

UsageTable::UsageTable(UsageGroup group, QObject *parent) : TableModel(makeColumns(group), parent), m_group(group)
{
    retranslate();
}

void UsageTable::retranslate()
{
    QStringList titles;
    switch (m_group) {
    case UsageGroup::Day:
        titles << tr("Day") << tr("Model");
        break;
    case UsageGroup::Model:
        titles << tr("Model");
        break;
    case UsageGroup::User:
        titles << tr("User");
        break;
    case UsageGroup::Template:
        titles << tr("Template");
        break;
    case UsageGroup::Key:
        titles << tr("Gateway key");
        break;
    }
    setTitles(
        titles
        + QStringList{tr("Calls"), tr("Failed"), tr("Tokens in"), tr("Tokens out"), tr("Cost"), tr("Without price")});
}
