// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"
#include "client/shell/commands.h"
#include "client/widgets/toast.h"

class Banner;
class Button;
class EmptyState;
class Label;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;
class RecordEdit;
class Select;

// Asks the server whether somebody may do something to a thing, and shows how it came to its answer: every role and
// rule that it looked at, as a tree.
class SimulatorView : public QWidget
{
    Q_OBJECT

public:
    explicit SimulatorView(PermissionDirectory &directory, QWidget *parent = nullptr);

    QJsonObject viewState() const;
    void restoreViewState(const QJsonObject &state);
    QList<Command> commands();
    QWidget *mainContent();
    void retranslate();
    const std::optional<Decision> &decision() const { return m_decision; }

Q_SIGNALS:
    void toastRequested(const Toast &toast);
    void commandsChanged();
    void viewChanged();

private:
    enum class Thing { Any, ById, MadeUp };
    Thing thing() const;
    void renewPeople();
    void chosen();
    void forget(); // the question is another one now
    QString question() const;
    void ask();
    void answered(const Result<Decision> &reply);
    void renew();
    void addStep(QTreeWidgetItem *under, const TraceStep &step);
    QString asText() const;
    void copy();

    PermissionDirectory &m_directory;
    Label *m_can;
    Select *m_person;
    Select *m_ability;
    Select *m_thing;
    QLineEdit *m_id;
    Button *m_ask;
    Button *m_copy;
    RecordEdit *m_record;
    QWidget *m_recordSide;
    Banner *m_answer;
    Label *m_whyTitle;
    QTreeWidget *m_tree;
    EmptyState *m_empty;
    std::optional<Decision> m_decision;
    std::optional<ApiError> m_problem;
    CallHandle m_call;
};
