// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QWidget>

class QGridLayout;
class QLineEdit;

// The members of a JSON Schema's object as rows: name, type, description, whether it must be given, and the values of a
// choice. Rules that have no place here (such as "pattern") stay untouched beneath.
class SchemaForm : public QWidget
{
    Q_OBJECT

public:
    explicit SchemaForm(QWidget *parent = nullptr);

    void setSchema(const QJsonObject &schema);
    void setReadOnly(bool readOnly);
    void focusName(const QString &name); // of a member, all of it selected

    static QJsonObject emptySchema();
    // With each of these names that is not described yet as a text that must be given.
    static QJsonObject withVariables(QJsonObject schema, const QStringList &names);

Q_SIGNALS:
    void edited(const QJsonObject &schema);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    void put(QWidget *widget, int row, int column);
    void addHeadings();
    void addRow(const QString &name, const QJsonObject &property, bool required);
    void addChoices(const QString &name, const QJsonObject &property);
    void change(const QJsonObject &schema, bool andRows);
    void changeProperty(const QString &name, const QString &key, const QJsonValue &value);
    void rename(const QString &from, const QString &to);

    QGridLayout *m_grid;
    QJsonObject m_schema;
    QHash<QString, QLineEdit *> m_names;
    int m_nextRow = 1;
    bool m_readOnly = false;
};
