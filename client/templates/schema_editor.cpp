// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/schema_editor.h"

#include "client/design/theme.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/json/json.h"
#include "shared/templates/variables_schema.h"

#include <QCheckBox>
#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

enum Mode { Form, Json };

QString pretty(const QJsonObject &object) { return QString::fromUtf8(QJsonDocument(object).toJson()).trimmed(); }

QJsonObject emptySchema()
{
    return {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}, {u"additionalProperties"_s, false}};
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
    QJsonObject properties = schema.value(u"properties"_s).toObject();
    properties.insert(name, property);
    schema.insert(u"properties"_s, properties);
    return schema;
}

QJsonObject withoutProperty(QJsonObject schema, const QString &name)
{
    QJsonObject properties = schema.value(u"properties"_s).toObject();
    properties.remove(name);
    schema.insert(u"properties"_s, properties);
    return withRequired(schema, name, false);
}

bool isRequired(const QJsonObject &schema, const QString &name)
{
    return schema.value(u"required"_s).toArray().contains(name);
}

} // namespace

SchemaEditor::SchemaEditor(QWidget *parent)
    : QWidget(parent),
      m_intro(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_banner(new Banner),
      m_mode(new SegmentedControl(tr("Form or JSON"))),
      m_declared(new Switch(tr("Describe the variables"))),
      m_declaredLabel(new Label({}, TextStyle::BodyStrong)),
      m_stack(new QStackedWidget),
      m_rows(new QVBoxLayout),
      m_json(new QPlainTextEdit),
      m_add(new Button({}, u"plus"_s))
{
    m_intro->setWordWrap(true);
    m_declared->setCheckable(true);
    m_json->setFont(theme().font(TextStyle::Mono));
    connect(&theme(), &Theme::changed, m_json, [this] { m_json->setFont(theme().font(TextStyle::Mono)); });
    m_rows->setContentsMargins({});
    m_rows->setSpacing(theme().px(Length::Space8));

    auto *form = layout::box(
        layout::column({m_rows, layout::row({m_add, layout::stretch()}), layout::stretch()}, Length::Space16));
    m_stack->addWidget(layout::scrolling(form));
    m_stack->addWidget(m_json);
    setLayout(layout::inset(
        layout::column({layout::row({m_declared, m_declaredLabel, layout::stretch(), m_mode}, Length::Space10), m_intro,
                        m_banner, layout::wide(m_stack)},
                       Length::Space12),
        {Length::Space24, Length::Space16, Length::Space24, Length::Space16}));

    connect(m_mode, &SegmentedControl::chosen, this, [this](int mode) { mode == Form ? showForm() : showJson(); });
    connect(m_json, &QPlainTextEdit::textChanged, this, &SchemaEditor::jsonTyped);
    connect(m_declared, &QAbstractButton::clicked, this, [this](bool on) {
        change(on ? std::optional(emptySchema()) : std::nullopt);
        setSchema(m_schema);
    });
    connect(m_add, &QPushButton::clicked, this, [this] {
        const QJsonObject properties = m_schema.value_or(emptySchema()).value(u"properties"_s).toObject();
        QString name = u"variable"_s;
        for (int number = 2; properties.contains(name); ++number)
            name = u"variable_%1"_s.arg(number);
        addVariables({name});
        if (auto *edit = m_rows->itemAt(m_rows->count() - 1)->widget()->findChild<QLineEdit *>()) {
            edit->setFocus();
            edit->selectAll();
        }
    });
    retranslate();
    setSchema({});
}

void SchemaEditor::setSchema(const std::optional<QJsonObject> &schema)
{
    m_schema = schema;
    m_problem.clear();
    m_declared->setChecked(schema.has_value());
    m_mode->setEnabled(schema.has_value());
    m_banner->hide();
    if (m_mode->current() == Json && schema)
        showJson();
    else
        showForm();
}

void SchemaEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_declared->setEnabled(!readOnly);
    m_json->setReadOnly(readOnly);
    showForm();
}

void SchemaEditor::change(const std::optional<QJsonObject> &schema)
{
    if (schema == m_schema)
        return;
    m_schema = schema;
    Q_EMIT schemaChanged();
}

void SchemaEditor::addVariables(const QStringList &names)
{
    QJsonObject schema = m_schema.value_or(emptySchema());
    for (const QString &name : names)
        if (!schema.value(u"properties"_s).toObject().contains(name))
            schema = withRequired(withProperty(schema, name, {{u"type"_s, u"string"_s}}), name, true);
    change(schema);
    setSchema(m_schema);
}

void SchemaEditor::rename(const QString &from, const QString &to)
{
    const QJsonObject properties = m_schema->value(u"properties"_s).toObject();
    if (to.isEmpty() || to == from || properties.contains(to))
        return showForm(); // back to the name that it has
    const bool required = isRequired(*m_schema, from);
    change(withRequired(withProperty(withoutProperty(*m_schema, from), to, properties.value(from).toObject()), to,
                        required));
    showForm();
}

void SchemaEditor::showForm()
{
    m_mode->setCurrent(Form);
    m_stack->setCurrentIndex(Form);
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const QJsonObject schema = m_schema.value_or(QJsonObject());
    const QJsonObject properties = schema.value(u"properties"_s).toObject();
    if (!properties.isEmpty())
        m_rows->addWidget(makeHeadings());
    for (auto it = properties.begin(); it != properties.end(); ++it)
        addRow(it.key(), it->toObject(), isRequired(schema, it.key()));
    m_add->setVisible(m_schema.has_value() && !m_readOnly);
}

