// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/record_edit.h"

#include "client/design/theme.h"
#include "client/templates/pretty_json.h"
#include "client/templates/variables_form.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"
#include "shared/json/json.h"

#include <QBoxLayout>
#include <QEvent>
#include <QJsonArray>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

// Something of its kind, to be changed by who asks.
QJsonValue exampleOf(const SubjectAttribute &attribute)
{
    if (!attribute.values.isEmpty() && attribute.type != AttributeType::TextList)
        return attribute.values.first();
    switch (attribute.type) {
    case AttributeType::Number:
        return 0;
    case AttributeType::Boolean:
        return false;
    case AttributeType::TextList:
        return QJsonArray();
    case AttributeType::Object:
        return QJsonObject();
    case AttributeType::Text:
    case AttributeType::Time:
    case AttributeType::Id:
        return QString();
    }
    return {};
}

bool isText(const SubjectAttribute &attribute) { return exampleOf(attribute).isString(); }

// What the form of variables reads.
QJsonObject schemaOf(const Subject &subject)
{
    QJsonObject properties;
    for (const SubjectAttribute &attribute : subject.attributes) {
        QJsonObject schema;
        switch (attribute.type) {
        case AttributeType::Number:
            schema.insert(u"type"_s, u"number"_s);
            break;
        case AttributeType::Boolean:
            schema.insert(u"type"_s, u"boolean"_s);
            break;
        case AttributeType::TextList:
            schema.insert(u"type"_s, u"array"_s);
            break;
        case AttributeType::Object:
            schema.insert(u"type"_s, u"object"_s);
            break;
        case AttributeType::Text:
        case AttributeType::Time:
        case AttributeType::Id:
            schema.insert(u"type"_s, u"string"_s);
        }
        if (!attribute.values.isEmpty() && isText(attribute))
            schema.insert(u"enum"_s, QJsonArray::fromStringList(attribute.values));
        properties.insert(attribute.name, schema);
    }
    return {{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
}

} // namespace

RecordEdit::RecordEdit(QWidget *parent)
    : QWidget(parent),
      m_view(new SegmentedControl(tr("How the record is written"))),
      m_form(new VariablesForm),
      m_json(new QPlainTextEdit),
      m_jsonField(new FormField({}, m_json)),
      m_views(new QStackedWidget)
{
    m_json->setFont(theme().font(TextStyle::Mono));
    m_json->setTabChangesFocus(true);
    connect(&theme(), &Theme::changed, m_json, [this] { m_json->setFont(theme().font(TextStyle::Mono)); });
    auto *fields = layout::box(layout::column({m_form, layout::stretch()}));
    m_views->addWidget(layout::scrolling(fields));
    m_views->addWidget(m_jsonField);
    setLayout(layout::column({layout::row({m_view, layout::stretch()}), layout::wide(m_views)}, Length::Space10));
    connect(m_view, &SegmentedControl::chosen, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_form, &VariablesForm::valuesChanged, this, &RecordEdit::takeForm);
    connect(m_json, &QPlainTextEdit::textChanged, this, &RecordEdit::takeJson);
    retranslate();
}

void RecordEdit::setSubject(const Subject &subject)
{
    if (m_subject == &subject)
        return;
    m_subject = &subject;
    m_record = {};
    for (const SubjectAttribute &attribute : subject.attributes)
        m_record.insert(attribute.name, exampleOf(attribute));
    m_problem.clear();
    m_jsonField->setError({});
    m_showing = true;
    m_form->setSchema(schemaOf(subject));
    m_form->setValues(m_record);
    m_showing = false;
    m_values = m_form->values();
    showJson();
    const bool hasFields = !subject.attributes.isEmpty();
    m_view->setVisible(hasFields);
    m_views->setCurrentIndex(hasFields ? m_view->current() : int(Json));
}

bool RecordEdit::check()
{
    if (m_views->currentIndex() == Json)
        return m_problem.isEmpty();
    const bool isReadable = m_form->check();
    if (!isReadable)
        m_form->focusFirstProblem();
    return isReadable && m_problem.isEmpty();
}

void RecordEdit::takeForm()
{
    if (m_showing || !m_subject)
        return;
    const QJsonObject values = m_form->values();
    if (values == std::exchange(m_values, values)) // made anew for another language, for example
        return;
    for (const SubjectAttribute &attribute : m_subject->attributes) {
        if (const QJsonValue value = values.value(attribute.name); !value.isUndefined())
            m_record.insert(attribute.name, value);
        else if (isText(attribute) && attribute.values.isEmpty() && m_record.contains(attribute.name))
            m_record.insert(attribute.name, QString()); // an empty text is not a missing one; JSON can leave it out
        else
            m_record.remove(attribute.name);
    }
    m_problem.clear(); // what could not be read as JSON is given up
    m_jsonField->setError({});
    showJson();
    Q_EMIT edited();
}

void RecordEdit::takeJson()
{
    if (m_showing)
        return;
    const QByteArray text = m_json->toPlainText().toUtf8();
    m_problem.clear();
    try {
        m_record = json::object(text);
        m_showing = true;
        m_form->setValues(m_record);
        m_showing = false;
        m_values = m_form->values();
    } catch (const json::SyntaxError &error) {
        const qsizetype line = text.first(std::min<qsizetype>(error.offset, text.size())).count('\n') + 1;
        m_problem = tr("Line %1: %2").arg(line).arg(QString::fromUtf8(error.what()));
    }
    m_jsonField->setError(m_problem);
    Q_EMIT edited();
}

void RecordEdit::showJson()
{
    m_showing = true;
    m_json->setPlainText(prettyJson(m_record));
    m_showing = false;
}

void RecordEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RecordEdit::retranslate()
{
    const int view = std::max(0, m_view->current());
    m_view->setChoices({tr("Form"), u"JSON"_s});
    m_view->setCurrent(view);
    m_json->setAccessibleName(tr("Record as JSON"));
}
