// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rule_effect.h"

#include "client/permissions/permission_words.h"
#include "client/widgets/banner.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>
#include <QEvent>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto rest = 300ms; // without a change of the draft
constexpr qsizetype mostLines = 40;

bool isLoss(const PermissionChange &change) { return change.after < change.before; }

} // namespace

RuleEffectView::RuleEffectView(PermissionDirectory &directory, QWidget *parent)
    : Card({}, parent),
      m_directory(directory),
      m_warning(new Banner),
      m_lines(layout::column({}, Length::Space4))
{
    auto *content = layout::box(layout::column({m_warning, m_lines, layout::stretch()}, Length::Space8));
    body()->addWidget(layout::scrolling(content));
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest);
    connect(&m_rest, &QTimer::timeout, this, &RuleEffectView::send);
    renew();
}

void RuleEffectView::ask(const RuleInput &draft, const std::optional<QUuid> &replaces)
{
    m_request = {draft, replaces};
    m_call.cancel(); // its answer would be about an older draft
    m_simulation.reset();
    m_rest.start();
    // What is shown stays until the answer, so that nothing jumps with each letter, but says that it is being renewed.
    setTitle(tr("What it changes"), tr("being worked out…"));
}

void RuleEffectView::unknown(const QString &why)
{
    m_rest.stop();
    m_call.cancel();
    m_simulation.reset();
    m_why = why;
    renew();
}

void RuleEffectView::send()
{
    m_call.cancel();
    m_call = m_directory.workspace().api().call(endpoints::permissions::simulate, m_request, this,
                                                [this](const Result<Simulation> &reply) {
                                                    m_why = reply ? QString() : reply.error().detail;
                                                    if (reply)
                                                        m_simulation = *reply;
                                                    renew();
                                                    if (!reply)
                                                        Q_EMIT refused(reply.error());
                                                    Q_EMIT answered();
                                                });
}

QString RuleEffectView::shown(const PermissionChange &change) const
{
    const QString what = shownAbility(change.ability);
    if (change.before == Reach::None)
        return tr("%1 gains “%2” (%3)", "a person, an ability, how many records")
            .arg(change.userName, what, shownReach(change.after));
    if (change.after == Reach::None)
        return tr("%1 loses “%2”", "a person and an ability").arg(change.userName, what);
    return tr("%1: “%2” from %3 to %4", "a person, an ability, how many records before and after")
        .arg(change.userName, what, shownReach(change.before), shownReach(change.after));
}

void RuleEffectView::addLine(const QString &text, ColorRole role)
{
    auto *label = new Label(text, TextStyle::Body, role);
    label->setWordWrap(true);
    m_lines->addWidget(label);
    m_shown << label;
}

void RuleEffectView::renew()
{
    setTitle(tr("What it changes"));
    for (QWidget *line : std::as_const(m_shown)) {
        line->hide();
        line->deleteLater();
    }
    m_shown.clear();
    m_warning->hide();
    if (!m_simulation)
        return addLine(m_why.isEmpty() ? tr("Is worked out as you write.") : m_why, ColorRole::Text2);
    const Simulation &found = *m_simulation;
    addLine(found.affected == 0 ? tr("Nothing, for any of the %n active person(s).", nullptr, found.people)
                                : tr("It changes something for %1 of %n active person(s).", nullptr, found.people)
                                      .arg(QLocale().toString(found.affected)),
            ColorRole::Text);
    warn(found);
    QList<PermissionChange> changes = found.changes;
    std::stable_partition(changes.begin(), changes.end(), isLoss); // what is lost must not stand below the fold
    for (qsizetype i = 0; i < std::min(changes.size(), mostLines); ++i)
        addLine(shown(changes[i]), isLoss(changes[i]) ? ColorRole::Danger : ColorRole::Success);
    if (changes.size() > mostLines || found.truncated)
        addLine(tr("and more"), ColorRole::Text2);
}

void RuleEffectView::warn(const Simulation &found)
{
    const QUuid oneself = m_directory.workspace().session().profile().userId;
    QSet<QUuid> lockedOut;
    bool losesOneself = false;
    for (const PermissionChange &change : found.changes) {
        if (!isLoss(change))
            continue;
        losesOneself |= change.userId == oneself;
        if (change.after == Reach::None)
            lockedOut.insert(change.userId);
    }
    QString text;
    if (!lockedOut.isEmpty())
        text = found.truncated ? tr("It locks at least %n person(s) out of something.", nullptr, int(lockedOut.size()))
                               : tr("It locks %n person(s) out of something.", nullptr, int(lockedOut.size()));
    if (losesOneself)
        text += (text.isEmpty() ? QString() : u" "_s) + tr("You lose something yourself.");
    if (!text.isEmpty())
        m_warning->show(losesOneself ? Tone::Danger : Tone::Warning, u"triangle-alert"_s, text);
}

void RuleEffectView::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        renew();
}
