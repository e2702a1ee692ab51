// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

#include <optional>

class Banner;
class Button;
class Label;
class QPlainTextEdit;
class QStackedWidget;
class SchemaForm;
class SegmentedControl;
class Switch;

// The variables that a template takes, as rows of a form or as the JSON Schema that is stored. Both show the same
// thing: what the form cannot show (rules such as "pattern") stays untouched beneath it.
class SchemaEditor : public QWidget
{
    Q_OBJECT

public:
    explicit SchemaEditor(QWidget *parent = nullptr);

    void setSchema(const std::optional<QJsonObject> &schema);
    const std::optional<QJsonObject> &schema() const { return m_schema; }
    bool isValid() const { return m_problem.isEmpty(); } // what is typed as JSON may be unfinished
    void setReadOnly(bool readOnly);
    void setUndescribed(const QStringList &names); // used by the text: one button describes them
    // Adds each name that is not described yet, as a required text.
    void addVariables(const QStringList &names);

Q_SIGNALS:
    void schemaChanged(); // by the person, to something valid

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();
    void showJson();
    void jsonTyped();
    void change(const std::optional<QJsonObject> &schema);
    void addVariable();

    std::optional<QJsonObject> m_schema;
    QStringList m_undescribed;
    QString m_problem;
    bool m_readOnly = false;
    Label *m_intro;
    Banner *m_banner;
    SegmentedControl *m_mode;
    Switch *m_declared;
    Label *m_declaredLabel;
    QStackedWidget *m_stack;
    SchemaForm *m_form;
    QPlainTextEdit *m_json;
    Button *m_add;
    Button *m_describe;
};
