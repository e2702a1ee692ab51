// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/schema_editor.h"

#include "client/design/theme.h"
#include "client/templates/pretty_json.h"
#include "client/templates/schema_form.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/json/json.h"
#include "shared/templates/variables_schema.h"

#include <QBoxLayout>
#include <QEvent>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

enum Mode { Form, Json };

} // namespace

SchemaEditor::SchemaEditor(QWidget *parent)
    : QWidget(parent),
      m_intro(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_banner(new Banner),
      m_mode(new SegmentedControl(tr("Form or JSON"))),
      m_declared(new Switch(tr("Describe the variables"))),
      m_declaredLabel(new Label({}, TextStyle::BodyStrong)),
      m_stack(new QStackedWidget),
      m_form(new SchemaForm),
      m_json(new QPlainTextEdit),
      m_add(new Button({}, u"plus"_s)),
      m_describe(new Button({}, u"sparkles"_s))
{
    m_intro->setWordWrap(true);
    m_declaredLabel->setBuddy(m_declared);
    m_json->setFont(theme().font(TextStyle::Mono));
    connect(&theme(), &Theme::changed, m_json, [this] { m_json->setFont(theme().font(TextStyle::Mono)); });

    auto *form = layout::box(layout::column(
        {m_form, layout::row({m_add, m_describe, layout::stretch()}), layout::stretch()}, Length::Space16));
    m_stack->addWidget(layout::scrolling(form));
    m_stack->addWidget(m_json);
    setLayout(layout::inset(
        layout::column({layout::row({m_declared, m_declaredLabel, layout::stretch(), m_mode}, Length::Space10), m_intro,
                        m_banner, layout::wide(m_stack)},
                       Length::Space12),
        {Length::Space24, Length::Space16, Length::Space24, Length::Space16}));

    connect(m_mode, &SegmentedControl::chosen, this, [this](int mode) {
        if (mode == Json)
            return showJson();
        m_stack->setCurrentIndex(Form);
        setSchema(m_schema); // what could not be read as JSON is given up
    });
    connect(m_json, &QPlainTextEdit::textChanged, this, &SchemaEditor::jsonTyped);
    connect(m_declared, &QAbstractButton::clicked, this, [this](bool on) {
        change(on ? std::optional(SchemaForm::emptySchema()) : std::nullopt);
        setSchema(m_schema);
    });
    connect(m_form, &SchemaForm::edited, this, [this](const QJsonObject &schema) { change(schema); });
    connect(m_add, &QPushButton::clicked, this, &SchemaEditor::addVariable);
    connect(m_describe, &QPushButton::clicked, this, [this] { addVariables(m_undescribed); });
    retranslate();
    setSchema({});
}

void SchemaEditor::setSchema(const std::optional<QJsonObject> &schema)
{
    m_schema = schema;
    m_problem.clear();
    m_form->setSchema(schema.value_or(QJsonObject()));
    if (m_stack->currentIndex() == Json && schema)
        showJson();
    else
        m_stack->setCurrentIndex(Form);
    renew();
}

void SchemaEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_json->setReadOnly(readOnly);
    m_form->setReadOnly(readOnly);
    renew();
}

void SchemaEditor::setUndescribed(const QStringList &names)
{
    m_undescribed = names;
    renew();
}

void SchemaEditor::renew()
{
    m_declared->setChecked(m_schema.has_value());
    m_declared->setEnabled(!m_readOnly);
    m_mode->setCurrent(m_stack->currentIndex());
    m_mode->setEnabled(m_schema.has_value());
    m_add->setVisible(m_schema.has_value() && !m_readOnly);
    m_describe->setVisible(!m_undescribed.isEmpty() && !m_readOnly);
    m_describe->setText(tr("Describe %1").arg(m_undescribed.join(u", "_s)));
    if (m_problem.isEmpty())
        m_banner->hide();
    else
        m_banner->show(Tone::Danger, u"circle-alert"_s, m_problem);
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
    change(SchemaForm::withVariables(m_schema.value_or(SchemaForm::emptySchema()), names));
    setSchema(m_schema);
}

void SchemaEditor::addVariable()
{
    const QJsonObject properties = m_schema.value_or(SchemaForm::emptySchema()).value(u"properties"_s).toObject();
    QString name = u"variable"_s;
    for (int number = 2; properties.contains(name); ++number)
        name = u"variable_%1"_s.arg(number);
    addVariables({name});
    m_form->focusName(name);
}

void SchemaEditor::showJson()
{
    const QSignalBlocker quiet(m_json);
    m_json->setPlainText(prettyJson(m_schema.value_or(SchemaForm::emptySchema())));
    m_stack->setCurrentIndex(Json);
    m_mode->setCurrent(Json);
}

void SchemaEditor::jsonTyped()
{
    const QByteArray text = m_json->toPlainText().toUtf8();
    m_problem.clear();
    try {
        const QJsonObject typed = json::object(text);
        const auto problems = templates::checkSchema(typed);
        if (problems.isEmpty())
            change(typed);
        else
            m_problem = tr("%1 %2", "a place in the schema, and what is wrong there")
                            .arg(problems.first().pointer.isEmpty() ? tr("The schema") : problems.first().pointer,
                                 problems.first().message);
    } catch (const json::SyntaxError &error) {
        const qsizetype line = text.first(std::min<qsizetype>(error.offset, text.size())).count('\n') + 1;
        m_problem = tr("Line %1: %2").arg(line).arg(QString::fromUtf8(error.what()));
    }
    renew();
}

void SchemaEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SchemaEditor::retranslate()
{
    m_declaredLabel->setText(tr("Describe the variables"));
    m_intro->setText(
        tr("Names that are not described here are marked in the editor, and a run is checked against the types. "
           "Without a description, {{input}} stands for everything that is passed in."));
    m_mode->setChoices({tr("Form"), u"JSON"_s});
    m_add->setText(tr("Add variable"));
    m_json->setAccessibleName(tr("Schema as JSON"));
    renew();
}
