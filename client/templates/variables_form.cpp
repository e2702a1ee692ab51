// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/variables_form.h"

#include "client/design/theme.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "shared/templates/schema_view.h"
#include "shared/templates/variables_schema.h"

#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int columns = 2;
constexpr int deepest = 4;
constexpr int shortText = 80; // longest string that gets a single line

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

QString asText(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return {};
    return value.isString() ? value.toString() : QString::fromUtf8(json::print(value));
}

std::optional<QJsonValue> fromJson(const QString &text)
{
    try {
        return json::document(text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {};
    }
}

QPlainTextEdit *makeTextArea(int lines)
{
    auto *area = new QPlainTextEdit;
    area->setTabChangesFocus(true);
    area->setFixedHeight(lines * area->fontMetrics().lineSpacing() + theme().px(Length::Space16));
    return area;
}

} // namespace

VariablesForm::VariablesForm(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(theme().px(Length::Space10));
    m_grid->setVerticalSpacing(theme().px(Length::Space10));
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    setSchema({});
}

void VariablesForm::setSchema(const std::optional<QJsonObject> &schema)
{
    if (!m_entries.isEmpty() && schema == m_schema)
        return;
    m_schema = schema;
    rebuild();
}

void VariablesForm::rebuild()
{
    const QJsonObject before = values();
    for (const Entry &entry : std::exchange(m_entries, {})) {
        entry.field->hide();
        entry.field->deleteLater();
    }
    if (!m_schema)
        m_entries.append(makeEntry({u"input"_s}, {{u"type"_s, u"string"_s}}));
    else
        collect(*m_schema, *m_schema, {});
    place();
    setValues(before);
}

void VariablesForm::collect(const QJsonObject &document, const QJsonObject &schema, const QStringList &path)
{
    const QJsonObject properties = schema.value(u"properties"_s).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject member = templates::resolved(document, it.value()).toObject();
        const QStringList here = path + QStringList{it.key()};
        if (member.contains(u"properties"_s) && here.size() < deepest)
            collect(document, member, here);
        else
            m_entries.append(makeEntry(here, member));
    }
}

