// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/thread_pane.h"

#include "client/chat/conversation_view.h"
#include "client/chat/message_composer.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>

ThreadPane::ThreadPane(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_close(new IconButton(QStringLiteral("x"), {})),
      m_view(new ConversationView({})),
      m_composer(new MessageComposer)
{
    auto *head = layout::inset(layout::row({layout::wide(m_title), m_close}),
                               {Length::Space16, Length::Space8, Length::Space8, Length::Space8});
    setLayout(layout::tight(layout::column({head, layout::line(), layout::wide(m_view), m_composer})));
    m_composer->setCompact(true);
    setMinimumWidth(px(Length::DetailMinimum));
    connect(m_close, &QToolButton::clicked, this, &ThreadPane::closed);
    retranslate();
}

void ThreadPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ThreadPane::retranslate()
{
    m_title->setText(tr("Thread"));
    m_close->setName(tr("Close thread"), QStringLiteral("Esc"));
    m_view->setAccessibleName(tr("Messages of the thread"));
    m_composer->setPlaceholder(tr("Reply in the thread"));
}
