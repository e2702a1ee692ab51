// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/evaluations/gate.h"

#include <QWidget>

class Button;
class DetailPane;
class Facts;
class IconButton;
class Label;
class Select;
class TemplateLibrary;

// One gate beside the table, and what it says of a version: whether the label might point to it, and else which run and
// which cases keep it from that.
class GatePane : public QWidget
{
    Q_OBJECT

public:
    GatePane(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    void show(const Gate &gate, bool mayChange);
    const QUuid &gateId() const { return m_gate.id; }
    void check(); // of the version that is chosen

Q_SIGNALS:
    void closed();
    void changeRequested();
    void removeRequested();
    void runRequested(const QUuid &id, const QJsonObject &state);
    void newRunRequested(const QUuid &datasetId);

protected:
    void changeEvent(QEvent *event) override;

private:
    void renew();
    void renewVersions();
    void retranslate();
    void showVerdict(const Result<GateChecks> &reply);

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    DetailPane *m_pane;
    Button *m_change;
    IconButton *m_remove;
    Facts *m_facts;
    Label *m_checkTitle;
    Select *m_version;
    Button *m_check;
    QWidget *m_verdict;
    class StatusChip *m_chip;
    Label *m_reason;
    Label *m_score;
    Button *m_showRun;
    Button *m_showCases;
    Button *m_startRun;
    Gate m_gate;
    std::optional<GateCheck> m_result;
    CallHandle m_call;
    bool m_mayChange = false;
};
