// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/chat/assistant.h"
#include "shared/http/page.h"

class EmptyState;
class Label;
class QListWidget;
class SearchField;
class TemplateLibrary;

// The assistants of the tenant: who may, makes, changes and removes them; everybody can write to one.
class AssistantsDialog : public Dialog
{
    Q_OBJECT

public:
    AssistantsDialog(Workspace &workspace, TemplateLibrary &library, QWidget *parent);
    void edit(const std::optional<Assistant> &assistant); // nothing: a new one

Q_SIGNALS:
    void talkRequested(const QUuid &assistantId);

private:
    void load();
    void readAnewWhatIsOnItsWay();
    void fill();
    void renew();
    const Assistant *current() const;
    void askRemove();
    void remove(const QUuid &id);

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    QList<Assistant> m_assistants;
    CallHandle m_call; // for the list
    QString m_problem; // of reading it
    SearchField *m_search;
    QListWidget *m_list;
    Label *m_note;
    Button *m_add;
    Button *m_change;
    Button *m_remove;
    Button *m_talk;
};
