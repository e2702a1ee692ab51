// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/run_panel.h"

#include "client/design/theme.h"
#include "client/jobs/job_looks.h"
#include "client/templates/run_notice.h"
#include "client/templates/template_run.h"
#include "client/widgets/amounts.h"
#include "client/widgets/answer_box.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto stopKeys = u"Ctrl+."_s;

} // namespace

RunPanel::RunPanel(TemplateRun &run, QWidget *parent)
    : QWidget(parent),
      m_run(run),
      m_state(new StatusChip),
      m_figures(new Label({}, TextStyle::SmallDigits, ColorRole::Text2)),
      m_stop(new Button({}, u"square"_s)),
      m_openJob(new IconButton(u"external-link"_s, tr("Open job"))),
      m_banner(new Banner),
      m_output(new AnswerBox(tr("Output")))
{
    m_figures->setElided(true);
    m_stop->setControlSize(ControlSize::Small);
    m_openJob->setControlSize(ControlSize::Small);
    setLayout(layout::column(
        {layout::row({m_state, layout::wide(m_figures), m_stop, m_openJob}), m_banner, layout::wide(m_output)},
        Length::Space8));
    m_ticking.setInterval(1s);
    connect(&m_ticking, &QTimer::timeout, this, &RunPanel::renew);
    m_openJob->setObjectName(u"openJob"_s);
    connect(m_stop, &QPushButton::clicked, &m_run, &TemplateRun::stop);
    connect(m_openJob, &QToolButton::clicked, this, [this] {
        if (m_run.job())
            Q_EMIT openJobRequested(m_run.job()->id);
    });
    connect(m_banner, &Banner::actionRequested, this, &RunPanel::runAgainRequested);
    connect(&m_run, &TemplateRun::cleared, this, [this] {
        m_refusal.reset();
        m_output->setText({});
    });
    connect(&m_run, &TemplateRun::outputReset, this, [this] { m_output->setText({}); });
    connect(&m_run, &TemplateRun::outputGrew, m_output, &AnswerBox::append);
    connect(&m_run, &TemplateRun::outputKnown, m_output, &AnswerBox::setText);
    connect(&m_run, &TemplateRun::changed, this, &RunPanel::renew);
    connect(&m_run, &TemplateRun::failed, this, [this](const ApiError &error) {
        m_refusal = error;
        renew();
    });
    retranslate();
}

void RunPanel::renew()
{
    const auto &job = m_run.job();
    m_stop->setVisible(m_run.isActive());
    m_openJob->setVisible(job && !m_run.isActive());
    m_state->setVisible(job || m_run.isActive());
    m_figures->setVisible(job || m_run.isActive());
    m_state->setStatus(lookOf(job ? job->state : JobState::Queued));
    if (m_run.isActive() && !m_ticking.isActive())
        m_ticking.start();
    else if (!m_run.isActive())
        m_ticking.stop();
    renewFigures();
    renewNotice();
}

void RunPanel::renewFigures()
{
    const auto &job = m_run.job();
    QStringList figures{amounts::duration(m_run.elapsedMs())};
    if (job && !m_run.isActive()) {
        // The cost before the tokens: where room is short, those give way. A run that was stopped is counted a little
        // later.
        if (job->cacheHit || job->costNanos)
            figures << (job->cacheHit ? tr("from the cache") : amounts::cost(job->costNanos));
        if (job->inputTokens + job->outputTokens > 0)
            figures << tr("%1 in · %2 out", "tokens")
                           .arg(amounts::count(job->inputTokens), amounts::count(job->outputTokens));
    } else if (job && job->attemptCount > 1) {
        figures << tr("attempt %1 of %2").arg(job->attemptCount).arg(job->maxAttempts);
    } else if (m_run.firstTokenMs() >= 0) {
        figures << tr("first word after %1").arg(amounts::duration(m_run.firstTokenMs()));
    }
    m_figures->setText(figures.join(u" · "_s));
}

void RunPanel::renewNotice()
{
    std::optional<RunNotice> notice;
    if (m_refusal)
        notice = noticeOf(*m_refusal);
    else if (m_run.job())
        notice = noticeOf(*m_run.job(), m_run.isConnected(), QDateTime::currentDateTimeUtc());
    if (notice)
        m_banner->show(notice->tone, notice->icon, notice->text, notice->offersAnother ? tr("Run again") : QString());
    else
        m_banner->hide();
}

void RunPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RunPanel::retranslate()
{
    m_stop->setText(tr("Stop"));
    m_stop->setHint(tr("Stop the run"), stopKeys);
    m_openJob->setName(tr("Open job"));
    m_output->setPlaceholder(tr("Run the prompt to see the answer here."));
    renew();
}
