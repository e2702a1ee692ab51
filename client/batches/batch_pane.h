// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/batches/batch.h"

#include <QWidget>

class Banner;
class Button;
class DetailPane;
class Facts;
class IconButton;
class Label;
class ShareBar;

// One batch beside the table: how far it is, what came of its rows and what it cost.
class BatchPane : public QWidget
{
    Q_OBJECT

public:
    explicit BatchPane(QWidget *parent = nullptr);

    struct Allowed
    {
        bool change = false;
        bool jobs = false; // may see them
    };
    void show(const Batch &batch, const Allowed &allowed);
    QUuid batchId() const { return m_batch ? m_batch->id : QUuid(); }

Q_SIGNALS:
    void closed();
    void pauseRequested();
    void resumeRequested();
    void cancelRequested();
    void retryRequested();
    void jobsRequested();
    void exportRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_jobs;
    IconButton *m_pause;
    IconButton *m_resume;
    IconButton *m_retry;
    IconButton *m_cancel;
    IconButton *m_export;
    Banner *m_banner;
    Label *m_done;
    ShareBar *m_bar;
    Label *m_states;
    Facts *m_facts;
    std::optional<Batch> m_batch;
    Allowed m_allowed;
};
