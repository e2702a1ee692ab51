// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

class QCompleter;
class QPlainTextEdit;
class QStringListModel;

// Offers the names that may stand in a tag while one is typed after "{{", and closes the tag with the one that is
// chosen. The list takes Return, Tab and Escape while it is open.
class NameCompleter : public QObject
{
    Q_OBJECT

public:
    explicit NameCompleter(QPlainTextEdit &edit);

    void setNames(const QStringList &names);
    void setReferences(const QStringList &references); // that may stand after "{{>"
    void offer(); // for what stands before the caret; hides the list when that is no tag
    bool isOffering() const;

private:
    struct Begun
    {
        QString text;
        bool isReference = false;
    };
    std::optional<Begun> begun() const;
    void complete(const QString &name);

    QPlainTextEdit &m_edit;
    QCompleter *m_completer;
    QStringListModel *m_model;
    QStringList m_names, m_references;
    bool m_offersReferences = false;
};
