// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/credentials/credential_pane.h"

#include "client/credentials/credential_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

CredentialPane::CredentialPane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_test(new Button({}, u"zap"_s, ButtonVariant::Primary)),
      m_replace(new Button({}, u"key-round"_s)),
      m_remove(new Button({}, u"trash-2"_s)),
      m_banner(new Banner),
      m_facts(new Facts)
{
    m_pane->addAction(m_test);
    m_pane->addAction(m_replace);
    m_pane->addAction(m_remove);
    m_pane->addSection(QString(), m_banner);
    m_pane->addSection(QString(), m_facts);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &CredentialPane::closed);
    connect(m_test, &QPushButton::clicked, this, &CredentialPane::testRequested);
    connect(m_replace, &QPushButton::clicked, this, &CredentialPane::replaceRequested);
    connect(m_remove, &QPushButton::clicked, this, &CredentialPane::removeRequested);
    retranslate();
}

void CredentialPane::show(const Credential &credential)
{
    m_credential = credential;
    renew();
}

void CredentialPane::setTesting(bool testing) { m_test->setLoading(testing); }

void CredentialPane::setAllowed(bool mayChange, bool mayRemove)
{
    m_test->setVisible(mayChange);
    m_replace->setVisible(mayChange);
    m_remove->setVisible(mayRemove);
}

void CredentialPane::renew()
{
    if (!m_credential)
        return;
    const Credential &one = *m_credential;
    m_pane->setStatus(lookOf(one.lastCheck));
    m_pane->setTitle(one.provider);
    if (one.lastCheck)
        m_banner->show(one.lastCheck->works ? Tone::Success : Tone::Danger,
                       one.lastCheck->works ? u"circle-check"_s : u"circle-alert"_s, explained(*one.lastCheck));
    else
        m_banner->show(Tone::Info, u"info"_s, tr("Test the key: it costs nothing, and shows which models there are."));
    m_facts->setFacts({{tr("Key"), shownKey(one)},
                       {tr("Address"), shownAddress(one)},
                       {tr("Speaks"), shownKind(one.kind)},
                       {tr("Models"), tr("%1/…", "all models of a provider").arg(one.provider)},
                       {tr("Set by"), one.setByName},
                       {tr("Set"), amounts::dayAndTime(one.setAt)},
                       {tr("Tested"), one.lastCheck ? amounts::dayAndTime(one.lastCheck->checkedAt) : QString()}});
}

void CredentialPane::retranslate()
{
    m_test->setText(tr("Test"));
    m_replace->setText(tr("Replace…"));
    m_remove->setText(tr("Remove…"));
    renew();
}

void CredentialPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
