// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rule_form.h"

#include "client/permissions/condition_form.h"
#include "client/permissions/hours_edit.h"
#include "client/permissions/permission_words.h"
#include "client/permissions/who_list.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString timeFormat = u"yyyy-MM-dd HH:mm"_s; // in the time zone of this computer

QString shownTime(const std::optional<QDateTime> &time)
{
    return time ? time->toLocalTime().toString(timeFormat) : QString();
}

// Nothing for an empty field; an invalid time for what cannot be read.
std::optional<QDateTime> readTime(const QString &text)
{
    if (text.trimmed().isEmpty())
        return {};
    for (const QString &format : {timeFormat, u"yyyy-MM-dd"_s})
        if (const auto time = QDateTime::fromString(text.trimmed(), format); time.isValid())
            return time.toUTC();
    return QDateTime();
}

// A check box for each name, in `columns` columns.
QList<QCheckBox *> fill(QGridLayout *grid, const QList<std::pair<QString, QString>> &names, int columns)
{
    while (QLayoutItem *item = grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    QList<QCheckBox *> boxes;
    for (const auto &[name, shown] : names) {
        auto *box = new QCheckBox(shown);
        box->setObjectName(name);
        grid->addWidget(box, int(boxes.size()) / columns, int(boxes.size()) % columns);
        boxes << box;
    }
    return boxes;
}

QList<QString> checkedOf(const QList<QCheckBox *> &boxes)
{
    QList<QString> names;
    for (const QCheckBox *box : boxes)
        if (box->isChecked())
            names << box->objectName();
    return names;
}

QGridLayout *makeGrid()
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins({});
    return grid;
}

} // namespace

