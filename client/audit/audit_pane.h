// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/audit/audit_entry.h"

#include <QWidget>

class CompareView;
class DetailPane;
class Facts;
class Label;

// One entry of the audit log beside the table: who, from where, and what the thing was before and after.
class AuditPane : public QWidget
{
    Q_OBJECT

public:
    explicit AuditPane(Workspace &workspace, QWidget *parent = nullptr);

    void show(const AuditEntry &entry); // what was changed follows from the server
    void close();
    QUuid entryId() const { return m_entry ? m_entry->id : QUuid(); }
    bool hasDetail() const { return m_detail.has_value(); }

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void load();
    void renew();
    void renewChanges();
    void retranslate();

    Workspace &m_workspace;
    DetailPane *m_pane;
    Facts *m_facts;
    Label *m_changesTitle;
    Label *m_changesText; // where there is nothing to compare
    CompareView *m_changes;
    Label *m_proofTitle;
    Facts *m_proof;
    std::optional<AuditEntry> m_entry;
    std::optional<AuditDetail> m_detail;
    std::optional<ApiError> m_problem;
    CallHandle m_call;
};
