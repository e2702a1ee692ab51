// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/condition_row_edit.h"

#include "client/permissions/permission_words.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QCompleter>
#include <QJsonArray>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isVariable(const QString &text) { return text.startsWith(u"${"); }

// As it is typed: numbers as in JSON, whatever the language.
QString lineOf(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList items;
        for (const QJsonValue &item : value.toArray())
            items << lineOf(item);
        return items.join(u", "_s);
    }
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.isDouble() ? QLocale::c().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest)
                            : value.toString();
}

// The kind of value that a test of an attribute compares with.
bool wantsNumber(const SubjectAttribute &attribute, const QString &test)
{
    return test == u"$size" || (attribute.type == AttributeType::Number && test != u"$regex");
}

QJsonValue readOne(const QString &text, bool asNumber)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return asNumber && isNumber ? QJsonValue(number) : QJsonValue(text);
}

QJsonValue readLine(const QString &line, const QString &test, bool asNumber)
{
    if (!conditionRows::takesList(test))
        return readOne(asNumber ? line.trimmed() : line, asNumber);
    QJsonArray list;
    for (const QString &item : line.split(u',', Qt::SkipEmptyParts))
        if (!item.trimmed().isEmpty())
            list.append(readOne(item.trimmed(), asNumber));
    return list;
}

} // namespace

ConditionRowEdit::ConditionRowEdit(const Subject &subject, const ConditionRow &row, QWidget *parent)
    : QWidget(parent),
      m_subject(subject),
      m_row(row),
      m_attribute(new Select(tr("Attribute"))),
      m_member(new QLineEdit),
      m_test(new Select(tr("Test"))),
      m_text(new QLineEdit),
      m_choice(new Select(tr("Value"))),
      m_remove(new IconButton(u"x"_s, tr("Remove condition")))
{
    QList<std::pair<QVariant, QString>> names;
    for (const SubjectAttribute &one : subject.attributes)
        names.append({one.name, one.name});
    m_attribute->setChoices(names);
    m_attribute->setValue(row.path.section(u'.', 0, 0));
    m_member->setText(row.path.section(u'.', 1));
    m_member->setPlaceholderText(tr("member"));
    m_member->setAccessibleName(tr("Member of the attribute"));
    m_text->setAccessibleName(tr("Value"));
    m_choice->setChoices({{true, tr("yes")}, {false, tr("no")}});
    for (Select *select : {m_attribute, m_test, m_choice})
        select->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *names1 = layout::row({layout::wide(m_attribute), layout::wide(m_member)}, Length::Space6);
    setLayout(layout::column(
        {layout::row({layout::wide(layout::box(names1)), m_test, m_remove}, Length::Space6), m_text, m_choice},
        Length::Space6));
    offerTests();
    showValue();
    connect(m_attribute, &Select::valueChosen, this, &ConditionRowEdit::attributeChosen);
    connect(m_test, &Select::valueChosen, this, &ConditionRowEdit::testChosen);
    connect(m_member, &QLineEdit::textEdited, this, &ConditionRowEdit::typed);
    connect(m_text, &QLineEdit::textEdited, this, &ConditionRowEdit::typed);
    connect(m_choice, &Select::valueChosen, this, &ConditionRowEdit::typed);
    connect(m_remove, &QToolButton::clicked, this, &ConditionRowEdit::removed);
}

bool ConditionRowEdit::canShow(const Subject &subject, const ConditionRow &row)
{
    const int index = subject.indexOf(row.path.section(u'.', 0, 0));
    if (index < 0 || (row.path.contains(u'.') && subject.attributes[index].type != AttributeType::Object))
        return false;
    const bool asNumber = wantsNumber(subject.attributes[index], row.test);
    return row.value.isBool() || readLine(lineOf(row.value), row.test, asNumber) == row.value;
}

const SubjectAttribute &ConditionRowEdit::attribute() const
{
    return m_subject.attributes[std::max(0, m_subject.indexOf(m_row.path.section(u'.', 0, 0)))];
}

bool ConditionRowEdit::isChoice() const
{
    return m_row.test == u"$exists"
        || (attribute().type == AttributeType::Boolean && !conditionRows::takesList(m_row.test));
}

