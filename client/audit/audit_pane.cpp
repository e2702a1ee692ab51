// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_pane.h"

#include "client/audit/audit_looks.h"
#include "client/audit/member_diff.h"
#include "client/templates/compare_view.h"
#include "client/widgets/amounts.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/audit/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

// Ids and hashes are wider than the pane and have few or no places where a line could end. The last twelve digits of a
// UUID go to the second line.
QString inLines(QString text)
{
    constexpr qsizetype signsInALine = 24;
    for (qsizetype end = signsInALine; end < text.size(); end += signsInALine + 1)
        text.insert(end, u'\n');
    return text;
}

} // namespace

AuditPane::AuditPane(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_pane(new DetailPane),
      m_facts(new Facts),
      m_changesTitle(new Label({}, TextStyle::BodyStrong)),
      m_changesText(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_changes(new CompareView),
      m_proofTitle(new Label({}, TextStyle::BodyStrong)),
      m_proof(new Facts)
{
    m_changesText->setWordWrap(true);
    m_changes->setStyle(CompareView::Style::Paired);
    m_changes->setNumbered(false);
    m_changes->setFitsContent(true);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(m_changesTitle, layout::box(layout::column({m_changesText, m_changes})));
    m_pane->addSection(m_proofTitle, m_proof);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &AuditPane::closed);
    retranslate();
}

void AuditPane::show(const AuditEntry &entry)
{
    const bool isOther = entryId() != entry.id;
    m_entry = entry;
    if (isOther || m_problem) {
        m_detail.reset();
        m_problem.reset();
        load();
    }
    renew();
}

void AuditPane::close()
{
    m_call.cancel();
    m_entry.reset();
    m_detail.reset();
    m_problem.reset();
}

void AuditPane::load()
{
    m_call.cancel();
    m_call = m_workspace.api().call(endpoints::audit::get.at(m_entry->id), {}, this,
                                    [this](const Result<AuditDetail> &reply) {
                                        m_call = {};
                                        if (reply)
                                            m_detail = *reply;
                                        else
                                            m_problem = reply.error();
                                        renew();
                                    });
}

void AuditPane::renew()
{
    if (!m_entry)
        return;
    const AuditEntry &entry = *m_entry;
    m_pane->setStatus(lookOf(entry.outcome));
    m_pane->setTitle(tr("%1 · %2", "kind and action").arg(shownKind(entry.subjectType), shownVerb(entry.action)),
                     entry.id.toString(QUuid::WithoutBraces));
    const QString session = entry.sessionId ? entry.sessionId->toString(QUuid::WithoutBraces) : QString();
    m_facts->setFacts({{tr("Reason"), entry.reason},
                       {tr("Who"), shownActor(entry)},
                       {tr("Time"), amounts::dayAndTime(entry.at)},
                       {tr("Times"), entry.times > 1 ? amounts::count(entry.times) : QString()},
                       {tr("Subject"), entry.subjectLabel},
                       {tr("Subject ID"), inLines(entry.subjectId)},
                       {tr("Ability"), entry.action},
                       {tr("Address"), entry.address},
                       {tr("Session"), inLines(session)},
                       {tr("Request"), inLines(entry.requestId)}});
    m_proof->setFacts({{tr("Number"), amounts::count(entry.sequence)},
                       {tr("Hash"), m_detail ? inLines(m_detail->hash) : QString()},
                       {tr("Entry before"), m_detail ? inLines(m_detail->previousHash) : QString()}});
    renewChanges();
}

void AuditPane::renewChanges()
{
    const bool hasBoth = m_detail && m_detail->before && m_detail->after;
    const bool hasAny = m_detail && (m_detail->before || m_detail->after);
    const memberDiff::Texts texts = hasAny ? memberDiff::texts(m_detail->before, m_detail->after) : memberDiff::Texts{};
    const bool differs = texts.members > 0;
    m_changes->setVisible(differs);
    if (differs)
        m_changes->setTexts(texts.before, texts.after);
    m_changesText->setVisible(!differs);
    if (m_problem)
        m_changesText->setText(m_problem->status == 0 ? tr("What was changed is kept on the server only, which cannot "
                                                           "be reached.")
                                                      : m_problem->detail);
    else if (!m_detail)
        m_changesText->setText(tr("Loading …"));
    else if (hasBoth)
        m_changesText->setText(tr("Everything stayed as it was."));
    else
        m_changesText->setText(m_entry->outcome == AuditOutcome::Refused ? tr("Nothing was changed.")
                                                                         : tr("There is nothing to compare."));
}

void AuditPane::retranslate()
{
    m_changesTitle->setText(tr("Before and after"));
    m_changes->setAccessibleName(tr("Before and after"));
    m_proofTitle->setText(tr("Place in the log"));
    renew();
}

void AuditPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
