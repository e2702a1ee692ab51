// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/schema_form.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

enum Column { Name, Type, Description, Required, Remove };

QJsonObject propertiesOf(const QJsonObject &schema) { return schema.value(u"properties"_s).toObject(); }

bool isRequired(const QJsonObject &schema, const QString &name)
{
    return schema.value(u"required"_s).toArray().contains(name);
}

QJsonObject withRequired(QJsonObject schema, const QString &name, bool required)
{
    QJsonArray names = schema.value(u"required"_s).toArray();
    for (qsizetype i = names.size() - 1; i >= 0; --i)
        if (names[i].toString() == name)
            names.removeAt(i);
    if (required)
        names.append(name);
    if (names.isEmpty())
        schema.remove(u"required"_s);
    else
        schema.insert(u"required"_s, names);
    return schema;
}

QJsonObject withProperty(QJsonObject schema, const QString &name, const QJsonObject &property)
{
    QJsonObject properties = propertiesOf(schema);
    properties.insert(name, property);
    schema.insert(u"properties"_s, properties);
    return schema;
}

QJsonObject withoutProperty(QJsonObject schema, const QString &name)
{
    QJsonObject properties = propertiesOf(schema);
    properties.remove(name);
    schema.insert(u"properties"_s, properties);
    return withRequired(schema, name, false);
}

bool areTexts(const QJsonArray &values)
{
    return std::all_of(values.begin(), values.end(), [](const QJsonValue &value) { return value.isString(); });
}

QJsonArray choicesIn(const QString &text)
{
    QJsonArray choices;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        if (const QString choice = part.trimmed(); !choice.isEmpty() && !choices.contains(choice))
            choices.append(choice);
    return choices;
}

QString shownChoices(const QJsonArray &values)
{
    QStringList texts;
    for (const QJsonValue &value : values)
        texts << value.toVariant().toString();
    return texts.join(u", "_s);
}

} // namespace

SchemaForm::SchemaForm(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(theme().px(Length::Space10));
    m_grid->setVerticalSpacing(theme().px(Length::Space8));
    m_grid->setColumnStretch(Name, 3);
    m_grid->setColumnStretch(Type, 2);
    m_grid->setColumnStretch(Description, 4);
}

QJsonObject SchemaForm::emptySchema()
{
    return {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}, {u"additionalProperties"_s, false}};
}

QJsonObject SchemaForm::withVariables(QJsonObject schema, const QStringList &names)
{
    for (const QString &name : names)
        if (!propertiesOf(schema).contains(name))
            schema = withRequired(withProperty(schema, name, {{u"type"_s, u"string"_s}}), name, true);
    return schema;
}

void SchemaForm::setSchema(const QJsonObject &schema)
{
    m_schema = schema;
    rebuild();
}

void SchemaForm::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    rebuild();
}

void SchemaForm::focusName(const QString &name)
{
    if (QLineEdit *edit = m_names.value(name)) {
        edit->setFocus(Qt::OtherFocusReason);
        edit->selectAll();
    }
}

void SchemaForm::rebuild()
{
    m_names.clear();
    m_nextRow = 1; // after the headings
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be what was pressed
        }
        delete item;
    }
    const QJsonObject properties = propertiesOf(m_schema);
    if (!properties.isEmpty())
        addHeadings();
    for (auto it = properties.begin(); it != properties.end(); ++it)
        addRow(it.key(), it->toObject(), isRequired(m_schema, it.key()));
}

// Shown at once, so that it can take the focus.
void SchemaForm::put(QWidget *widget, int row, int column)
{
    m_grid->addWidget(widget, row, column);
    widget->show();
}

void SchemaForm::addHeadings()
{
    const std::pair<Column, QString> headings[] = {
        {Name, tr("Name")}, {Type, tr("Type")}, {Description, tr("Description")}};
    for (const auto &[column, text] : headings)
        put(new Label(text, TextStyle::Caption, ColorRole::Text3), 0, column);
}

