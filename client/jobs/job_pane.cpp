// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_pane.h"

#include "client/design/theme.h"
#include "client/jobs/job_dialogs.h"
#include "client/jobs/job_looks.h"
#include "client/jobs/job_story.h"
#include "client/jobs/schedule_dialog.h"
#include "client/widgets/answer_box.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/timeline.h"
#include "shared/jobs/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString topicOf(const QUuid &id) { return u"job/"_s + id.toString(QUuid::WithoutBraces); }

} // namespace

JobPane::JobPane(Workspace &workspace, JobActions &actions, TemplateLibrary &library, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_actions(actions),
      m_library(library),
      m_pane(new DetailPane),
      m_main(new Button({}, {}, ButtonVariant::Primary)),
      m_replay(new IconButton(u"play"_s, tr("Replay with changes"))),
      m_open(new IconButton(u"file-code-2"_s, tr("Open template"))),
      m_link(new IconButton(u"link"_s, tr("Copy link"))),
      m_discard(new IconButton(u"archive"_s, tr("Discard"))),
      m_runNow(new IconButton(u"zap"_s, tr("Run now"))),
      m_schedule(new IconButton(u"timer"_s, tr("Change priority or time"))),
      m_banner(new Banner),
      m_facts(new Facts),
      m_timelineTitle(new Label({}, TextStyle::BodyStrong)),
      m_variablesTitle(new Label({}, TextStyle::BodyStrong)),
      m_messagesTitle(new Label({}, TextStyle::BodyStrong)),
      m_outputTitle(new Label({}, TextStyle::BodyStrong)),
      m_costTitle(new Label({}, TextStyle::BodyStrong)),
      m_timeline(new Timeline(tr("Timeline"))),
      m_variables(new CodeBox(tr("Variables"))),
      m_messages(new CodeBox(tr("Messages"))),
      m_output(new AnswerBox(tr("Output"))),
      m_cost(new Facts)
{
    for (IconButton *tool : {m_replay, m_runNow, m_schedule, m_open, m_discard})
        tool->setVariant(ButtonVariant::Secondary);
    m_pane->addAction(m_main);
    m_pane->addAction(m_replay);
    m_pane->addAction(m_runNow);
    m_pane->addAction(m_schedule);
    m_pane->addAction(m_open);
    m_pane->addAction(m_discard);
    m_pane->addTool(m_link);
    m_pane->addSection(QString(), m_banner);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(m_outputTitle, m_output);
    m_pane->addSection(m_timelineTitle, m_timeline);
    m_pane->addSection(m_variablesTitle, m_variables);
    m_pane->addSection(m_messagesTitle, m_messages);
    m_pane->addSection(m_costTitle, m_cost);
    m_pane->body()->addStretch();
    m_output->setMinimumHeight(px(Length::ChartMinimum));
    m_waiting.setInterval(5s);
    connect(&m_waiting, &QTimer::timeout, this, &JobPane::load);
    setLayout(layout::column({m_pane}));

    connect(m_pane, &DetailPane::closed, this, &JobPane::closed);
    connect(m_main, &QPushButton::clicked, this, &JobPane::mainAction);
    connect(m_replay, &QToolButton::clicked, this, &JobPane::replay);
    connect(m_discard, &QToolButton::clicked, this, &JobPane::discard);
    connect(m_schedule, &QToolButton::clicked, this, &JobPane::schedule);
    connect(m_runNow, &QToolButton::clicked, this, [this] {
        if (m_job)
            m_actions.runNow(*m_job);
    });
    connect(m_open, &QToolButton::clicked, this, [this] {
        if (m_job && m_job->templateId)
            Q_EMIT templateRequested(*m_job->templateId);
    });
    connect(m_link, &QToolButton::clicked, this, [this] { copyLink(jobId()); });
    connect(&m_actions, &JobActions::changed, this, &JobPane::changed);
    // What happened before the server knew that somebody follows this job.
    connect(&m_workspace.live(), &LiveClient::subscribed, this, [this](const QStringList &topics) {
        if (m_job && topics.contains(topicOf(m_job->id)))
            load();
    });
    connect(&m_workspace.live(), &LiveClient::reload, this, &JobPane::load);
    retranslate();
}

void JobPane::show(const Job &job)
{
    const bool isAnother = !m_job || m_job->id != job.id;
    if (!isAnother)
        return changed(job);
    close();
    m_job = job;
    m_workspace.live().subscribe(
        topicOf(job.id), this,
        [this](const live::Event &event) {
            try {
                changed(json::fromValue<Job>(event.data, json::UnknownMembers::Lenient));
            } catch (const json::InvalidError &) {
                load();
            }
        },
        [this](const live::Output &piece) {
            if (!m_job || piece.jobId != m_job->id || hasEnded(m_job->state))
                return;
            if (piece.offset == 0) {
                m_streamed.clear();
                m_output->setText({});
            }
            m_streamed += piece.text;
            m_output->append(piece.text);
            m_outputTitle->show();
            m_output->show();
        });
    renew();
    load();
}

void JobPane::close()
{
    m_call.cancel();
    m_waiting.stop();
    if (m_job)
        m_workspace.live().unsubscribe(topicOf(m_job->id), this);
    m_job.reset();
    m_detail.reset();
    m_streamed.clear();
}

void JobPane::load()
{
    if (!m_job)
        return;
    m_call.cancel(); // its answer may be older than what has just happened
    m_call =
        m_workspace.api().call(endpoints::jobs::get.at(m_job->id), {}, this, [this](const Result<JobDetail> &reply) {
            if (!reply) {
                const QString text = reply.error().status == 0
                    ? tr("The rest of this job is on the server, which cannot be reached.")
                    : reply.error().detail;
                return m_banner->show(Tone::Warning, u"cloud-off"_s, text);
            }
            m_detail = *reply;
            if (!m_job || reply->job.revision >= m_job->revision)
                m_job = reply->job;
            renew();
        });
}

void JobPane::changed(const Job &job)
{
    if (!m_job || job.id != m_job->id || job.revision < m_job->revision)
        return;
    const bool advanced = job.revision > m_job->revision;
    m_job = job;
    renew();
    if (advanced)
        load(); // attempts and output come with the whole
}

void JobPane::renew()
{
    m_pane->setStatus(lookOf(m_job->state));
    m_pane->setTitle(shownTemplate(*m_job), m_job->id.toString(QUuid::WithoutBraces));
    renewBanner();
    renewActions();
    m_facts->setFacts(jobStory::facts(*m_job, QDateTime::currentDateTimeUtc()));
    m_timeline->setSteps(jobStory::timeline(*m_job, m_detail ? m_detail->attempts : QList<Attempt>()));
    renewTexts();
}

void JobPane::renewBanner()
{
    const bool waits = m_job->state == JobState::Queued;
    waits &&isVisible() ? m_waiting.start() : m_waiting.stop();
    if (m_job->error && m_job->state != JobState::Completed)
        m_banner->show(Tone::Danger, u"circle-alert"_s, m_job->error->message);
    else if (waits && m_detail && m_detail->waitsFor)
        m_banner->show(Tone::Info, u"clock"_s, jobStory::waiting(*m_detail->waitsFor, *m_job));
    else
        m_banner->hide();
}

void JobPane::renewActions()
{
    const bool cancels = m_actions.mayCancel(*m_job), retries = m_actions.mayRetry(*m_job);
    m_main->setVisible(cancels || retries);
    m_main->setVariant(cancels ? ButtonVariant::Secondary : ButtonVariant::Primary);
    m_main->setIconName(cancels ? u"square"_s : u"rotate-cw"_s);
    m_main->setText(cancels ? tr("Cancel job") : tr("Retry"));
    m_main->setHint(m_main->text(), cancels ? u"Del"_s : u"R"_s);
    m_replay->setVisible(m_actions.mayReplay(*m_job));
    m_discard->setVisible(m_actions.mayDiscard(*m_job));
    m_schedule->setVisible(m_actions.mayChange(*m_job));
    m_runNow->setVisible(m_actions.mayChange(*m_job)
                         && (m_job->runAt > QDateTime::currentDateTimeUtc() || m_job->priority != JobPriority::High));
    m_open->setVisible(m_job->templateId.has_value() && m_library.find(*m_job->templateId));
}

void JobPane::renewTexts()
{
    const bool ended = hasEnded(m_job->state);
    const std::optional<QString> output = m_detail ? m_detail->job.output : m_job->output;
    if (output)
        m_output->setText(*output);
    else if (!ended && m_streamed.isEmpty())
        m_output->setText({});
    const auto section = [](Label *title, QWidget *content, bool visible) {
        title->setVisible(visible);
        content->setVisible(visible);
    };
    section(m_outputTitle, m_output, output.has_value() || !m_streamed.isEmpty());
    const JobDetail detail = m_detail.value_or(JobDetail{});
    m_variables->setText(jobStory::readable(detail.variables));
    m_messages->setText(jobStory::transcript(detail.messages));
    section(m_variablesTitle, m_variables, !detail.variables.isEmpty());
    section(m_messagesTitle, m_messages, !detail.messages.isEmpty());

    const jobStory::Lines lines = jobStory::cost(*m_job, m_library.models());
    m_cost->setFacts(lines);
    section(m_costTitle, m_cost, !lines.isEmpty());
}

void JobPane::mainAction()
{
    if (m_job && m_actions.mayCancel(*m_job))
        m_actions.cancel(*m_job);
    else if (m_job)
        m_actions.retry(*m_job);
}

void JobPane::copyLink(const QUuid &id) const
{
    const Account &account = m_workspace.session().account();
    QGuiApplication::clipboard()->setText(u"patio://%1/%2/jobs/%3"_s.arg(
        QUrl(account.server).authority(), account.tenant, id.toString(QUuid::WithoutBraces)));
}

void JobPane::replay()
{
    if (!m_detail || !m_actions.mayReplay(m_detail->job))
        return;
    auto *dialog = new ReplayDialog(*m_detail, m_library.models(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, job = m_detail->job] { m_actions.replay(job, dialog->request()); });
    dialog->open();
}

void JobPane::schedule()
{
    if (!m_job || !m_actions.mayChange(*m_job))
        return;
    auto *dialog = new ScheduleDialog(*m_job, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, job = *m_job] { m_actions.change(job, dialog->change()); });
    dialog->open();
}

void JobPane::discard()
{
    if (!m_job || !m_actions.mayDiscard(*m_job))
        return;
    auto *dialog = new DiscardDialog(shortId(m_job->id), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, job = *m_job] {
        m_actions.discard(job, dialog->reason());
        Q_EMIT closed();
    });
    dialog->open();
}

void JobPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void JobPane::retranslate()
{
    m_replay->setName(tr("Replay with changes"), u"Shift+R"_s);
    m_open->setName(tr("Open template"));
    m_link->setName(tr("Copy link"), u"Ctrl+Shift+C"_s);
    m_discard->setName(tr("Discard"));
    m_runNow->setName(tr("Run now"), u"Ctrl+Return"_s);
    m_schedule->setName(tr("Change priority or time"), u"E"_s);
    m_outputTitle->setText(tr("Output"));
    m_timelineTitle->setText(tr("Timeline"));
    m_variablesTitle->setText(tr("Variables"));
    m_messagesTitle->setText(tr("Messages"));
    m_costTitle->setText(tr("How the cost came about"));
    if (m_job)
        renew();
}
