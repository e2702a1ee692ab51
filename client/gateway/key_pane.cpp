// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/key_pane.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/usage/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int shownDays = 30;

} // namespace

KeyPane::KeyPane(ApiClient &api, QWidget *parent)
    : QWidget(parent),
      m_api(api),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_rotate(new Button({}, u"rotate-cw"_s)),
      m_calls(new IconButton(u"scroll-text"_s, {})),
      m_revoke(new IconButton(u"ban"_s, {})),
      m_facts(new Facts),
      m_usageTitle(new Label({}, TextStyle::BodyStrong)),
      m_cost(new KpiCard),
      m_callsMade(new KpiCard),
      m_usageNote(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    m_usageNote->setWordWrap(true);
    m_pane->addAction(m_change);
    m_pane->addAction(m_rotate);
    m_pane->addTool(m_calls);
    m_pane->addTool(m_revoke);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(m_usageTitle, layout::box(layout::column({m_cost, m_callsMade, m_usageNote}, Length::Space10)));
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &KeyPane::closed);
    connect(m_change, &QPushButton::clicked, this, &KeyPane::changeRequested);
    connect(m_rotate, &QPushButton::clicked, this, &KeyPane::rotateRequested);
    connect(m_revoke, &QToolButton::clicked, this, &KeyPane::revokeRequested);
    for (auto *card : {m_cost, m_callsMade})
        connect(card, &KpiCard::clicked, this, [this] {
            if (m_allowed.calls)
                Q_EMIT callsRequested();
        });
    connect(m_calls, &QToolButton::clicked, this, &KeyPane::callsRequested);
    retranslate();
}

void KeyPane::show(const GatewayKey &key, const Allowed &allowed)
{
    const bool isOther = key.id != m_key.id || allowed.usage != m_allowed.usage;
    m_key = key;
    m_allowed = allowed;
    if (isOther) {
        m_usage.reset();
        m_problem.reset();
        m_call.cancel();
        if (allowed.usage)
            loadUsage();
    }
    renew();
}

void KeyPane::loadUsage()
{
    UsageQuery query;
    query.groupBy = QList<UsageGroup>{UsageGroup::Day};
    query.keyId = m_key.id;
    m_call = m_api.call(endpoints::usage::report, query, this, [this](const Result<UsageReport> &reply) {
        m_usage = reply ? std::optional(*reply) : std::nullopt;
        m_problem = reply ? std::nullopt : std::optional(reply.error());
        renewUsage();
    });
}

void KeyPane::renew()
{
    m_pane->setStatus(lookOf(m_key.status));
    m_pane->setTitle(m_key.name, m_key.id.toString(QUuid::WithoutBraces));
    const bool hasFormer = m_key.formerUntil && *m_key.formerUntil > QDateTime::currentDateTimeUtc();
    m_facts->setFacts(
        {{tr("Owner"), m_key.ownerName},
         {tr("Models"), m_key.models.isEmpty() ? shownModels({}) : QStringList(m_key.models).join(u'\n')},
         {tr("Key"), m_key.hint},
         {tr("Last used"), m_key.lastUsedAt ? amounts::dayAndTime(*m_key.lastUsedAt) : tr("Never", "a key was used")},
         {tr("Expires"), shownExpiry(m_key)},
         {tr("Secret before"),
          hasFormer ? tr("good until %1").arg(amounts::dayAndTime(*m_key.formerUntil)) : QString()},
         {tr("Revoked"), m_key.revokedAt ? amounts::dayAndTime(*m_key.revokedAt) : QString()},
         {tr("Made", "a key, when"), amounts::dayAndTime(m_key.createdAt)}});
    const bool isRevoked = m_key.status == GatewayKeyStatus::Revoked;
    m_change->setVisible(m_allowed.change && !isRevoked);
    m_rotate->setVisible(m_allowed.change && !isRevoked);
    m_revoke->setVisible(m_allowed.revoke && !isRevoked);
    m_calls->setVisible(m_allowed.calls);
    renewUsage();
}

void KeyPane::renewUsage()
{
    m_usageTitle->setVisible(m_allowed.usage);
    const bool isKnown = m_allowed.usage && !m_problem;
    const bool isUsed = m_usage && m_usage->total.calls > 0;
    m_cost->setVisible(isKnown && (!m_usage || isUsed));
    m_callsMade->setVisible(isKnown && (!m_usage || isUsed));
    m_cost->setLoading(!m_usage);
    m_callsMade->setLoading(!m_usage);
    if (m_usage) {
        QHash<QString, const UsageRow *> byDay;
        for (const UsageRow &row : m_usage->rows)
            byDay.insert(row.day.value_or(QString()), &row);
        QList<double> costs, calls;
        const QDate today = QDateTime::currentDateTimeUtc().date();
        for (int ago = shownDays - 1; ago >= 0; --ago) {
            const UsageRow *row = byDay.value(today.addDays(-ago).toString(Qt::ISODate));
            costs << (row ? double(row->costNanos) : 0);
            calls << (row ? double(row->calls) : 0);
        }
        const UsageRow &total = m_usage->total;
        m_cost->setValue(amounts::cost(total.costNanos));
        m_cost->setCourse(costs);
        m_callsMade->setValue(amounts::count(total.calls));
        m_callsMade->setCourse(calls);
        QStringList notes{
            tr("%1 tokens in, %2 out").arg(amounts::count(total.inputTokens), amounts::count(total.outputTokens))};
        if (total.failedCalls > 0)
            notes << tr("%n call(s) failed", nullptr, int(total.failedCalls));
        if (total.unpricedCalls > 0)
            notes << tr("%n call(s) of models without a price, not in the cost", nullptr, int(total.unpricedCalls));
        m_usageNote->setText(isUsed ? notes.join(u'\n') : tr("No calls in the last 30 days."));
    } else if (m_problem) {
        m_usageNote->setText(m_problem->status == 0 ? tr("Usage is kept on the server only, which cannot be reached.")
                                                    : m_problem->detail);
    }
    m_usageNote->setVisible(m_allowed.usage && (m_usage || m_problem));
}

void KeyPane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_change->setHint(tr("Change the key"), u"E"_s);
    m_rotate->setText(tr("Rotate…"));
    m_rotate->setHint(tr("Give the key another secret"), u"R"_s);
    m_revoke->setName(tr("Revoke"), u"Del"_s);
    m_calls->setName(tr("Show its calls"), u"L"_s);
    m_usageTitle->setText(tr("The last 30 days"));
    m_cost->setTitle(tr("Cost"));
    m_callsMade->setTitle(tr("Calls"));
    renew();
}

void KeyPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