VariablesForm::Entry VariablesForm::makeEntry(const QStringList &path, const QJsonObject &schema)
{
    Entry entry{.path = path, .schema = schema};
    const QString name = path.join(u'.');
    const QString type = schema.value(u"type"_s).toString();
    const QJsonArray choices = schema.value(u"enum"_s).toArray();
    const bool isNumber = type == u"number"_s || type == u"integer"_s;
    const bool isText = type == u"string"_s;
    const auto changed = [this] {
        if (!m_setting)
            Q_EMIT valuesChanged();
    };
    QString note;
    if (!choices.isEmpty() || type == u"boolean"_s) {
        note = choices.isEmpty() ? tr("yes or no") : tr("choice");
        auto *select = new Select(name);
        QList<std::pair<QVariant, QString>> shown{{QVariant(), u"—"_s}};
        if (choices.isEmpty())
            shown += {{true, tr("Yes")}, {false, tr("No")}};
        for (const QJsonValue choice : choices)
            shown.append({choice.toVariant(), asText(choice)});
        select->setChoices(shown);
        connect(select, &Select::valueChosen, this, changed);
        entry.read = [select] {
            return select->value().isValid() ? QJsonValue::fromVariant(select->value())
                                             : QJsonValue(QJsonValue::Undefined);
        };
        entry.write = [select](const QJsonValue &value) {
            select->setValue(value.isUndefined() ? QVariant() : value.toVariant());
        };
        entry.readable = [] { return true; };
        entry.field = new FormField(name, select);
    } else if (isNumber || (isText && !m_schema)
               || (isText && schema.value(u"maxLength"_s).toInt(shortText) <= shortText)) {
        note = isNumber ? tr("number") : tr("text");
        const bool isInput = isText && !m_schema;
        QWidget *control = nullptr;
        std::function<QString()> text;
        std::function<void(const QString &)> setText;
        if (isInput) {
            auto *area = makeTextArea(4);
            connect(area, &QPlainTextEdit::textChanged, this, changed);
            control = area;
            text = [area] { return area->toPlainText(); };
            setText = [area](const QString &value) { area->setPlainText(value); };
            entry.isWide = true;
        } else {
            auto *edit = new QLineEdit;
            connect(edit, &QLineEdit::textChanged, this, changed);
            control = edit;
            text = [edit] { return edit->text(); };
            setText = [edit](const QString &value) { edit->setText(value); };
        }
        entry.read = [text, isNumber]() -> QJsonValue {
            const QString typed = text();
            if (typed.isEmpty())
                return QJsonValue::Undefined;
            if (!isNumber)
                return typed;
            const auto value = fromJson(typed.trimmed());
            return value && value->isDouble() ? *value : QJsonValue(typed);
        };
        entry.readable = [text, isNumber] {
            const auto value = isNumber && !text().isEmpty() ? fromJson(text().trimmed()) : QJsonValue(0);
            return value && value->isDouble();
        };
        entry.write = [setText](const QJsonValue &value) { setText(asText(value)); };
        entry.field = new FormField(name, control);
    } else {
        note = type == u"array"_s ? tr("list, as JSON") : isText ? tr("text") : tr("JSON");
        auto *area = makeTextArea(isText ? 4 : 3);
        if (!isText)
            area->setFont(theme().font(TextStyle::Mono));
        connect(area, &QPlainTextEdit::textChanged, this, changed);
        entry.read = [area, isText]() -> QJsonValue {
            const QString typed = area->toPlainText();
            if (typed.trimmed().isEmpty())
                return QJsonValue::Undefined;
            return isText ? QJsonValue(typed) : fromJson(typed).value_or(QJsonValue(typed));
        };
        entry.readable = [area, isText] {
            return isText || area->toPlainText().trimmed().isEmpty() || fromJson(area->toPlainText()).has_value();
        };
        entry.write = [area, isText](const QJsonValue &value) {
            area->setPlainText(
                isText || value.isString() ? asText(value)
                    : value.isUndefined()
                    ? QString()
                    : QString::fromUtf8(QJsonDocument::fromVariant(value.toVariant()).toJson()).trimmed());
        };
        entry.isWide = true;
        entry.field = new FormField(name, area);
    }
    entry.field->setNote(note);
    entry.field->setHelp(schema.value(u"description"_s).toString());
    return entry;
}

void VariablesForm::place()
{
    int row = 0, column = 0;
    for (const Entry &entry : m_entries) {
        if (entry.isWide && column > 0) {
            ++row;
            column = 0;
        }
        m_grid->addWidget(entry.field, row, column, 1, entry.isWide ? columns : 1, Qt::AlignTop);
        if (entry.isWide || ++column == columns) {
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
        entry.write(value.isUndefined() ? entry.schema.value(u"default"_s) : value);
    }
    m_setting = false;
    Q_EMIT valuesChanged();
}

QJsonObject VariablesForm::values() const
{
    QJsonObject result;
    for (const Entry &entry : m_entries) {
        const QJsonValue value = entry.read();
        if (!value.isUndefined())
            result = withValue(result, entry.path, value);
    }
    return result;
}

bool VariablesForm::check()
{
    const QList<json::Problem> problems = m_schema ? templates::validate(*m_schema, values()) : QList<json::Problem>();
    bool good = true;
    for (const Entry &entry : m_entries) {
        const QString pointer = u'/' + entry.path.join(u'/');
        QString message = entry.readable() ? QString() : tr("cannot be read as this type");
        for (const json::Problem &problem : problems)
            if (message.isEmpty() && (problem.pointer == pointer || problem.pointer.startsWith(pointer + u'/')))
                message = problem.message;
        entry.field->setError(message);
        good = good && message.isEmpty();
    }
    return good && problems.isEmpty();
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
