// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_actions.h"

#include "client/chat/conversation_view.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

MessageActions::MessageActions(QWidget *parent)
    : QWidget(parent),
      m_like(new IconButton(QStringLiteral("thumbs-up"), {})),
      m_seen(new IconButton(QStringLiteral("eye"), {})),
      m_done(new IconButton(QStringLiteral("circle-check"), {})),
      m_quote(new IconButton(QStringLiteral("reply"), {})),
      m_thread(new IconButton(QStringLiteral("messages-square"), {})),
      m_more(new IconButton(QStringLiteral("ellipsis"), {}))
{
    hide();
    setLayout(
        layout::inset(layout::tight(layout::row({m_like, m_seen, m_done, m_quote, m_thread, m_more})), Length::Space2));
    for (IconButton *button : {m_like, m_seen, m_done, m_quote, m_thread, m_more}) {
        button->setControlSize(ControlSize::Small);
        button->setFocusPolicy(Qt::NoFocus);
    }
    const auto react = [this](IconButton *button, const QString &emoji) {
        connect(button, &QToolButton::clicked, this, [this, emoji] { Q_EMIT reactionToggled(m_id, emoji); });
    };
    react(m_like, QStringLiteral("👍"));
    react(m_seen, QStringLiteral("👀"));
    react(m_done, QStringLiteral("✅"));
    connect(m_quote, &QToolButton::clicked, this, [this] { Q_EMIT actionRequested(MessageAction::Quote, m_id); });
    connect(m_thread, &QToolButton::clicked, this, [this] { Q_EMIT actionRequested(MessageAction::OpenThread, m_id); });
    connect(m_more, &QToolButton::clicked, this,
            [this] { Q_EMIT menuRequested(m_id, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    retranslate();
}

void MessageActions::offer(bool reactions, bool quote, bool thread)
{
    for (IconButton *button : {m_like, m_seen, m_done})
        button->setVisible(reactions);
    m_quote->setVisible(quote);
    m_thread->setVisible(thread);
}

void MessageActions::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::box(painter, rect(), px(Length::RadiusControl), theme().color(ColorRole::Raised),
               theme().color(ColorRole::Border), px(Length::Hairline));
}

void MessageActions::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void MessageActions::retranslate()
{
    m_like->setName(tr("React with 👍"));
    m_seen->setName(tr("React with 👀"));
    m_done->setName(tr("React with ✅"));
    m_quote->setName(tr("Quote"), QStringLiteral("R"));
    m_thread->setName(tr("Reply in thread"), QStringLiteral("T"));
    m_more->setName(tr("More actions"));
}
