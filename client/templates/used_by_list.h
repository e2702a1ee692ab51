// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/http/page.h"
#include "shared/result.h"
#include "shared/templates/rendering.h"

#include <QWidget>

class Label;
class QVBoxLayout;

// Which templates include this one, each with the version and the reference that stands there; a click opens it.
class UsedByList : public QWidget
{
    Q_OBJECT

public:
    explicit UsedByList(Workspace &workspace, QWidget *parent = nullptr);

    void open(const QUuid &id);
    void retranslate();

Q_SIGNALS:
    void openRequested(const QUuid &templateId);

private:
    void show(const Result<Page<TemplateUse>> &page);

    Workspace &m_workspace;
    CallHandle m_call;
    std::optional<Result<Page<TemplateUse>>> m_shown;
    Label *m_title;
    Label *m_note;
    QVBoxLayout *m_rows;
};
