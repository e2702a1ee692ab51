// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/variable_field.h"

#include "client/design/theme.h"
#include "client/widgets/controls.h"
#include "shared/json/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestLine = 120; // characters; longer texts get an area
constexpr int textLines = 4, jsonLines = 3;

std::optional<QJsonValue> fromJson(const QString &text)
{
    try {
        return json::document(text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {};
    }
}

QString asText(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return {};
    return value.isString() ? value.toString() : QString::fromUtf8(json::print(value));
}

class ChoiceField : public VariableField
{
public:
    ChoiceField(const QString &name, const QList<std::pair<QVariant, QString>> &choices)
        : VariableField(name, new Select(name)),
          m_select(static_cast<Select *>(control()))
    {
        m_select->setChoices(QList<std::pair<QVariant, QString>>{{QVariant(), u"—"_s}} + choices);
        connect(m_select, &Select::valueChosen, this, &VariableField::edited);
    }

    QJsonValue value() const override
    {
        const QVariant chosen = m_select->value();
        return chosen.isValid() ? QJsonValue::fromVariant(chosen) : QJsonValue(QJsonValue::Undefined);
    }
    void setValue(const QJsonValue &value) override
    {
        m_select->setValue(value.isUndefined() ? QVariant() : value.toVariant());
    }

private:
    Select *m_select;
};

class LineField : public VariableField
{
public:
    LineField(const QString &name, bool isNumber)
        : VariableField(name, new QLineEdit),
          m_edit(static_cast<QLineEdit *>(control())),
          m_isNumber(isNumber)
    {
        connect(m_edit, &QLineEdit::textChanged, this, &VariableField::edited);
    }

    QJsonValue value() const override
    {
        if (m_edit->text().isEmpty())
            return QJsonValue::Undefined;
        const auto number = m_isNumber ? fromJson(m_edit->text().trimmed()) : std::nullopt;
        return number && number->isDouble() ? *number : QJsonValue(m_edit->text());
    }
    void setValue(const QJsonValue &value) override { m_edit->setText(asText(value)); }
    bool isReadable() const override { return !m_isNumber || value().isUndefined() || value().isDouble(); }

private:
    QLineEdit *m_edit;
    bool m_isNumber;
};

class AreaField : public VariableField
{
public:
    AreaField(const QString &name, bool isText)
        : VariableField(name, new QPlainTextEdit),
          m_edit(static_cast<QPlainTextEdit *>(control())),
          m_isText(isText)
    {
        m_edit->setTabChangesFocus(true);
        fit();
        connect(&theme(), &Theme::changed, this, [this] { fit(); });
        connect(m_edit, &QPlainTextEdit::textChanged, this, &VariableField::edited);
    }

    QJsonValue value() const override
    {
        const QString typed = m_edit->toPlainText();
        if (typed.trimmed().isEmpty())
            return QJsonValue::Undefined;
        return m_isText ? QJsonValue(typed) : fromJson(typed).value_or(QJsonValue(typed));
    }
    void setValue(const QJsonValue &value) override
    {
        const bool isStructure = value.isObject() || value.isArray();
        m_edit->setPlainText(isStructure
                                 ? QString::fromUtf8(QJsonDocument::fromVariant(value.toVariant()).toJson()).trimmed()
                                 : asText(value));
    }
    bool isReadable() const override
    {
        return m_isText || m_edit->toPlainText().trimmed().isEmpty() || fromJson(m_edit->toPlainText());
    }
    bool isWide() const override { return true; }

private:
    void fit()
    {
        m_edit->setFont(theme().font(m_isText ? TextStyle::Body : TextStyle::Mono));
        m_edit->setFixedHeight((m_isText ? textLines : jsonLines) * m_edit->fontMetrics().lineSpacing()
                               + theme().px(Length::Space20));
    }

    QPlainTextEdit *m_edit;
    bool m_isText;
};

} // namespace

VariableField *VariableField::make(const QString &name, const QJsonObject &schema)
{
    const QString type = schema.value(u"type"_s).toString();
    const QJsonArray values = schema.value(u"enum"_s).toArray();
    VariableField *field = nullptr;
    QString note;
    if (!values.isEmpty()) {
        QList<std::pair<QVariant, QString>> choices;
        for (const QJsonValue value : values)
            choices.append({value.toVariant(), asText(value)});
        field = new ChoiceField(name, choices);
        note = tr("choice");
    } else if (type == u"boolean"_s) {
        field = new ChoiceField(name, {{true, tr("Yes")}, {false, tr("No")}});
        note = tr("yes or no");
    } else if (type == u"number"_s || type == u"integer"_s) {
        field = new LineField(name, true);
        note = tr("number");
    } else if (type == u"string"_s) {
        const bool isShort = schema.value(u"maxLength"_s).toInt(longestLine) <= longestLine;
        field = isShort ? static_cast<VariableField *>(new LineField(name, false)) : new AreaField(name, true);
        note = tr("text");
    } else {
        field = new AreaField(name, false);
        note = type == u"array"_s ? tr("list, as JSON") : tr("JSON");
    }
    field->setLabelStyle(TextStyle::Mono);
    field->setNote(note);
    field->setHelp(schema.value(u"description"_s).toString());
    return field;
}
