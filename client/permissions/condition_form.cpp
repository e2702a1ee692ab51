// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/condition_form.h"

#include "client/permissions/condition_row_edit.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

ConditionForm::ConditionForm(QWidget *parent)
    : QWidget(parent),
      m_join(new SegmentedControl(tr("How the conditions are joined"))),
      m_rows(layout::column({}, Length::Space12)),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger)),
      m_add(new Button({}, u"plus"_s))
{
    m_note->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_add->setControlSize(ControlSize::Small);
    setLayout(layout::column(
        {layout::row({m_join, layout::stretch()}), m_rows, m_note, m_problem, layout::row({m_add, layout::stretch()})},
        Length::Space8));
    connect(m_join, &SegmentedControl::chosen, this, &ConditionForm::edited);
    connect(m_add, &QPushButton::clicked, this, &ConditionForm::add);
    retranslate();
}

void ConditionForm::setCondition(const Subject *subject, const std::optional<QJsonObject> &condition)
{
    const bool hasAttributes = subject && !subject->attributes.isEmpty();
    const bool isOther = m_subject != subject;
    m_subject = subject;
    m_beyond.reset();
    std::optional<ConditionRows> shown = conditionRows::read(condition.value_or(QJsonObject()));
    if (shown && !std::all_of(shown->rows.begin(), shown->rows.end(), [&](const ConditionRow &row) {
            return hasAttributes && ConditionRowEdit::canShow(*subject, row);
        }))
        shown.reset();
    if (!shown)
        m_beyond = condition;
    const ConditionRows wanted = shown.value_or(ConditionRows());
    if (!wanted.rows.isEmpty())
        m_join->setCurrent(wanted.any);
    if (isOther || wanted.rows != rows()) // what is being typed in stays
        rebuild(wanted.rows);
    renew();
}

std::optional<QJsonObject> ConditionForm::condition() const
{
    if (m_beyond)
        return m_beyond;
    if (m_edits.isEmpty())
        return {};
    return conditionRows::write({m_join->current() == 1, rows()});
}

QList<ConditionRow> ConditionForm::rows() const
{
    QList<ConditionRow> rows;
    for (const ConditionRowEdit *edit : m_edits)
        rows << edit->row();
    return rows;
}

void ConditionForm::rebuild(const QList<ConditionRow> &rows)
{
    for (ConditionRowEdit *edit : std::as_const(m_edits)) {
        edit->hide();
        edit->deleteLater();
    }
    m_edits.clear();
    for (const ConditionRow &row : rows) {
        auto *edit = new ConditionRowEdit(*m_subject, row);
        connect(edit, &ConditionRowEdit::edited, this, [this] {
            renew();
            Q_EMIT edited();
        });
        connect(edit, &ConditionRowEdit::removed, this, [this, edit] { remove(edit); });
        m_rows->addWidget(edit);
        m_edits << edit;
    }
}

void ConditionForm::renew()
{
    const bool hasAttributes = m_subject && !m_subject->attributes.isEmpty();
    m_join->setVisible(m_edits.size() > 1);
    m_add->setVisible(hasAttributes && !m_beyond);
    QString note, problem;
    if (m_beyond)
        note = tr("This condition says more than rows can show. It stays as it is; change it as JSON.");
    else if (!hasAttributes)
        note = tr("These are no records: there is nothing to set conditions on.");
    else if (m_edits.isEmpty())
        note = tr("Always: it speaks of all of them.");
    for (const ConditionRowEdit *edit : std::as_const(m_edits))
        problem = problem.isEmpty() ? edit->problem() : problem;
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ConditionForm::add()
{
    QList<ConditionRow> all = rows();
    const SubjectAttribute &first = m_subject->attributes.first();
    all.append({first.name, u"$eq"_s, first.type == AttributeType::Boolean ? QJsonValue(true) : QJsonValue(QString())});
    rebuild(all);
    renew();
    m_edits.last()->focusFirst();
    Q_EMIT edited();
}

void ConditionForm::remove(ConditionRowEdit *edit)
{
    m_edits.removeOne(edit);
    edit->hide();
    edit->deleteLater();
    m_add->setFocus(Qt::OtherFocusReason);
    renew();
    Q_EMIT edited();
}

void ConditionForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ConditionForm::retranslate()
{
    m_join->setChoices({tr("All of them hold"), tr("One of them holds")});
    m_add->setText(tr("Add condition"));
    if (m_subject)
        rebuild(rows());
    renew();
}
