// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/assertion_form.h"

#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/evaluations/scoring.h"

#include <QBoxLayout>
#include <QEvent>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

enum Part {
    ValuePart = 1,
    ValuesPart = 2,
    IgnoreCasePart = 4,
    SchemaPart = 8,
    PathPart = 16,
    LimitsPart = 32,
    ToolPart = 64,
    RubricPart = 128
};

// In the order of AssertionKind: what each reads.
constexpr int partsOf[] = {ValuePart | IgnoreCasePart, // equals
                           ValuesPart | IgnoreCasePart, // contains
                           ValuePart | IgnoreCasePart, // regex
                           ValuePart | IgnoreCasePart, // startsWith
                           ValuePart | IgnoreCasePart, // endsWith
                           SchemaPart,
                           PathPart,
                           ValuePart | IgnoreCasePart, // levenshtein
                           ValuePart | IgnoreCasePart, // tokenSimilarity
                           LimitsPart, // length
                           LimitsPart, // latency
                           LimitsPart, // cost
                           0, // refusal
                           ToolPart,
                           RubricPart};
static_assert(std::size(partsOf) == enumNames<AssertionKind>.size());

QString percentText(double share) { return QLocale().toString(share * 100, 'g', 6); }

QPlainTextEdit *textArea(bool isCode)
{
    auto *edit = new QPlainTextEdit;
    edit->setTabChangesFocus(true);
    edit->setFont(theme().font(isCode ? TextStyle::Mono : TextStyle::Body));
    edit->setFixedHeight(px(Length::CodeLines) * 3 / 4);
    return edit;
}

// Nothing: it is no JSON. An undefined value: nothing was typed.
std::optional<QJsonValue> jsonIn(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    try {
        return json::document(text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {};
    }
}

QString indented(const std::optional<QJsonObject> &object)
{
    return object ? QString::fromUtf8(QJsonDocument(*object).toJson()).trimmed() : QString();
}

} // namespace