QWidget *SchemaEditor::makeHeadings()
{
    auto *row = layout::row({layout::wide(new Label(tr("Name"), TextStyle::Caption, ColorRole::Text3), 3),
                             layout::wide(new Label(tr("Type"), TextStyle::Caption, ColorRole::Text3), 2),
                             layout::wide(new Label(tr("Description"), TextStyle::Caption, ColorRole::Text3), 4)},
                            Length::Space10);
    return layout::box(row);
}

void SchemaEditor::addRow(const QString &name, const QJsonObject &property, bool required)
{
    auto *nameEdit = new QLineEdit(name);
    nameEdit->setFont(theme().font(TextStyle::Mono));
    nameEdit->setAccessibleName(tr("Name of the variable"));
    auto *type = new Select(tr("Type of %1").arg(name));
    const bool isChoice = property.contains(u"enum"_s);
    QList<std::pair<QVariant, QString>> types{{u"string"_s, tr("Text")},          {u"number"_s, tr("Number")},
                                              {u"integer"_s, tr("Whole number")}, {u"boolean"_s, tr("Yes or no")},
                                              {u"array"_s, tr("List")},           {u"object"_s, tr("Object")}};
    if (isChoice)
        types.prepend({u"choice"_s, tr("Choice of %n", nullptr, int(property.value(u"enum"_s).toArray().size()))});
    type->setChoices(types);
    type->setValue(isChoice ? u"choice"_s : property.value(u"type"_s).toString());
    auto *description = new QLineEdit(property.value(u"description"_s).toString());
    description->setAccessibleName(tr("Description of %1").arg(name));
    auto *must = new QCheckBox(tr("Required"));
    must->setChecked(required);
    auto *remove = new IconButton(u"trash-2"_s, tr("Remove %1").arg(name));
    for (QWidget *control : std::initializer_list<QWidget *>{nameEdit, type, description, must, remove})
        control->setEnabled(!m_readOnly);

    m_rows->addWidget(layout::box(
        layout::row({layout::wide(nameEdit, 3), layout::wide(type, 2), layout::wide(description, 4), must, remove},
                    Length::Space10)));

    connect(nameEdit, &QLineEdit::editingFinished, this, [this, nameEdit, name] {
        if (nameEdit->text().trimmed() != name)
            rename(name, nameEdit->text().trimmed());
    });
    connect(type, &Select::valueChosen, this, [this, name, property](const QVariant &chosen) {
        if (chosen == u"choice"_s)
            return;
        QJsonObject changed = property;
        changed.insert(u"type"_s, chosen.toString());
        changed.remove(u"enum"_s);
        change(withProperty(*m_schema, name, changed));
        showForm();
    });
    connect(description, &QLineEdit::textEdited, this, [this, name](const QString &text) {
        QJsonObject changed = m_schema->value(u"properties"_s).toObject().value(name).toObject();
        if (text.isEmpty())
            changed.remove(u"description"_s);
        else
            changed.insert(u"description"_s, text);
        change(withProperty(*m_schema, name, changed));
    });
    connect(must, &QCheckBox::clicked, this, [this, name](bool on) { change(withRequired(*m_schema, name, on)); });
    connect(remove, &QToolButton::clicked, this, [this, name] {
        change(withoutProperty(*m_schema, name));
        showForm();
    });
}

void SchemaEditor::showJson()
{
    m_mode->setCurrent(Json);
    const QSignalBlocker quiet(m_json);
    m_json->setPlainText(pretty(m_schema.value_or(emptySchema())));
    m_stack->setCurrentIndex(Json);
}

void SchemaEditor::jsonTyped()
{
    try {
        const QJsonObject typed = json::object(m_json->toPlainText().toUtf8());
        const auto problems = templates::checkSchema(typed);
        m_problem = problems.isEmpty()
            ? QString()
            : tr("%1 %2", "a place in the schema, and what is wrong there")
                  .arg(problems.first().pointer.isEmpty() ? tr("The schema") : problems.first().pointer,
                       problems.first().message);
        if (problems.isEmpty())
            change(typed);
    } catch (const json::SyntaxError &error) {
        const QByteArray before = m_json->toPlainText().toUtf8().first(
            std::min<qsizetype>(error.offset, m_json->toPlainText().toUtf8().size()));
        m_problem = tr("Line %1: %2").arg(before.count('\n') + 1).arg(QString::fromUtf8(error.what()));
    }
    if (m_problem.isEmpty())
        m_banner->hide();
    else
        m_banner->show(Tone::Danger, u"circle-alert"_s, m_problem);
}

void SchemaEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        setSchema(m_schema);
    }
}

void SchemaEditor::retranslate()
{
    m_declaredLabel->setText(tr("Describe the variables"));
    m_intro->setText(
        tr("Names that are not described here are marked in the editor, and a run is checked against the types. "
           "Without a description, {{input}} stands for everything that is passed in."));
    m_mode->setChoices({tr("Form"), u"JSON"_s});
    m_mode->setCurrent(m_stack->currentIndex());
    m_add->setText(tr("Add variable"));
    m_json->setAccessibleName(tr("Schema as JSON"));
}
