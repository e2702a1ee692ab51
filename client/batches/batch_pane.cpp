// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batch_pane.h"

#include "client/batches/batch_looks.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/share_bar.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

BatchPane::BatchPane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_jobs(new Button({}, u"list-checks"_s)),
      m_pause(new IconButton(u"pause"_s, {})),
      m_resume(new IconButton(u"play"_s, {})),
      m_retry(new IconButton(u"rotate-cw"_s, {})),
      m_cancel(new IconButton(u"square"_s, {})),
      m_export(new IconButton(u"download"_s, {})),
      m_banner(new Banner),
      m_done(new Label({}, TextStyle::Metric)),
      m_bar(new ShareBar({})),
      m_states(new Label({}, TextStyle::SmallDigits, ColorRole::Text2)),
      m_facts(new Facts)
{
    m_states->setWordWrap(true);
    m_pane->addAction(m_jobs);
    for (IconButton *tool : {m_pause, m_resume, m_retry, m_cancel, m_export}) {
        tool->setVariant(ButtonVariant::Secondary);
        m_pane->addAction(tool);
    }
    m_pane->addSection(QString(), m_banner);
    m_pane->addSection(QString(), layout::box(layout::column({m_done, m_bar, m_states}, Length::Space4)));
    m_pane->addSection(QString(), m_facts);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &BatchPane::closed);
    connect(m_jobs, &QPushButton::clicked, this, &BatchPane::jobsRequested);
    connect(m_pause, &QToolButton::clicked, this, &BatchPane::pauseRequested);
    connect(m_resume, &QToolButton::clicked, this, &BatchPane::resumeRequested);
    connect(m_retry, &QToolButton::clicked, this, &BatchPane::retryRequested);
    connect(m_cancel, &QToolButton::clicked, this, &BatchPane::cancelRequested);
    connect(m_export, &QToolButton::clicked, this, &BatchPane::exportRequested);
    retranslate();
}

void BatchPane::show(const Batch &batch, const Allowed &allowed)
{
    m_batch = batch;
    m_allowed = allowed;
    renew();
}

void BatchPane::renew()
{
    if (!m_batch)
        return;
    const Batch &one = *m_batch;
    const bool isOpen = one.state == BatchState::Running || one.state == BatchState::Paused;
    m_pane->setStatus(lookOf(one.state));
    m_pane->setTitle(one.name, one.id.toString(QUuid::WithoutBraces));
    m_jobs->setVisible(m_allowed.jobs);
    m_export->setVisible(m_allowed.jobs);
    m_pause->setVisible(m_allowed.change && one.state == BatchState::Running);
    m_resume->setVisible(m_allowed.change && one.state == BatchState::Paused);
    m_retry->setVisible(m_allowed.change && one.failed + one.dead > 0);
    m_cancel->setVisible(m_allowed.change && isOpen);
    m_banner->hide();
    if (one.state == BatchState::Paused)
        m_banner->show(Tone::Warning, u"pause"_s,
                       one.running > 0 ? tr("Nothing more begins. %n job(s) still run.", nullptr, one.running)
                                       : tr("Nothing more begins until it is resumed."));
    m_done->setText(shownProgress(one));
    ShareLook look;
    look.goal = true;
    look.used = one.rows > 0 ? double(endedRows(one)) / one.rows : 1;
    look.spoken = shownProgress(one);
    m_bar->setShare(look);
    QStringList states;
    const auto add = [&](int count, JobState state) {
        if (count > 0)
            states << u"%1 %2"_s.arg(lookOf(state).label, amounts::count(count));
    };
    add(one.completed, JobState::Completed);
    add(one.running, JobState::Running);
    add(one.queued, JobState::Queued);
    add(one.failed, JobState::Failed);
    add(one.dead, JobState::Dead);
    add(one.canceled, JobState::Canceled);
    m_states->setText(states.join(u" · "_s));
    m_facts->setFacts(
        {{tr("Template"), shownTemplate(one)},
         {tr("Model"), one.model.isEmpty() ? tr("Several") : one.model},
         {tr("Tokens"),
          one.inputTokens + one.outputTokens > 0
              ? tr("%1 in · %2 out", "tokens").arg(amounts::count(one.inputTokens), amounts::count(one.outputTokens))
              : QString()},
         {tr("Cost"), one.costNanos ? amounts::cost(one.costNanos) : QString()},
         {tr("At no cost"), one.shared > 0 ? tr("%n row(s) had their job already", nullptr, one.shared) : QString()},
         {tr("Priority"), one.priority == JobPriority::Normal ? QString() : shownPriority(one.priority)},
         {tr("Run by"), one.userName},
         {tr("Made"), amounts::dayAndTime(one.createdAt)},
         {tr("Ended"), one.finishedAt ? amounts::dayAndTime(*one.finishedAt) : QString()}});
}

void BatchPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void BatchPane::retranslate()
{
    m_jobs->setText(tr("Open jobs"));
    m_jobs->setHint(tr("Open jobs"), u"Shift+Return"_s);
    m_pause->setName(tr("Pause"), u"P"_s);
    m_resume->setName(tr("Resume"), u"P"_s);
    m_retry->setName(tr("Retry failed rows"), u"R"_s);
    m_cancel->setName(tr("Cancel batch"), u"Del"_s);
    m_export->setName(tr("Export results"));
    m_bar->setAccessibleName(tr("Progress"));
    renew();
}