AssertionForm::AssertionForm(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::TitleSmall)),
      m_help(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_name(new TextField({})),
      m_weight(new TextField({})),
      m_threshold(new TextField({})),
      m_path(new TextField({})),
      m_minimum(new TextField({})),
      m_maximum(new TextField({})),
      m_tool(new TextField({})),
      m_judgeVersion(new TextField({})),
      m_value(textArea(false)),
      m_values(textArea(false)),
      m_schema(textArea(true)),
      m_equals(textArea(true)),
      m_arguments(textArea(true)),
      m_rubric(textArea(false)),
      m_match(new Select({})),
      m_judge(new SearchSelect({})),
      m_judgeModel(new SearchSelect({})),
      m_ignoreCase(new Switch({})),
      m_negated(new Switch({})),
      m_ignoreCaseLabel(new Label),
      m_negatedLabel(new Label)
{
    m_valueField = field(m_value);
    m_valuesField = field(m_values);
    m_schemaField = field(m_schema);
    m_equalsField = field(m_equals);
    m_argumentsField = field(m_arguments);
    m_rubricField = field(m_rubric);
    m_matchField = field(m_match);
    m_judgeField = field(m_judge);
    m_judgeModelField = field(m_judgeModel);
    build();
    for (TextField *one : {m_name, m_weight, m_threshold, m_path, m_minimum, m_maximum, m_tool, m_judgeVersion})
        connect(one->edit(), &QLineEdit::textChanged, this, &AssertionForm::read);
    for (QPlainTextEdit *one : {m_value, m_values, m_schema, m_equals, m_arguments, m_rubric})
        connect(one, &QPlainTextEdit::textChanged, this, &AssertionForm::read);
    for (Select *one : std::initializer_list<Select *>{m_match, m_judge, m_judgeModel})
        connect(one, &Select::valueChosen, this, &AssertionForm::read);
    for (Switch *one : {m_ignoreCase, m_negated})
        connect(one, &QAbstractButton::toggled, this, &AssertionForm::read);
    retranslate();
}

FormField *AssertionForm::field(QWidget *control) { return new FormField({}, control); }

void AssertionForm::build()
{
    m_help->setWordWrap(true);
    m_ignoreCaseLabel->setBuddy(m_ignoreCase);
    m_negatedLabel->setBuddy(m_negated);
    m_ignoreCaseRow = layout::box(layout::row({m_ignoreCase, layout::wide(m_ignoreCaseLabel)}, Length::Space10));
    m_negatedRow = layout::box(layout::row({m_negated, layout::wide(m_negatedLabel)}, Length::Space10));
    m_limitsRow = layout::box(layout::row({layout::wide(m_minimum), layout::wide(m_maximum)}, Length::Space16));
    m_judgeRow = layout::box(layout::column(
        {m_rubricField, layout::row({layout::wide(m_judgeField, 3), layout::wide(m_judgeVersion, 2)}, Length::Space16),
         m_judgeModelField},
        Length::Space12));
    setLayout(layout::column(
        {m_title, m_help, m_matchField, m_valueField, m_valuesField, m_schemaField, m_path, m_equalsField, m_limitsRow,
         m_tool, m_argumentsField, m_judgeRow, m_ignoreCaseRow, m_negatedRow,
         layout::row({layout::wide(m_name, 2), layout::wide(m_weight), layout::wide(m_threshold)}, Length::Space16)},
        Length::Space12));
}

void AssertionForm::setJudges(const QList<PromptTemplate> &templates, const QStringList &models)
{
    QList<std::pair<QVariant, QString>> judges, judgeModels{{QString(), tr("The judging template's own")}};
    for (const PromptTemplate &one : templates)
        judges.append({one.slug, one.name});
    for (const QString &model : models)
        judgeModels.append({model, model});
    m_filling = true;
    m_judge->setChoices(judges);
    m_judgeModel->setChoices(judgeModels);
    m_filling = false;
    fill();
}

void AssertionForm::setAssertion(const Assertion &assertion)
{
    m_assertion = assertion;
    fill();
}

void AssertionForm::setReadOnly(bool readOnly)
{
    for (TextField *one : {m_name, m_weight, m_threshold, m_path, m_minimum, m_maximum, m_tool, m_judgeVersion})
        one->edit()->setReadOnly(readOnly);
    for (QPlainTextEdit *one : {m_value, m_values, m_schema, m_equals, m_arguments, m_rubric})
        one->setReadOnly(readOnly);
    for (QWidget *one : std::initializer_list<QWidget *>{m_match, m_judge, m_judgeModel, m_ignoreCase, m_negated})
        one->setEnabled(!readOnly);
}

// ---- between the assertion and the fields

void AssertionForm::fill()
{
    m_filling = true;
    const Assertion &one = m_assertion;
    const auto limit = [&](const std::optional<qint64> &number) {
        return !number                        ? QString()
            : one.kind == AssertionKind::Cost ? amounts::dollars(*number)
                                              : QLocale().toString(*number);
    };
    m_name->setText(one.name);
    m_weight->setText(QLocale().toString(one.weight, 'g', 6));
    m_threshold->setText(one.threshold ? percentText(*one.threshold) : QString());
    m_threshold->setPlaceholder(percentText(evaluations::defaultThreshold(one.kind)));
    m_value->setPlainText(one.value.value_or(QString()));
    m_values->setPlainText(QStringList(one.values.value_or(QList<QString>())).join(u'\n'));
    m_match->setValue(int(one.match));
    m_ignoreCase->setChecked(one.ignoreCase);
    m_negated->setChecked(one.isNegated);
    m_schema->setPlainText(indented(one.schema));
    m_path->setText(one.path.value_or(QString()));
    m_equals->setPlainText(one.equals ? QString::fromUtf8(json::print(*one.equals)) : QString());
    m_minimum->setText(limit(one.minimum));
    m_maximum->setText(limit(one.maximum));
    m_tool->setText(one.tool.value_or(QString()));
    m_arguments->setPlainText(indented(one.arguments));
    m_rubric->setPlainText(one.rubric.value_or(QString()));
    one.judge ? m_judge->choose(*one.judge) : m_judge->clearChoice();
    m_judgeVersion->setText(one.judgeVersion ? QString::number(*one.judgeVersion) : QString());
    m_judgeModel->choose(one.judgeModel.value_or(QString()));
    m_filling = false;
    showFields();
    check();
}

void AssertionForm::read()
{
    if (m_filling)
        return;
    Assertion one;
    one.kind = m_assertion.kind;
    const int parts = partsOf[std::size_t(one.kind)];
    m_isUnreadable = false;
    const auto text = [](const QString &typed) { return typed.isEmpty() ? std::nullopt : std::optional(typed); };
    const auto number = [&](TextField *field, const QString &problem) -> std::optional<double> {
        bool isNumber = false;
        const double value = QLocale().toDouble(field->text().trimmed(), &isNumber);
        const bool isGood = field->text().trimmed().isEmpty() || isNumber;
        field->setError(isGood ? QString() : problem);
        m_isUnreadable = m_isUnreadable || !isGood;
        return isNumber ? std::optional(value) : std::nullopt;
    };
    const auto object = [&](QPlainTextEdit *edit, FormField *field) -> std::optional<QJsonObject> {
        const auto value = jsonIn(edit->toPlainText());
        const bool isGood = value && (value->isObject() || value->isUndefined());
        field->setError(isGood ? QString() : tr("This is not a JSON object"));
        m_isUnreadable = m_isUnreadable || !isGood;
        return isGood && value->isObject() ? std::optional(value->toObject()) : std::nullopt;
    };
    one.name = m_name->text().trimmed();
    one.weight = number(m_weight, tr("Not a number")).value_or(1);
    if (const auto percent = number(m_threshold, tr("Not a number")))
        one.threshold = *percent / 100;
    one.isNegated = m_negated->isChecked();
    if (parts & IgnoreCasePart)
        one.ignoreCase = m_ignoreCase->isChecked();
    if (parts & ValuePart)
        one.value = text(m_value->toPlainText());
    if (parts & ValuesPart) {
        one.values = m_values->toPlainText().split(u'\n', Qt::SkipEmptyParts);
        one.match = ContainsMatch(m_match->value().toInt());
    }
    if (parts & SchemaPart)
        one.schema = object(m_schema, m_schemaField);
    if (parts & PathPart) {
        one.path = text(m_path->text().trimmed());
        const auto value = jsonIn(m_equals->toPlainText());
        m_equalsField->setError(value ? QString() : tr("This is not JSON"));
        m_isUnreadable = m_isUnreadable || !value;
        if (value && !value->isUndefined())
            one.equals = *value;
    }
    if (parts & LimitsPart) {
        for (const auto &[field, member] :
             {std::pair{m_minimum, &Assertion::minimum}, std::pair{m_maximum, &Assertion::maximum}}) {
            if (one.kind == AssertionKind::Cost && !field->text().trimmed().isEmpty()) {
                one.*member = amounts::nanosOf(field->text());
                field->setError(one.*member ? QString() : tr("Not a sum of US dollars"));
                m_isUnreadable = m_isUnreadable || !(one.*member);
            } else if (const auto value = number(field, tr("Not a number"))) {
                one.*member = qint64(*value);
            }
        }
    }
    if (parts & ToolPart) {
        one.tool = text(m_tool->text().trimmed());
        one.arguments = object(m_arguments, m_argumentsField);
    }
    if (parts & RubricPart) {
        one.rubric = text(m_rubric->toPlainText());
        if (m_judge->currentIndex() >= 0)
            one.judge = m_judge->value().toString();
        if (const auto version = number(m_judgeVersion, tr("Not a number")))
            one.judgeVersion = int(*version);
        one.judgeModel = text(m_judgeModel->value().toString());
    }
    m_assertion = one;
    check();
    Q_EMIT edited();
}

void AssertionForm::check()
{
    const QList<json::Problem> problems = evaluations::problems(m_assertion);
    m_isValid = problems.isEmpty() && !m_isUnreadable;
    if (m_isUnreadable)
        return;
    const QList<std::pair<QString, FormField *>> places{{u"/values"_s, m_valuesField},
                                                        {u"/value"_s, m_valueField},
                                                        {u"/match"_s, m_matchField},
                                                        {u"/schema"_s, m_schemaField},
                                                        {u"/path"_s, m_path},
                                                        {u"/equals"_s, m_equalsField},
                                                        {u"/minimum"_s, m_minimum},
                                                        {u"/maximum"_s, m_maximum},
                                                        {u"/tool"_s, m_tool},
                                                        {u"/arguments"_s, m_argumentsField},
                                                        {u"/rubric"_s, m_rubricField},
                                                        {u"/judgeVersion"_s, m_judgeVersion},
                                                        {u"/judgeModel"_s, m_judgeModelField},
                                                        {u"/judge"_s, m_judgeField},
                                                        {u"/weight"_s, m_weight},
                                                        {u"/threshold"_s, m_threshold},
                                                        {u"/name"_s, m_name}};
    for (const auto &[pointer, place] : places)
        place->setError({});
    showProblems(problems, places);
}

void AssertionForm::showFields()
{
    const int parts = partsOf[std::size_t(m_assertion.kind)];
    const std::initializer_list<std::pair<QWidget *, int>> places{{m_valueField, ValuePart},
                                                                  {m_valuesField, ValuesPart},
                                                                  {m_matchField, ValuesPart},
                                                                  {m_schemaField, SchemaPart},
                                                                  {m_path, PathPart},
                                                                  {m_equalsField, PathPart},
                                                                  {m_limitsRow, LimitsPart},
                                                                  {m_tool, ToolPart},
                                                                  {m_argumentsField, ToolPart},
                                                                  {m_judgeRow, RubricPart},
                                                                  {m_ignoreCaseRow, IgnoreCasePart}};
    for (const auto &[widget, part] : places)
        widget->setVisible(parts & part);
    m_title->setText(titleOf(m_assertion.kind));
    m_help->setText(helpOf(m_assertion.kind));
    using enum AssertionKind;
    const bool mayExpect =
        m_assertion.kind == Equals || m_assertion.kind == Levenshtein || m_assertion.kind == TokenSimilarity;
    m_valueField->setLabel(m_assertion.kind == Regex ? tr("Expression") : tr("Text"));
    m_valueField->setHelp(mayExpect ? tr("Empty: the expected output of each case.") : QString());
    const QString unit = m_assertion.kind == Latency ? tr("ms")
        : m_assertion.kind == Cost                   ? tr("US$")
                                                     : tr("characters");
    m_minimum->setLabel(tr("At least (%1)").arg(unit));
    m_maximum->setLabel(tr("At most (%1)").arg(unit));
}

void AssertionForm::retranslate()
{
    m_name->setLabel(tr("Name"));
    m_name->setPlaceholder(tr("optional"));
    m_weight->setLabel(tr("Weight"));
    m_threshold->setLabel(tr("Holds from (%)"));
    m_valuesField->setLabel(tr("Texts, one in each line"));
    m_matchField->setLabel(tr("How many of them"));
    m_schemaField->setLabel(tr("JSON Schema"));
    m_path->setLabel(tr("Path"));
    m_path->setPlaceholder(u"$.items[0].name"_s);
    m_equalsField->setLabel(tr("Value as JSON"));
    m_equalsField->setHelp(tr("Empty: the expected output of each case."));
    m_tool->setLabel(tr("Name of the tool"));
    m_argumentsField->setLabel(tr("Arguments as a JSON object"));
    m_rubricField->setLabel(tr("What a good answer does"));
    m_judgeField->setLabel(tr("Judging template"));
    m_judgeField->setHelp(tr("It may use input, expected, output and rubric."));
    m_judgeVersion->setLabel(tr("Its version"));
    m_judgeVersion->setPlaceholder(tr("the latest"));
    m_judgeModelField->setLabel(tr("Its model"));
    m_ignoreCase->setAccessibleName(tr("Ignore upper and lower case"));
    m_ignoreCaseLabel->setText(tr("Ignore upper and lower case"));
    m_negated->setAccessibleName(tr("It must not hold"));
    m_negatedLabel->setText(tr("It must not hold"));
    const bool before = std::exchange(m_filling, true);
    m_match->setChoices({{int(ContainsMatch::All), tr("All of them")},
                         {int(ContainsMatch::Any), tr("Any of them")},
                         {int(ContainsMatch::None), tr("None of them")}});
    m_filling = before;
    m_judge->setName(tr("Judging template"));
    m_judgeModel->setName(tr("Its model"));
    showFields();
}

void AssertionForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        fill();
    }
}