RuleForm::RuleForm(const PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_effect(new SegmentedControl(tr("Effect"))),
      m_who(new WhoList(directory)),
      m_subject(new Select(tr("Subject"))),
      m_actionGrid(makeGrid()),
      m_condition(new ConditionForm),
      m_someFields(new Switch(tr("Only certain fields"))),
      m_fieldGrid(makeGrid()),
      m_from(new TextField({})),
      m_until(new TextField({})),
      m_hours(new HoursEdit),
      m_reason(new TextField({})),
      m_enabled(new Switch(tr("In force"))),
      m_effectField(new FormField({}, layout::box(layout::row({m_effect, layout::stretch()})))),
      m_whoField(new FormField({}, m_who)),
      m_subjectField(new FormField({}, m_subject)),
      m_actionsField(new FormField({}, layout::box(m_actionGrid))),
      m_conditionField(new FormField({}, m_condition)),
      m_hoursField(new FormField({}, m_hours)),
      m_enabledField(new FormField({}, layout::box(layout::row({m_enabled, layout::stretch()}))))
{
    auto *fields = layout::column({layout::row({m_someFields, layout::stretch()}), m_fieldGrid}, Length::Space8);
    m_fieldsField = new FormField({}, layout::box(fields));
    m_reason->edit()->setMaxLength(500);
    for (TextField *time : {m_from, m_until})
        time->setPlaceholder(u"2026-12-31 18:00"_s);
    setLayout(layout::column({m_reason, m_effectField, m_whoField, m_subjectField, m_actionsField, m_conditionField,
                              m_fieldsField, m_hoursField,
                              layout::row({layout::wide(m_from), layout::wide(m_until)}, Length::Space16),
                              m_enabledField, layout::stretch()},
                             Length::Space20));
    connect(m_effect, &SegmentedControl::chosen, this, [this] {
        nameActions();
        Q_EMIT edited();
    });
    connect(m_who, &WhoList::edited, this, &RuleForm::edited);
    connect(m_subject, &Select::valueChosen, this, &RuleForm::chooseSubject);
    connect(m_condition, &ConditionForm::edited, this, &RuleForm::edited);
    connect(m_hours, &HoursEdit::edited, this, &RuleForm::edited);
    connect(m_someFields, &QAbstractButton::clicked, this, [this](bool some) {
        for (QCheckBox *box : std::as_const(m_fields))
            box->setVisible(some);
        Q_EMIT edited();
    });
    connect(m_enabled, &QAbstractButton::clicked, this, &RuleForm::edited);
    for (TextField *field : {m_from, m_until, m_reason})
        connect(field->edit(), &QLineEdit::textEdited, this, &RuleForm::edited);
    retranslate();
}

void RuleForm::setInput(const RuleInput &input)
{
    m_input = input;
    m_effect->setCurrent(input.effect == RuleEffect::Deny);
    nameActions();
    m_who->setWho(input.who);
    m_subject->setValue(input.subject);
    m_someFields->setChecked(input.onlyFields.has_value());
    offerSubject();
    m_condition->setCondition(findSubject(input.subject), input.conditions);
    const auto setText = [](TextField *field, const QString &text) {
        if (field->text() != text)
            field->setText(text);
    };
    m_hours->setHours(input.hours);
    if (readTime(m_from->text()) != input.validFrom)
        setText(m_from, shownTime(input.validFrom));
    if (readTime(m_until->text()) != input.validUntil)
        setText(m_until, shownTime(input.validUntil));
    setText(m_reason, input.reason);
    m_enabled->setChecked(input.enabled);
}

RuleInput RuleForm::input() const
{
    RuleInput input = m_input;
    input.effect = m_effect->current() == 1 ? RuleEffect::Deny : RuleEffect::Allow;
    input.who = m_who->who();
    input.subject = m_subject->value().toString();
    input.actions = checkedActions();
    input.conditions = m_condition->condition();
    input.onlyFields.reset();
    if (m_someFields->isChecked())
        input.onlyFields = checkedOf(m_fields);
    const auto valid = [](const std::optional<QDateTime> &time) {
        return time && time->isValid() ? time : std::nullopt;
    };
    // A time that was not touched keeps its seconds.
    if (m_from->text() != shownTime(m_input.validFrom))
        input.validFrom = valid(readTime(m_from->text()));
    if (m_until->text() != shownTime(m_input.validUntil))
        input.validUntil = valid(readTime(m_until->text()));
    input.hours = m_hours->hours();
    input.reason = m_reason->text();
    input.enabled = m_enabled->isChecked();
    return input;
}

QList<QString> RuleForm::checkedActions() const
{
    const QList<QString> actions = checkedOf(m_actions);
    return actions.contains(u"*"_s) ? QList<QString>{u"*"_s} : actions;
}

void RuleForm::nameActions() { m_actionsField->setLabel(m_effect->current() == 1 ? tr("May not") : tr("May")); }

void RuleForm::offerSubject()
{
    const Subject *subject = findSubject(m_input.subject);
    QList<std::pair<QString, QString>> actions, fields;
    if (subject) {
        actions << std::pair(u"*"_s, shownAction(u"*"_s));
        for (const QString &action : subject->actions)
            actions << std::pair(action, shownAction(action));
        for (const SubjectAttribute &attribute : subject->attributes)
            fields << std::pair(attribute.name, attribute.name);
    }
    const auto isFilled = [](const QList<QCheckBox *> &boxes, const QList<std::pair<QString, QString>> &names) {
        return std::equal(boxes.begin(), boxes.end(), names.begin(), names.end(),
                          [](const QCheckBox *box, const auto &name) {
                              return box->objectName() == name.first && box->text() == name.second;
                          });
    };
    if (!isFilled(m_actions, actions)) {
        m_actions = fill(m_actionGrid, actions, 3);
        for (QCheckBox *box : std::as_const(m_actions))
            connect(box, &QCheckBox::clicked, this, [this, box](bool checked) {
                for (QCheckBox *other : std::as_const(m_actions)) // everything, or some of it
                    if (checked && other != box && (box == m_actions.first() || other == m_actions.first()))
                        other->setChecked(false);
                Q_EMIT edited();
            });
    }
    if (!isFilled(m_fields, fields)) {
        m_fields = fill(m_fieldGrid, fields, 2);
        for (QCheckBox *box : std::as_const(m_fields))
            connect(box, &QCheckBox::clicked, this, &RuleForm::edited);
    }
    for (QCheckBox *box : std::as_const(m_actions))
        box->setChecked(m_input.actions.contains(box->objectName()));
    for (QCheckBox *box : std::as_const(m_fields)) {
        box->setChecked(m_input.onlyFields && m_input.onlyFields->contains(box->objectName()));
        box->setVisible(m_someFields->isChecked());
    }
    m_actionsField->setVisible(subject);
    m_fieldsField->setVisible(!fields.isEmpty());
}

// What was said about another subject does not fit this one.
void RuleForm::chooseSubject()
{
    m_input = input();
    m_input.actions.clear();
    m_input.conditions.reset();
    m_input.onlyFields.reset();
    setInput(RuleInput(m_input));
    Q_EMIT edited();
}

QString RuleForm::unreadableTime() const
{
    for (const TextField *field : {m_from, m_until})
        if (const auto time = readTime(field->text()); time && !time->isValid())
            return field->text();
    return {};
}

QList<json::Problem> RuleForm::place(const QList<json::Problem> &problems)
{
    QList<std::pair<QString, FormField *>> places = m_hours->places(); // these before the whole
    places << QList<std::pair<QString, FormField *>>{
        {u"/effect"_s, m_effectField},        {u"/who"_s, m_whoField},
        {u"/subject"_s, m_subjectField},      {u"/actions"_s, m_actionsField},
        {u"/conditions"_s, m_conditionField}, {u"/fields"_s, m_fieldsField},
        {u"/hours"_s, m_hoursField},          {u"/validFrom"_s, m_from},
        {u"/validUntil"_s, m_until},          {u"/reason"_s, m_reason},
        {u"/enabled"_s, m_enabledField}};
    QList<json::Problem> others;
    for (const auto &[pointer, field] : std::as_const(places))
        field->setError({});
    for (TextField *field : {m_from, m_until})
        if (const auto time = readTime(field->text()); time && !time->isValid())
            field->setError(tr("Write it like 2026-12-31 18:00."));
    for (const json::Problem &problem : problems)
        if (!showProblems({problem}, places))
            others << problem;
    return others;
}

void RuleForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RuleForm::retranslate()
{
    m_effect->setChoices({lookOf(RuleEffect::Allow).label, lookOf(RuleEffect::Deny).label});
    m_effect->setCurrent(m_input.effect == RuleEffect::Deny);
    QList<std::pair<QVariant, QString>> choices;
    for (const Subject &one : subjects())
        choices.append({one.name, shownSubject(one.name)});
    m_subject->setChoices(choices);
    m_reason->setLabel(tr("Reason"));
    m_reason->setHelp(tr("Shown to whom it refuses something."));
    m_effectField->setLabel(tr("Effect"));
    m_whoField->setLabel(tr("Who"));
    m_subjectField->setLabel(tr("Subject"));
    nameActions();
    m_conditionField->setLabel(tr("When"));
    m_fieldsField->setLabel(tr("Only certain fields"));
    m_hoursField->setLabel(tr("Only at certain hours"));
    m_from->setLabel(tr("Valid from"));
    m_until->setLabel(tr("Valid until"));
    m_from->setHelp(tr("Empty: from now on."));
    m_until->setHelp(tr("Empty: for good."));
    m_enabledField->setLabel(tr("In force"));
    offerSubject();
}
