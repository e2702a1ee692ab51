// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/variables_form.h"

#include "client/design/theme.h"
#include "client/templates/variable_field.h"
#include "client/widgets/label.h"
#include "shared/templates/schema_view.h"
#include "shared/templates/variables_schema.h"

#include <QEvent>
#include <QGridLayout>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int columns = 2;
constexpr int deepest = 4; // levels of objects that become fields of their own
constexpr int longInput = 100'000; // more than a line

QJsonValue valueAt(const QJsonObject &values, const QStringList &path)
{
    QJsonValue value = values;
    for (const QString &name : path)
        value = value.toObject().value(name);
    return value;
}

QJsonObject withValue(QJsonObject object, const QStringList &path, const QJsonValue &value)
{
    if (path.size() == 1)
        object.insert(path.first(), value);
    else
        object.insert(path.first(), withValue(object.value(path.first()).toObject(), path.mid(1), value));
    return object;
}

} // namespace

VariablesForm::VariablesForm(QWidget *parent)
    : QWidget(parent),
      m_grid(new QGridLayout(this)),
      m_none(new Label({}, TextStyle::Small, ColorRole::Text3))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(theme().px(Length::Space10));
    m_grid->setVerticalSpacing(theme().px(Length::Space10));
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    m_grid->addWidget(m_none, 0, 0, 1, columns);
    rebuild();
}

void VariablesForm::setSchema(const std::optional<QJsonObject> &schema)
{
    if (schema == m_schema)
        return;
    m_schema = schema;
    rebuild();
}

void VariablesForm::rebuild()
{
    const QJsonObject before = values();
    for (const Entry &entry : std::exchange(m_entries, {})) {
        entry.field->hide();
        entry.field->deleteLater(); // it may be the one that is being typed into
    }
    if (m_schema)
        collect(*m_schema, *m_schema, {});
    else
        add({u"input"_s}, {{u"type"_s, u"string"_s}, {u"maxLength"_s, longInput}}, false);
    m_none->setVisible(m_entries.isEmpty());
    m_none->setText(tr("This template takes no variables."));
    place();
    setValues(before);
}

void VariablesForm::collect(const QJsonObject &document, const QJsonObject &schema, const QStringList &path)
{
    const QJsonObject properties = schema.value(u"properties"_s).toObject();
    const QJsonArray required = schema.value(u"required"_s).toArray();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject member = templates::resolved(document, it.value()).toObject();
        const QStringList here = path + QStringList{it.key()};
        if (member.contains(u"properties"_s) && here.size() < deepest)
            collect(document, member, here);
        else
            add(here, member, required.contains(it.key()));
    }
}

void VariablesForm::add(const QStringList &path, const QJsonObject &schema, bool isRequired)
{
    VariableField *field = VariableField::make(path.join(u'.'), schema);
    connect(field, &VariableField::edited, this, [this, field] {
        if (m_setting)
            return;
        field->setError({});
        Q_EMIT valuesChanged();
    });
    m_entries.append({path, schema, isRequired, field});
}

void VariablesForm::place()
{
    int row = 1, column = 0;
    for (const Entry &entry : m_entries) {
        const bool wide = entry.field->isWide();
        if (wide && column > 0) {
            ++row;
            column = 0;
        }
        m_grid->addWidget(entry.field, row, column, 1, wide ? columns : 1, Qt::AlignTop);
        if (wide || ++column == columns) {
            ++row;
            column = 0;
        }
    }
}

void VariablesForm::setValues(const QJsonObject &values)
{
    m_setting = true;
    for (const Entry &entry : m_entries) {
        const QJsonValue value = valueAt(values, entry.path);
        entry.field->setValue(value.isUndefined() ? entry.schema.value(u"default"_s) : value);
        entry.field->setError({});
    }
    m_setting = false;
    Q_EMIT valuesChanged();
}

QJsonObject VariablesForm::values() const
{
    QJsonObject result;
    for (const Entry &entry : m_entries) {
        const QJsonValue value = entry.field->value();
        if (!value.isUndefined())
            result = withValue(result, entry.path, value);
    }
    return result;
}

bool VariablesForm::check()
{
    const auto problems = m_schema ? templates::validate(*m_schema, values()) : QList<json::Problem>();
    bool good = problems.isEmpty();
    for (const Entry &entry : m_entries) {
        const QString pointer = u'/' + entry.path.join(u'/');
        QString message = entry.field->isReadable() ? QString() : tr("This cannot be read");
        for (const json::Problem &problem : problems) {
            // What is missing may be the object that this field is a part of.
            const bool concerns = problem.pointer == pointer || problem.pointer.startsWith(pointer + u'/')
                || (entry.isRequired && pointer.startsWith(problem.pointer + u'/'));
            if (message.isEmpty() && concerns)
                message = entry.field->value().isUndefined() ? tr("A value is needed") : problem.message;
        }
        entry.field->setError(message);
        good = good && message.isEmpty();
    }
    return good;
}

void VariablesForm::focusFirstProblem()
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.field->hasError(); });
    if (found != m_entries.end())
        found->field->control()->setFocus(Qt::ShortcutFocusReason);
}

void VariablesForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}
