// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/looks.h"
#include "client/widgets/toast.h"
#include "shared/templates/label.h"
#include "shared/templates/template.h"

class QMenu;

// The labels of one template and what a person may do with them: set, move, roll back, remove, look at the history.
// What changes is asked before a label moves; rolling back is one step, and each step can be taken back.
class TemplateLabels : public QObject
{
    Q_OBJECT

public:
    TemplateLabels(Workspace &workspace, QWidget *parent); // the parent of its dialogs

    void open(const PromptTemplate &subject); // forgets those of another template
    void reload();
    void setVersions(const QList<TemplateVersion> &versions); // newest first; what a move may lead to
    const QList<TemplateLabel> &labels() const { return m_labels; }
    const TemplateLabel *find(const QString &label) const;
    bool mayMove() const;
    static StatusLook look(const QString &label); // production stands out

    // Asks first. Version 0: the person chooses. Without a label: a new one.
    void askMove(const QString &label, int version);
    void rollBack(const QString &label);
    void remove(const QString &label);
    void showHistory(const QString &label);
    void fillMenu(QMenu *menu); // of all labels
    void fillVersionMenu(QMenu *menu, int version); // of what can be done with them at a version

Q_SIGNALS:
    void changed();
    void runRequested(const QString &label);
    void previewRequested(const QString &label);
    void toastRequested(const Toast &toast);

private:
    static std::optional<qint64> knownRevision(const TemplateLabel *label); // of what the server itself has said
    void move(const QString &label, const LabelMove &input, std::optional<qint64> revision,
              std::function<void(const Result<TemplateLabel> &)> done);
    void moveBack(const QString &label, int version, std::optional<qint64> revision);
    void moved(const TemplateLabel &now, const TemplateLabel *before);
    void failed(const QString &what, const ApiError &error, std::function<void()> retry = {});

    Workspace &m_workspace;
    QWidget *m_parent;
    PromptTemplate m_subject;
    QList<TemplateLabel> m_labels;
    QList<TemplateVersion> m_versions;
    int m_asked = 0; // reloads so far
};