void SchemaForm::addRow(const QString &name, const QJsonObject &property, bool required)
{
    auto *nameEdit = new QLineEdit(name);
    nameEdit->setFont(theme().font(TextStyle::Mono));
    nameEdit->setAccessibleName(tr("Name of the variable"));
    auto *type = new Select(tr("Type of %1").arg(name));
    const bool isChoice = property.contains(u"enum"_s);
    type->setChoices({{u"string"_s, tr("Text")},
                      {u"enum"_s, tr("Choice")},
                      {u"number"_s, tr("Number")},
                      {u"integer"_s, tr("Whole number")},
                      {u"boolean"_s, tr("Yes or no")},
                      {u"array"_s, tr("List")},
                      {u"object"_s, tr("Object")}});
    type->setValue(isChoice ? u"enum"_s : property.value(u"type"_s).toString());
    auto *description = new QLineEdit(property.value(u"description"_s).toString());
    description->setAccessibleName(tr("Description of %1").arg(name));
    auto *must = new QCheckBox(tr("Required"));
    must->setChecked(required);
    auto *remove = new IconButton(u"trash-2"_s, tr("Remove %1").arg(name));
    for (QLineEdit *edit : {nameEdit, description})
        edit->setReadOnly(m_readOnly);
    for (QWidget *control : std::initializer_list<QWidget *>{type, must})
        control->setEnabled(!m_readOnly);

    const int row = m_nextRow++;
    const std::pair<Column, QWidget *> cells[] = {
        {Name, nameEdit}, {Type, type}, {Description, description}, {Required, must}, {Remove, remove}};
    for (const auto &[column, widget] : cells)
        put(widget, row, column);
    remove->setVisible(!m_readOnly);
    m_names.insert(name, nameEdit);
    if (isChoice)
        addChoices(name, property);

    connect(nameEdit, &QLineEdit::editingFinished, this, [this, nameEdit, name] {
        if (nameEdit->text().trimmed() != name)
            rename(name, nameEdit->text().trimmed());
    });
    connect(type, &Select::valueChosen, this, [this, name, property](const QVariant &chosen) {
        QJsonObject changed = property;
        changed.remove(u"enum"_s);
        changed.insert(u"type"_s, chosen == u"enum"_s ? u"string"_s : chosen.toString());
        if (chosen == u"enum"_s)
            changed.insert(u"enum"_s, property.value(u"enum"_s).toArray({tr("one"), tr("another")}));
        change(withProperty(m_schema, name, changed), true);
    });
    connect(description, &QLineEdit::textEdited, this, [this, name](const QString &text) {
        changeProperty(name, u"description"_s, text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text));
    });
    connect(must, &QCheckBox::clicked, this,
            [this, name](bool on) { change(withRequired(m_schema, name, on), false); });
    connect(remove, &QToolButton::clicked, this, [this, name] { change(withoutProperty(m_schema, name), true); });
}

void SchemaForm::addChoices(const QString &name, const QJsonObject &property)
{
    const QJsonArray values = property.value(u"enum"_s).toArray();
    auto *edit = new QLineEdit(shownChoices(values));
    edit->setAccessibleName(tr("Choices of %1").arg(name));
    edit->setPlaceholderText(tr("apart by commas"));
    edit->setReadOnly(m_readOnly || !areTexts(values)); // numbers and the like keep their kind: as JSON
    const int row = m_nextRow++;
    auto *label = new Label(tr("Choices"), TextStyle::Small, ColorRole::Text2);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    put(label, row, Type);
    put(edit, row, Description);
    connect(edit, &QLineEdit::textEdited, this, [this, name, edit](const QString &text) {
        const QJsonArray choices = choicesIn(text);
        edit->setProperty("error", choices.isEmpty()); // a choice among nothing is none
        edit->update();
        if (!choices.isEmpty())
            changeProperty(name, u"enum"_s, choices);
    });
}

void SchemaForm::change(const QJsonObject &schema, bool andRows)
{
    m_schema = schema;
    if (andRows)
        rebuild();
    Q_EMIT edited(m_schema);
}

void SchemaForm::changeProperty(const QString &name, const QString &key, const QJsonValue &value)
{
    QJsonObject property = propertiesOf(m_schema).value(name).toObject();
    if (value.isUndefined())
        property.remove(key);
    else
        property.insert(key, value);
    change(withProperty(m_schema, name, property), false);
}

void SchemaForm::rename(const QString &from, const QString &to)
{
    const QJsonObject properties = propertiesOf(m_schema);
    if (to.isEmpty() || properties.contains(to))
        return rebuild(); // back to the name that it has
    const bool required = isRequired(m_schema, from);
    change(withRequired(withProperty(withoutProperty(m_schema, from), to, properties.value(from).toObject()), to,
                        required),
           true);
}

void SchemaForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}
