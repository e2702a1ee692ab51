// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/mass_actions.h"

#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/jobs/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int countedPage = 500;
constexpr int countedJobs = 10'000; // from there on "more than"
constexpr int longestDiscardReason = 500;

JobFilter withoutPage(JobFilter filter)
{
    filter.limit.reset();
    filter.cursor.reset();
    return filter;
}

} // namespace

MassActions::MassActions(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    workspace.live().subscribe(u"job-actions"_s, this, [this](const live::Event &event) {
        try {
            take(json::fromValue<JobAction>(event.data, json::UnknownMembers::Lenient));
        } catch (const json::InvalidError &) {
            reload();
        }
    });
}

void MassActions::reload()
{
    m_workspace.api().call(endpoints::jobs::actions, {.state = JobActionState::Running, .limit = 1}, this,
                           [this](const Result<Page<JobAction>> &page) {
                               if (!page)
                                   return; // the list itself says what is wrong
                               if (!page->items.isEmpty())
                                   return take(page->items.first());
                               m_running.reset();
                               Q_EMIT changed();
                           });
}

void MassActions::take(const JobAction &action)
{
    const bool isShown = m_running && m_running->id == action.id;
    if (isShown && m_running->revision > action.revision)
        return;
    if (action.state == JobActionState::Running) {
        m_running = action;
        return Q_EMIT changed();
    }
    if (isShown)
        m_running.reset();
    if (m_own == action.id) {
        m_own = {};
        const QString title = action.state == JobActionState::Canceled ? tr("Stopped")
            : action.kind == JobActionKind::Replay ? tr("%n dead letter(s) queued again", nullptr, action.done)
                                                   : tr("%n dead letter(s) discarded", nullptr, action.done);
        QStringList text;
        if (action.state == JobActionState::Canceled)
            text << tr("%1 of %2 were done").arg(amounts::count(action.done), amounts::count(action.jobs));
        if (action.skipped > 0)
            text << tr("%n had become something else", nullptr, action.skipped);
        Q_EMIT toastRequested({.tone = Tone::Success, .title = title, .text = text.join(u" · "_s)});
    }
    Q_EMIT changed();
    Q_EMIT ended();
}

void MassActions::refused(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}

void MassActions::replayAll(const JobFilter &filter)
{
    m_workspace.api().call(endpoints::jobs::replayAll, {withoutPage(filter)}, this,
                           [this, filter](const Result<JobAction> &reply) {
                               if (!reply)
                                   return refused(tr("Could not replay the dead letters"), reply.error(),
                                                  [this, filter] { replayAll(filter); });
                               m_own = reply->id;
                               take(*reply);
                           });
}

void MassActions::discardAll(const JobFilter &filter, const QString &reason)
{
    m_workspace.api().call(endpoints::jobs::discardAll, {withoutPage(filter), reason}, this,
                           [this, filter, reason](const Result<JobAction> &reply) {
                               if (!reply)
                                   return refused(tr("Could not discard the dead letters"), reply.error(),
                                                  [this, filter, reason] { discardAll(filter, reason); });
                               m_own = reply->id;
                               take(*reply);
                           });
}

bool MassActions::mayStop() const { return m_running && m_workspace.session().can(Ability::JobsReplay); }

void MassActions::stop()
{
    if (!m_running)
        return;
    m_workspace.api().call(endpoints::jobs::cancelAction.at(m_running->id), {}, this,
                           [this](const Result<JobAction> &reply) {
                               if (!reply)
                                   return refused(tr("Could not stop it"), reply.error(), [this] { stop(); });
                               take(*reply);
                           });
}

QString MassActions::shownProgress() const
{
    if (!m_running)
        return {};
    const QString done = amounts::count(m_running->done + m_running->skipped), all = amounts::count(m_running->jobs);
    return m_running->kind == JobActionKind::Replay ? tr("Dead letters are queued again: %1 of %2").arg(done, all)
                                                    : tr("Dead letters are discarded: %1 of %2").arg(done, all);
}

MassActionDialog::MassActionDialog(Workspace &workspace, JobActionKind kind, const JobFilter &filter, bool isFiltered,
                                   QWidget *parent)
    : Dialog(kind == JobActionKind::Replay ? tr("Replay all dead letters") : tr("Discard all dead letters"),
             Length::DialogSmall, parent),
      m_workspace(workspace),
      m_kind(kind),
      m_isFiltered(isFiltered),
      m_filter(filter),
      m_text(new Label)
{
    m_text->setWordWrap(true);
    body()->addWidget(m_text);
    if (kind == JobActionKind::Discard) {
        m_reason = new TextField(tr("Reason"));
        m_reason->edit()->setMaxLength(longestDiscardReason);
        m_reason->setHelp(tr("Kept with the history, so that others know why the jobs were given up."));
        connect(m_reason->edit(), &QLineEdit::textChanged, this, &MassActionDialog::renew);
        body()->addWidget(m_reason);
    }
    addCancel();
    m_main = addMain({}, kind == JobActionKind::Replay ? ButtonVariant::Primary : ButtonVariant::Danger);
    m_filter.limit = countedPage;
    renew();
    count({});
    if (m_reason)
        m_reason->edit()->setFocus();
}

QString MassActionDialog::reason() const { return m_reason ? m_reason->text().trimmed() : QString(); }

void MassActionDialog::count(const std::optional<QString> &cursor)
{
    m_filter.cursor = cursor;
    m_workspace.api().call(endpoints::jobs::list, m_filter, this, [this](const Result<Page<Job>> &page) {
        if (page) {
            m_count += int(page->items.size());
            m_isCounted = !page->nextCursor || m_count >= countedJobs;
            if (!m_isCounted)
                count(page->nextCursor);
        } else {
            m_problem = page.error().detail;
        }
        renew();
    });
}

void MassActionDialog::renew()
{
    const bool replays = m_kind == JobActionKind::Replay;
    const bool isMore = m_count >= countedJobs;
    QString text;
    if (!m_problem.isEmpty())
        text = tr("How many there are is not known: %1").arg(m_problem);
    else if (!m_isCounted)
        text = tr("Counting… %1 so far").arg(amounts::count(m_count));
    else if (isMore)
        text = m_isFiltered ? tr("More than %1 dead letters match the filter.").arg(amounts::count(countedJobs - 1))
                            : tr("There are more than %1 dead letters.").arg(amounts::count(countedJobs - 1));
    else
        text = m_isFiltered ? tr("%n dead letter(s) match the filter.", nullptr, m_count)
                            : tr("There are %n dead letter(s).", nullptr, m_count);
    if (m_isCounted && m_count > 0)
        text += u' '
            + (replays ? tr("Each is queued again as it was, and costs what its calls cost.")
                       : tr("They cannot be brought back."));
    m_text->setText(text);
    m_main->setText(!m_isCounted || isMore || m_count == 0 ? (replays ? tr("Replay all") : tr("Discard all"))
                        : replays                          ? tr("Replay %n job(s)", nullptr, m_count)
                                                           : tr("Discard %n job(s)", nullptr, m_count));
    m_main->setEnabled(m_isCounted && m_count > 0 && (replays || !reason().isEmpty()));
    if (isVisible())
        fitContent();
}