void ConditionRowEdit::offerTests()
{
    const AttributeType type = attribute().type;
    const bool isList = type == AttributeType::TextList;
    const bool isOrdered = type == AttributeType::Number || type == AttributeType::Time;
    QList<std::pair<QVariant, QString>> choices;
    for (const QString &test : conditionRows::tests()) {
        const bool ofLists = test == u"$all" || test == u"$size";
        const bool ofOrdered = test.startsWith(u"$l") || test.startsWith(u"$g");
        const bool ofText = test == u"$regex";
        const bool fits = type == AttributeType::Object ? !ofLists
            : ofLists                                   ? isList
            : ofOrdered                                 ? isOrdered
            : ofText                                    ? type == AttributeType::Text || isList
                                                        : true;
        if (fits || test == m_row.test)
            choices.append({test, shownTest(test)});
    }
    m_test->setChoices(choices);
    m_test->setValue(m_row.test);
    m_member->setVisible(type == AttributeType::Object);
}

void ConditionRowEdit::showValue()
{
    m_choice->setVisible(isChoice());
    m_text->setVisible(!isChoice());
    if (isChoice())
        return m_choice->setValue(m_row.value.toBool());
    if (readLine(m_text->text(), m_row.test, wantsNumber(attribute(), m_row.test)) != m_row.value)
        m_text->setText(lineOf(m_row.value));
    QStringList offered = attribute().values;
    if (attribute().type == AttributeType::Id)
        offered << u"${user.id}"_s;
    if (attribute().type == AttributeType::Time)
        offered << u"${now}"_s;
    m_text->setPlaceholderText(conditionRows::takesList(m_row.test)          ? tr("values with commas between them")
                                   : attribute().type == AttributeType::Id   ? u"${user.id}"_s
                                   : attribute().type == AttributeType::Time ? u"2026-12-31T18:00:00Z"_s
                                                                             : attribute().values.join(u" · "_s));
    auto *completer = new QCompleter(offered, m_text);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &ConditionRowEdit::typed,
            Qt::QueuedConnection);
    if (QCompleter *before = m_text->completer())
        before->deleteLater();
    m_text->setCompleter(conditionRows::takesList(m_row.test) || offered.isEmpty() ? nullptr : completer);
}

void ConditionRowEdit::attributeChosen()
{
    m_row.path = m_attribute->value().toString();
    m_member->clear();
    if (isChoice() != m_row.value.isBool())
        m_row.value = isChoice() ? QJsonValue(true) : QJsonValue(QString());
    offerTests();
    testChosen();
}

void ConditionRowEdit::testChosen()
{
    m_row.test = m_test->value().toString();
    if (isChoice())
        m_row.value = m_row.value.isBool() ? m_row.value : QJsonValue(true);
    else if (m_row.value.isBool())
        m_row.value = readLine({}, m_row.test, false);
    else
        m_row.value = readLine(lineOf(m_row.value), m_row.test, wantsNumber(attribute(), m_row.test));
    showValue();
    Q_EMIT edited();
}

void ConditionRowEdit::typed()
{
    m_row.path = m_attribute->value().toString();
    if (const QString member = m_member->text().trimmed(); m_member->isVisibleTo(this) && !member.isEmpty())
        m_row.path += u'.' + member;
    m_row.value = isChoice() ? QJsonValue(m_choice->value().toBool())
                             : readLine(m_text->text(), m_row.test, wantsNumber(attribute(), m_row.test));
    Q_EMIT edited();
}

QString ConditionRowEdit::problem() const
{
    if (isChoice())
        return {};
    const auto isMissing = [&](const QJsonValue &value) {
        return wantsNumber(attribute(), m_row.test) ? !value.isDouble() && !isVariable(value.toString())
                                                    : value.isString() && value.toString().isEmpty();
    };
    const QJsonArray list = m_row.value.isArray() ? m_row.value.toArray() : QJsonArray{m_row.value};
    if (!list.isEmpty() && std::none_of(list.begin(), list.end(), isMissing))
        return {};
    return wantsNumber(attribute(), m_row.test) ? tr("%1 is compared with a number.").arg(m_row.path)
                                                : tr("Say what %1 is compared with.").arg(m_row.path);
}

void ConditionRowEdit::setReadOnly(bool readOnly)
{
    for (QWidget *part : {static_cast<QWidget *>(m_attribute), static_cast<QWidget *>(m_test),
                          static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_remove)})
        part->setEnabled(!readOnly);
    m_text->setReadOnly(readOnly);
    m_member->setReadOnly(readOnly);
}

void ConditionRowEdit::focusFirst() { m_attribute->setFocus(Qt::OtherFocusReason); }
