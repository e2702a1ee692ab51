// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/error.h"
#include "shared/http/page.h"
#include "shared/result.h"
#include "shared/templates/label.h"
#include "shared/templates/template.h"

class Banner;
class CompareView;
class Label;
class Select;
class TextField;
class Timeline;

// Asks before a label moves: which one, from which version to which, what differs between the two, and why. Stays open
// until the server has moved it, so that a refusal, by a gate for example, is read where it can be answered.
class MoveLabelDialog : public Dialog
{
    Q_OBJECT

public:
    // `label` empty: the person names a new one. `version` 0: the latest is proposed.
    MoveLabelDialog(const QString &templateName, const QList<TemplateLabel> &labels,
                    const QList<TemplateVersion> &versions, const QString &label, int version, QWidget *parent);
    void accept() override; // asks only; whoever listens ends the dialog
    void showError(const ApiError &error);

Q_SIGNALS:
    void submitted(const QString &label, const LabelMove &move);

private:
    QString label() const;
    void renew();

    QList<TemplateLabel> m_labels;
    QList<TemplateVersion> m_versions;
    QString m_given;
    TextField *m_name = nullptr;
    Select *m_version;
    TextField *m_note;
    Label *m_change;
    CompareView *m_difference;
    Banner *m_banner;
    Label *m_problems;
    Button *m_move;
};

// Where a label stood, newest first.
class LabelHistoryDialog : public Dialog
{
    Q_OBJECT

public:
    LabelHistoryDialog(const QString &label, QWidget *parent);
    void add(const Result<Page<LabelChange>> &page);

Q_SIGNALS:
    void moreRequested(const std::optional<QString> &cursor);

private:
    QList<LabelChange> m_changes;
    std::optional<QString> m_cursor;
    Timeline *m_timeline;
    Banner *m_banner;
    Button *m_more;
};
