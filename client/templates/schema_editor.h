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
class QVBoxLayout;
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
    // Adds each name that is not described yet, as a required text.
    void addVariables(const QStringList &names);

Q_SIGNALS:
    void schemaChanged(); // by the person, to something valid

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showForm();
    void showJson();
    void jsonTyped();
    void change(const std::optional<QJsonObject> &schema);
    void addRow(const QString &name, const QJsonObject &property, bool required);
    void rename(const QString &from, const QString &to);
    QWidget *makeHeadings();

    std::optional<QJsonObject> m_schema;
    QString m_problem;
    bool m_readOnly = false;
    Label *m_intro;
    Banner *m_banner;
    SegmentedControl *m_mode;
    Switch *m_declared;
    Label *m_declaredLabel;
    QStackedWidget *m_stack;
    QVBoxLayout *m_rows;
    QPlainTextEdit *m_json;
    Button *m_add;
};
